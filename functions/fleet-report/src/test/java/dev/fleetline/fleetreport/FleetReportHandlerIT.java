package dev.fleetline.fleetreport;

import static dev.fleetline.device.Condition.BATTERY_LOW;
import static dev.fleetline.device.Severity.WARNING;
import static dev.fleetline.fleetreport.Tracker.NIGHT;
import static dev.fleetline.fleetreport.Tracker.number;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetline.files.FileStore;
import dev.fleetline.filess3.S3FileStore;
import dev.fleetline.lambda.EdgeJson;
import dev.fleetline.lambda.Surroundings;
import dev.fleetline.sweepfiles.SweepSummary;
import dev.fleetline.testing.Invocation;
import dev.fleetline.testing.aws.LoopbackAws;
import dev.fleetline.testing.aws.S3StandIn;
import dev.fleetline.testing.template.Resolver;
import dev.fleetline.testing.template.ResourceAnswers;
import dev.fleetline.testing.template.Template;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;

/** The function with its own wiring and the template's own variables, on the template's bucket. */
class FleetReportHandlerIT {

    private static final InstantSource CLOCK = InstantSource.fixed(NIGHT);

    private final Template template = Template.read();
    private final Resolver resolver = Resolver.of(
            template,
            "fleetline-test",
            Map.of("Stage", "test", "Account", "0999000001-00001"),
            ResourceAnswers.onLoopback(URI.create("http://127.0.0.1:9324")));
    private final S3StandIn s3 = S3StandIn.start(CLOCK, UUID::randomUUID, Set.of(resolver.ref("Files")), _ -> {});
    private final S3Client client = S3FileStore.plainly(LoopbackAws.aim(S3Client.builder(), s3.endpoint()))
            .build();
    private final FileStore files = new S3FileStore(client, resolver.ref("Files"));
    private final FleetReportHandler handler;

    FleetReportHandlerIT() {
        var environment = new HashMap<>(Map.of(
                "AWS_REGION",
                LoopbackAws.REGION,
                "AWS_ACCESS_KEY_ID",
                "loopback",
                "AWS_SECRET_ACCESS_KEY",
                "loopback",
                "AWS_ENDPOINT_URL_S3",
                s3.endpoint().toString()));
        resolver.properties(template.resource("FleetReport"))
                .path("Environment")
                .path("Variables")
                .properties()
                .forEach(variable ->
                        environment.put(variable.getKey(), variable.getValue().asText()));
        handler = new FleetReportHandler(new Surroundings(environment, CLOCK, pause -> {}, new Random(7)));
    }

    @AfterEach
    void stop() {
        client.close();
        s3.close();
    }

    @Test
    void a_night_that_has_ended_has_its_page_and_its_files() throws IOException {
        SweepSummary tonight = new Nights(files)
                .found(NIGHT, Optional.empty(), List.of(number(1).battery(15).in(BATTERY_LOW, WARNING, NIGHT)));

        JsonNode reply = handle(tonight.folder().path());

        assertThat(reply.path("outcome").asText()).isEqualTo("written");
        assertThat(reply.at("/counts/new").asInt()).isOne();
        assertThat(text(reply.at("/files/page").asText())).contains("battery low");
        assertThat(text(reply.at("/files/devices").asText()))
                .contains(number(1).imei().digits());
        assertThat(EdgeJson.JSON.readTree(text("reports/latest.json"))).isEqualTo(reply);
    }

    @Test
    void the_sample_is_an_event_that_it_reads() throws IOException {
        String sample = Files.readString(Path.of("../../events/samples/fleet-report/completed.json"));

        assertThatThrownBy(() -> handler.handleRequest(
                        new ByteArrayInputStream(sample.getBytes(UTF_8)),
                        new ByteArrayOutputStream(),
                        Invocation.withLeft(60_000)))
                .hasMessageContaining("there is no summary in sweeps/fleet/");
    }

    private JsonNode handle(String folder) throws IOException {
        String task = "{\"task\":\"completed\",\"event\":{\"kind\":\"fleet\",\"files\":\"" + folder + "\"}}";
        var reply = new ByteArrayOutputStream();
        handler.handleRequest(new ByteArrayInputStream(task.getBytes(UTF_8)), reply, Invocation.withLeft(60_000));
        return EdgeJson.JSON.readTree(reply.toByteArray());
    }

    private String text(String key) throws IOException {
        try (FileStore.Opened file = files.open(key).orElseThrow()) {
            return new String(file.bytes().readAllBytes(), UTF_8);
        }
    }
}
