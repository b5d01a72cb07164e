package dev.fleetline.outboxrelay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleetline.lambda.Settings;
import dev.fleetline.lambda.Surroundings;
import dev.fleetline.lambda.Wired;
import dev.fleetline.testing.MovableClock;
import io.micronaut.context.ApplicationContext;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class OutboxRelayWiringTest {

    @Test
    void everything_that_the_relay_needs_is_there() {
        try (ApplicationContext wiring = Wired.start("outbox-relay", surroundings("outbox"))) {
            assertThat(wiring.getBean(RelayEvents.class)).isNotNull();
        }
    }

    @Test
    void a_missing_setting_keeps_the_function_from_starting() {
        assertThatThrownBy(() -> new OutboxRelayHandler(surroundings("")))
                .rootCause()
                .isInstanceOf(Settings.BadSetting.class)
                .hasMessageContaining("setting OUTBOX_TABLE of outbox-relay is missing");
    }

    private static Surroundings surroundings(String outboxTable) {
        Map<String, String> environment = Map.of(
                "OUTBOX_TABLE", outboxTable,
                "BUS_NAME", "fleetline-test",
                "AWS_REGION", "us-east-1",
                "AWS_ACCESS_KEY_ID", "test",
                "AWS_SECRET_ACCESS_KEY", "test");
        return new Surroundings(
                environment, MovableClock.at("2026-03-02T15:00:00Z"), pause -> {}, RandomGenerator.getDefault());
    }
}
