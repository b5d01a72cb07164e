package dev.fleetline.local.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.lambda.EdgeJson;
import dev.fleetline.lambda.Pause;
import dev.fleetline.lambda.Surroundings;
import dev.fleetline.local.LocalFleetline;
import dev.fleetline.local.LocalSetup;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** A person at a terminal who looks at deliveries and plays them again, in a Fleetline where things happen. */
class CallbacksCommandIT {

    private static final Instant NOON = Instant.parse("2026-03-02T15:00:00Z");
    private static final String KEY = "a-key-for-this-test";
    private static final String ORDER = """
            {"schemaVersion":1,"onboardingId":"order-1","imei":"999999000000014","iccid":"89148000009999900014"}
            """;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final LocalFleetline fleetline =
            LocalFleetline.startAgreed(LocalSetup.onFreePorts(Path.of("").toAbsolutePath())
                    .standingAt(NOON)
                    .withStreamKey(KEY));

    @AfterEach
    void stop() {
        fleetline.close();
    }

    @Test
    void a_report_that_came_before_its_device_was_known_is_played_by_itself_when_it_is() throws IOException {
        delivered("event-battery-low.json");
        assertThat(run("list", "--reason", "UNKNOWN_DEVICE")).isZero();
        assertThat(out.toString()).contains("QUARANTINED", "1 deliveries").doesNotContain("999999000000014");

        order();

        assertThat(fleetline.callbacks())
                .singleElement()
                .satisfies(kept -> assertThat(kept.path("status").asText()).isEqualTo("RECEIVED"));
        assertThat(fleetline.devices()).singleElement().satisfies(device -> assertThat(
                        device.at("/battery/value").asInt())
                .isEqualTo(8));
    }

    @Test
    void deliveries_are_listed_as_a_table_and_as_json_and_one_is_shown_with_its_message() throws IOException {
        order();
        delivered("event.json");
        delivered("event-battery-low.json");

        assertThat(run("list")).isZero();
        assertThat(out.toString().lines())
                .hasSize(4)
                .first()
                .asString()
                .contains("RECEIVED", "STATUS", "REASON", "KIND", "IMEI", "DELIVERY");
        assertThat(out.toString()).contains("999999000000014", "ts.event", "2 deliveries");

        assertThat(run("list", "--json", "--limit", "1", "--device", "999999000000014"))
                .isZero();
        JsonNode line = EdgeJson.JSON.readTree(out.toString());
        assertThat(line.path("source").asText()).isEqualTo("stream");

        assertThat(run("show", line.path("deliveryId").asText())).isZero();
        assertThat(EdgeJson.JSON
                        .readTree(out.toString())
                        .at("/payload/data/deviceid")
                        .asText())
                .isEqualTo("d0c1e0a1-0000-6abc-f001-0123456789ab");

        assertThat(run("show", "no-such-delivery")).isEqualTo(CommandLine.ExitCode.SOFTWARE);
        assertThat(err.toString()).contains("there is no delivery no-such-delivery");
    }

    @ParameterizedTest
    @ValueSource(strings = {"999999000000014", "89148000009999900014", "d0c1e0a1-0000-6abc-f001-0123456789ab"})
    void whichever_of_its_ids_names_a_device_all_its_deliveries_are_listed(String name) throws IOException {
        order();
        delivered("event.json");
        deliver("/x/callbacks/ResumeTrackingNotification", """
                {"requestId":"595f5c44-c31c-4552-8670-020a1545a84d","deviceIds":[{"id":"999999000000014","kind":"imei"}]}
                """);
        deliver("/x/callbacks/ResumeTrackingNotification", """
                {"requestId":"595f5c44-c31c-4552-8670-020a1545a84e","deviceIds":[{"id":"999999000000022","kind":"imei"}]}
                """);

        assertThat(run("list", "--device", name)).isZero();

        assertThat(out.toString()).contains("ts.event", "ResumeTrackingNotification", "2 deliveries");
    }

    @Test
    void playing_again_says_what_it_changed_and_the_second_time_that_nothing_did() throws IOException {
        order();
        delivered("event-battery-low.json");

        for (List<String> way : List.of(
                List.of("--device", "999999000000014"),
                List.of("--device", "d0c1e0a1-0000-6abc-f001-0123456789ab"),
                List.of("--from", "2026-03-02T00:00:00Z", "--to", "2026-03-03T00:00:00Z"))) {
            assertThat(run(Stream.concat(Stream.of("replay"), way.stream()).toArray(String[]::new)))
                    .isZero();
            assertThat(out.toString().lines())
                    .containsExactly(
                            "1 played, 0 applied, 1 there already.",
                            "0 devices changed; alerts: 0 raised, 0 worse, 0 better, 0 cleared.");
        }
        assertThat(run("replay", "--reason", "UNKNOWN_DEVICE", "--json")).isZero();
        assertThat(EdgeJson.JSON.readTree(out.toString()).path("played").asInt(-1))
                .isZero();
    }

    @Test
    void what_could_not_be_read_stays_where_it_is() throws IOException {
        deliver("not json");

        assertThat(run("replay", "--reason", "NOT_JSON")).isZero();
        assertThat(out.toString()).contains("1 set aside: NOT_JSON");
    }

    @Test
    void a_tail_shows_each_delivery_once_and_again_when_something_has_become_of_it() throws IOException {
        delivered("event.json");
        List<String> looks = new ArrayList<>();
        Pause untilTheThirdLook = _ -> {
            looks.add("look");
            switch (looks.size()) {
                case 1 -> order();
                case 3 -> throw new IllegalStateException("stopped");
                default -> {}
            }
        };

        assertThat(run(untilTheThirdLook, "tail", "--json")).isEqualTo(CommandLine.ExitCode.SOFTWARE);

        assertThat(out.toString().lines().map(line -> line.replaceAll(".*\"status\":\"([A-Z]+)\".*", "$1")))
                .containsExactly("QUARANTINED", "RECEIVED");
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', textBlock = """
                    `list`, say which Fleetline
                    `list --local --stack fleetline-dev`, say which Fleetline
                    `list --local --region us-east-1`, --region goes with --stack
                    `list --stack fleetline-dev --url http://127.0.0.1:1`, --url goes with --local
                    `list --local --url nowhere`, --url must be an address
                    `list --local --from yesterday`, --from must be a time such as
                    `list --local --device 999999000000013`, the check digit of the IMEI is wrong
                    `list --local --device d0c1e0a1-0000`, not a ThingSpace id
                    `list --local --reason unknown`, --reason must be a code
                    `replay --local`, say what to play
                    `replay --local --from 2026-03-02T15:00:00Z`, say what to play
                    `replay --local --reason X --device 999999000000014`, in one way
                    `show --local`, `Missing required parameter: 'DELIVERY'`
                    """)
    void what_is_mistyped_is_said_in_one_line(String typed, String said) {
        assertThat(execute(surroundings(_ -> {}), List.of(typed.split(" ", -1))))
                .isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString().strip().lines()).singleElement().asString().contains(said, "--help");
    }

    @Test
    void where_nothing_answers_it_says_what_to_start() {
        assertThat(execute(surroundings(_ -> {}), List.of("list", "--local", "--url", "http://127.0.0.1:9")))
                .isEqualTo(CommandLine.ExitCode.SOFTWARE);
        assertThat(err.toString()).contains("nothing answers at http://127.0.0.1:9", "fleetline up");
    }

    private void order() {
        try {
            assertThat(fleetline.put(
                            "example.shop", "DeviceOnboardingRequested", (ObjectNode) EdgeJson.JSON.readTree(ORDER)))
                    .isEmpty();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        fleetline.settle();
    }

    private void delivered(String wire) throws IOException {
        try (InputStream file = CallbacksCommandIT.class.getResourceAsStream("/wire/" + wire)) {
            deliver(new String(Objects.requireNonNull(file, wire).readAllBytes(), UTF_8));
        }
    }

    private void deliver(String body) {
        deliver("/x/stream", body);
    }

    private void deliver(String path, String body) {
        ObjectNode request =
                EdgeJson.JSON.createObjectNode().put("rawPath", path).put("body", body);
        request.putObject("headers").put("authorization", KEY);
        request.putObject("requestContext").putObject("http").put("method", "POST");
        fleetline.invoke("callback-receiver", request);
        fleetline.settle();
    }

    private int run(String... arguments) {
        return run(_ -> {}, arguments);
    }

    private int run(Pause pause, String... arguments) {
        var all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--local", "--url", fleetline.baseUri().toString()));
        return execute(surroundings(pause), all);
    }

    private int execute(Surroundings surroundings, List<String> arguments) {
        out.getBuffer().setLength(0);
        return FleetlineCommand.inOneLine(new CommandLine(new CallbacksCommand(surroundings)))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments.toArray(String[]::new));
    }

    private static Surroundings surroundings(Pause pause) {
        return new Surroundings(Map.of(), InstantSource.fixed(NOON), pause, new Random(7));
    }
}
