package dev.fleetline.callbackreplay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetline.callback.Deliveries;
import dev.fleetline.callback.Delivery.Status;
import dev.fleetline.lambda.EdgeJson;
import dev.fleetline.lambda.Surroundings;
import dev.fleetline.testing.Invocation;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallbackReplayHandlerTest {

    private static final Instant AT = Instant.parse("2026-03-02T16:05:26Z");
    private static final int MINUTE = 60_000;

    private final Fleet fleet = new Fleet().hasTracker(Fleet.activating());
    private final CallbackReplayHandler handler = new CallbackReplayHandler(fleet.playAgain());

    @Test
    void the_reply_says_what_was_played_and_what_it_changed() throws IOException {
        fleet.inbox.put(Deliveries.streamed(Fleet.report("e1", AT, "\"battery\":\"8\""), fleet.clock.instant()));

        JsonNode reply = answer("{\"task\":\"device\",\"device\":\"999999000000014\"}", MINUTE);

        assertThat(reply).hasToString("""
            {"outcome":"done","played":1,"applied":1,"unchanged":0,"takenApart":0,"unhandled":0,"left":0,\
            "setAside":{},"devicesChanged":1,"devices":["999999000000014"],\
            "alerts":{"raised":1,"worse":0,"better":0,"cleared":0}}\
            """);
    }

    @Test
    void what_a_rule_woke_and_did_not_come_to_its_end_is_tried_again() {
        for (int number = 0; number < 26; number++) {
            fleet.inbox.put(Deliveries.streamed(Fleet.report("e" + number, AT, "\"battery\":\"8\""), AT)
                    .in(new Status.Quarantined("UNKNOWN_DEVICE", "then")));
        }

        assertThatThrownBy(() -> answer(bound(), 1_000)).hasMessageContaining("the next try goes on");
    }

    @Test
    void what_a_rule_woke_and_could_not_read_all_that_waited_is_tried_again() {
        var spoilt = new SpoiltInbox(fleet.inbox, "delivery: status is none that we know");
        var playAgain = new PlayAgain(spoilt, fleet.devices, fleet.applyDelivery, Fleet.OURS);

        assertThatThrownBy(() -> answer(new CallbackReplayHandler(playAgain), bound(), MINUTE))
                .hasMessageContaining("not all that waited");
    }

    @Test
    void what_a_rule_woke_for_nothing_is_done() throws IOException {
        assertThat(answer(bound(), MINUTE).path("played").asInt()).isZero();
    }

    @Test
    void a_device_to_which_its_platform_gives_no_id_of_its_own_is_played_too() throws IOException {
        String message = "{\"deviceIds\":[{\"id\":\"999999000000014\",\"kind\":\"imei\"}],"
                + "\"deviceResponse\":{\"activateResponse\":{}}}";
        fleet.inbox.put(Deliveries.calledBack("CarrierService", message.getBytes(UTF_8), fleet.clock.instant())
                .in(new Status.Quarantined("UNKNOWN_DEVICE", "then")));

        JsonNode reply = answer("""
                {"task":"bound","event":{"schemaVersion":1,"imei":"999999000000014","iccid":"89148000009999900014"}}
                """, MINUTE);

        assertThat(reply.path("applied").asInt()).isOne();
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', textBlock = """
        `{"task":"unplay"}`, unplay
        `{"task":"device"}`, needs device
        `{"task":"device","device":"999999000000013"}`, check digit
        `{"task":"device","device":"d0c1e0a1"}`, digits only
        `{"task":"time","from":"2026-03-02T15:00:00Z"}`, to must be a time
        `{"task":"time","from":"now","to":"2026-03-02T15:00:00Z"}`, from must be a time
        `{"task":"time","from":"2026-03-02T15:00:00Z","to":"2026-03-02T15:00:00Z"}`, before
        `{"task":"reason","reason":"unknown device"}`, reason must be a code
        `{"task":"bound"}`, needs event
        `{"task":"bound","event":{"imei":"999999000000014"}}`, `needs imei and iccid`
        """)
    void a_task_that_cannot_be_done_is_refused_with_the_reason(String task, String reason) {
        assertThatThrownBy(() -> answer(task, MINUTE))
                .isInstanceOf(JsonMappingException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void starts_with_its_own_wiring_and_refuses_to_with_a_setting_missing() {
        Map<String, String> environment = new HashMap<>(Map.ofEntries(
                Map.entry("AWS_REGION", "us-east-1"),
                Map.entry("AWS_ACCESS_KEY_ID", "loopback"),
                Map.entry("AWS_SECRET_ACCESS_KEY", "loopback"),
                Map.entry("AWS_ENDPOINT_URL", "http://127.0.0.1:9"),
                Map.entry("DEVICES_TABLE", "devices"),
                Map.entry("IDENTITIES_TABLE", "identities"),
                Map.entry("CALLBACKS_TABLE", "callbacks"),
                Map.entry("ALERTS_TABLE", "alerts"),
                Map.entry("HISTORY_TABLE", "history"),
                Map.entry("OUTBOX_TABLE", "outbox"),
                Map.entry("BUS_NAME", "fleetline-test"),
                Map.entry("RUNBOOKS_URL", "https://runbooks.example.test"),
                Map.entry("BATTERY_WARNING", "20"),
                Map.entry("BATTERY_CRITICAL", "10"),
                Map.entry("REPORTING_INTERVAL", "PT24H"),
                Map.entry("SLACK_PERCENT", "10")));
        assertThat(new CallbackReplayHandler(surroundings(environment))).isNotNull();

        environment.remove("BUS_NAME");
        assertThatThrownBy(() -> new CallbackReplayHandler(surroundings(environment)))
                .rootCause()
                .hasMessageContaining("BUS_NAME");
    }

    private Surroundings surroundings(Map<String, String> environment) {
        return new Surroundings(environment, fleet.clock, duration -> {}, RandomGenerator.getDefault());
    }

    private static String bound() {
        return """
            {"task":"bound","event":{"schemaVersion":1,"imei":"999999000000014","iccid":"89148000009999900014",
             "uid":"d0c1e0a1-0000-6abc-f001-0123456789ab"}}\
            """;
    }

    private JsonNode answer(String task, int millisLeft) throws IOException {
        return answer(handler, task, millisLeft);
    }

    private static JsonNode answer(CallbackReplayHandler handler, String task, int millisLeft) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        handler.handleRequest(new ByteArrayInputStream(task.getBytes(UTF_8)), out, Invocation.withLeft(millisLeft));
        return EdgeJson.JSON.readTree(out.toByteArray());
    }
}
