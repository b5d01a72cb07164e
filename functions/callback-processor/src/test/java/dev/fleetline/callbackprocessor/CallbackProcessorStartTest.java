package dev.fleetline.callbackprocessor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleetline.lambda.Surroundings;
import dev.fleetline.testing.Invocation;
import dev.fleetline.testing.MovableClock;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** The function with its own wiring; nothing answers at its endpoints, and an empty batch asks none of them. */
class CallbackProcessorStartTest {

    private final Map<String, String> environment = new HashMap<>(Map.ofEntries(
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
            Map.entry("CLAIMS_TABLE", "claims"),
            Map.entry("BUS_NAME", "fleetline-test"),
            Map.entry("DEAD_LETTER_QUEUE_URL", "http://127.0.0.1:9/dead"),
            Map.entry("RUNBOOKS_URL", "https://runbooks.example.test"),
            Map.entry("BATTERY_WARNING", "20"),
            Map.entry("BATTERY_CRITICAL", "10"),
            Map.entry("REPORTING_INTERVAL", "PT24H"),
            Map.entry("SLACK_PERCENT", "10")));

    @Test
    void starts_with_its_own_wiring_and_takes_an_empty_batch() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        new CallbackProcessorHandler(surroundings())
                .handleRequest(
                        new ByteArrayInputStream("{\"Records\":[]}".getBytes(UTF_8)), out, Invocation.withLeft(30_000));

        assertThat(out).hasToString("{\"batchItemFailures\":[]}");
    }

    @Test
    void refuses_to_start_with_a_setting_missing() {
        environment.remove("BUS_NAME");

        assertThatThrownBy(() -> new CallbackProcessorHandler(surroundings()))
                .rootCause()
                .hasMessageContaining("BUS_NAME");
    }

    private Surroundings surroundings() {
        return new Surroundings(
                environment, MovableClock.at("2026-03-02T16:06:00Z"), duration -> {}, RandomGenerator.getDefault());
    }
}
