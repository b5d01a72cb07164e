package dev.fleetline.healthsweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleetline.lambda.Settings;
import dev.fleetline.lambda.Surroundings;
import dev.fleetline.lambda.Wired;
import dev.fleetline.testing.MovableClock;
import io.micronaut.context.ApplicationContext;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class HealthSweepWiringTest {

    @Test
    void everything_that_a_sweep_needs_is_there() {
        try (ApplicationContext wiring = Wired.start("health-sweep", surroundings(Map.of()))) {
            assertThat(wiring.getBean(RunPass.class)).isNotNull();
        }
    }

    @Test
    void a_wrong_setting_keeps_the_function_from_starting() {
        assertThatThrownBy(() -> new HealthSweepHandler(surroundings(Map.of("PAGE_SIZE", "0"))))
                .rootCause()
                .isInstanceOf(Settings.BadSetting.class)
                .hasMessageContaining("setting PAGE_SIZE of health-sweep is out of bounds");
    }

    private static Surroundings surroundings(Map<String, String> more) {
        Map<String, String> environment = new HashMap<>(HealthSweepConfigTest.GOOD);
        environment.putAll(Map.of(
                "AWS_REGION", "us-east-1",
                "AWS_ACCESS_KEY_ID", "test",
                "AWS_SECRET_ACCESS_KEY", "test"));
        environment.putAll(more);
        return new Surroundings(
                environment, MovableClock.at("2026-03-02T15:00:00Z"), pause -> {}, RandomGenerator.getDefault());
    }
}
