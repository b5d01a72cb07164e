package dev.fleetline.bulkonboarding;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.device.Consequences;
import dev.fleetline.files.FileStore;
import dev.fleetline.filess3.S3FileStore;
import dev.fleetline.fleetdynamodb.DynamoDeviceRegistry;
import dev.fleetline.fleetdynamodb.Tables;
import dev.fleetline.lambda.EdgeJson;
import dev.fleetline.lambda.Surroundings;
import dev.fleetline.testing.Invocation;
import dev.fleetline.testing.SampleFleet;
import dev.fleetline.testing.aws.EventBridgeStandIn;
import dev.fleetline.testing.aws.LocalDynamo;
import dev.fleetline.testing.aws.LocalDynamoExtension;
import dev.fleetline.testing.aws.LoopbackAws;
import dev.fleetline.testing.aws.S3StandIn;
import dev.fleetline.testing.template.LocalTables;
import dev.fleetline.testing.template.Resolver;
import dev.fleetline.testing.template.ResourceAnswers;
import dev.fleetline.testing.template.Template;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;

/** The function with its own wiring and the template's own variables, on the template's tables and bucket. */
@ExtendWith(LocalDynamoExtension.class)
class BulkOnboardingHandlerIT {

    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-03-02T15:00:00Z"));

    private final Template template = Template.read();
    private final String stage = "t" + UUID.randomUUID().toString().substring(24);
    private final Resolver resolver = Resolver.of(
            template,
            "fleetline-" + stage,
            Map.of("Stage", stage, "Account", "0999000001-00001"),
            ResourceAnswers.onLoopback(URI.create("http://127.0.0.1:9324")));
    private final List<JsonNode> events = new CopyOnWriteArrayList<>();
    private final List<JsonNode> uploads = new CopyOnWriteArrayList<>();
    private final EventBridgeStandIn bus =
            EventBridgeStandIn.start(CLOCK, UUID::randomUUID, Set.of("fleetline-" + stage), events::add);
    private final S3StandIn s3 = S3StandIn.start(CLOCK, UUID::randomUUID, Set.of(resolver.ref("Files")), uploads::add);
    private final S3Client client = S3FileStore.plainly(LoopbackAws.aim(S3Client.builder(), s3.endpoint()))
            .build();
    private final FileStore files = new S3FileStore(client, resolver.ref("Files"));
    private final DynamoDeviceRegistry devices;
    private final BulkOnboardingHandler handler;

    @TempDir
    private Path folder = Path.of("");

    BulkOnboardingHandlerIT(LocalDynamo dynamo) {
        LocalTables names = LocalTables.create(dynamo.client(), template, resolver);
        devices = new DynamoDeviceRegistry(
                dynamo.client(),
                new Tables(
                        names.tableName("Devices"),
                        names.tableName("Identities"),
                        "",
                        "",
                        names.tableName("History"),
                        names.tableName("Outbox"),
                        ""));
        Map<String, String> environment = LoopbackAws.environment(
                resolver,
                "BulkOnboarding",
                Map.of("DYNAMODB", dynamo.endpoint(), "S3", s3.endpoint(), "EVENTBRIDGE", bus.endpoint()));
        handler = new BulkOnboardingHandler(new Surroundings(environment, CLOCK, pause -> {}, new Random(7)));
    }

    @AfterEach
    void stop() {
        client.close();
        s3.close();
        bus.close();
    }

    @Test
    void an_upload_is_taken_and_its_good_rows_are_ordered_once() throws IOException {
        devices.save(SampleFleet.inService(1).at(0), Consequences.NONE);
        upload(
                "incoming/apply/Depot Süd.csv",
                "imei;iccid;name\n" + Desk.row(1, 1) + ";a\n" + Desk.row(2, 2) + ";b\n123;4;c\n");

        JsonNode reply = handle(task(uploads.getFirst()));

        assertThat(reply.path("outcome").asText()).isEqualTo("partly");
        assertThat(reply.at("/counts/inService").asInt()).isOne();
        assertThat(reply.at("/counts/ordered").asInt()).isOne();
        assertThat(events)
                .extracting(event -> event.path("detail-type").asText())
                .containsExactly("DeviceOnboardingRequested", "BulkOnboardingChecked");
        assertThat(text("results/Depot Süd/failed.csv")).contains("123;4;c;");
        assertThat(text("results/Depot Süd/report.csv")).contains("4,fault,imei,");
        assertThat(EdgeJson.JSON.readTree(text("results/Depot Süd/report.json")))
                .isEqualTo(reply);
    }

    @Test
    void the_sample_with_every_fault_names_every_fault() throws IOException {
        upload(
                "incoming/check/every-fault.csv",
                Files.readString(Path.of("../../events/samples/bulk-onboarding/every-fault.csv")));

        JsonNode reply = handle(task(uploads.getFirst()));

        assertThat(reply.path("outcome").asText()).isEqualTo("partly");
        assertThat(text("results/every-fault/report.csv"))
                .contains("digits only")
                .contains("IMEISV")
                .contains("8.91480E+19")
                .contains("another ICCID for the same IMEI")
                .contains("another IMEI for the same ICCID")
                .contains("in line 2 already")
                .contains("zeros for the last digits")
                .contains("the row has no ICCID")
                .contains("check digit of the ICCID")
                .contains("the row has 3 fields")
                .contains("the carrier must be")
                .contains("ISO 8601")
                .contains("there is no column");
    }

    @Test
    void a_folder_that_somebody_makes_is_no_file() throws IOException {
        JsonNode reply = handle("""
            {"task":"uploaded","event":{"object":{"key":"incoming/check/","etag":"x"}}}\
            """);

        assertThat(reply.path("outcome").asText()).isEqualTo("passed-over");
        assertThat(events).isEmpty();
    }

    @Test
    void an_upload_that_was_taken_away_fails_the_invocation() {
        assertThatThrownBy(() -> handle("""
            {"task":"uploaded","event":{"object":{"key":"incoming/check/gone.csv","etag":"x"}}}\
            """)).hasMessageContaining("taken away before it was read");
    }

    private void upload(String key, String content) throws IOException {
        files.write(key, Files.writeString(folder.resolve("upload"), content), "text/csv");
    }

    private String text(String key) throws IOException {
        try (FileStore.Opened file = files.open(key).orElseThrow()) {
            return new String(file.bytes().readAllBytes(), UTF_8);
        }
    }

    /** As the rule hands it on. */
    private static String task(JsonNode told) {
        ObjectNode task = EdgeJson.JSON.createObjectNode().put("task", "uploaded");
        task.set("event", told.path("detail"));
        return task.toString();
    }

    private JsonNode handle(String task) throws IOException {
        var reply = new ByteArrayOutputStream();
        handler.handleRequest(new ByteArrayInputStream(task.getBytes(UTF_8)), reply, Invocation.withLeft(60_000));
        return EdgeJson.JSON.readTree(reply.toByteArray());
    }
}
