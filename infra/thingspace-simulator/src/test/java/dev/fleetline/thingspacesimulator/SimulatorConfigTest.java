package dev.fleetline.thingspacesimulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleetline.thingspacesimulator.clock.SimulatorClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SimulatorConfigTest {

    private static final Instant START = Instant.parse("2026-03-02T15:00:00Z");

    @Test
    void a_port_must_be_one() {
        assertThat(SimulatorConfig.onPort(65_535).port()).isEqualTo(65_535);
        assertThatThrownBy(() -> SimulatorConfig.onPort(65_536)).hasMessageContaining("65535");
        assertThatThrownBy(() -> SimulatorConfig.onPort(-1)).hasMessageContaining("0 (any free one)");
    }

    @Test
    void who_shares_a_clock_sets_it() {
        SimulatorConfig sharing = SimulatorConfig.onFreePort().sharing(SimulatorClock.standingAt(START));

        assertThatThrownBy(() -> sharing.standingAt(START)).hasMessageContaining("either");
    }

    @Test
    void receivers_get_some_time() {
        SimulatorConfig config = SimulatorConfig.onFreePort();

        assertThatThrownBy(() -> config.waitingForReceivers(Duration.ZERO)).hasMessageContaining("deliveryPatience");
    }
}
