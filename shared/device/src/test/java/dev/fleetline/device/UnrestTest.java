package dev.fleetline.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnrestTest {

    private static final Instant NOON = Trackers.NOON;
    private static final Health HEALTH = new Health(HealthSettings.DEFAULTS);

    @Test
    void twenty_one_evaluations_that_all_differ_are_all_unrest() {
        List<Severity> states = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            states.add(i % 2 == 0 ? Severity.NONE : Severity.WARNING);
        }

        assertThat(Unrest.of(states)).isCloseTo(100, within(0.001));
        assertThat(Unrest.of(Collections.nCopies(30, Severity.WARNING))).isZero();
        assertThat(Unrest.of(List.of())).isZero();
    }

    @Test
    void a_recent_change_counts_for_more_than_an_old_one() {
        List<Severity> early = new ArrayList<>(Collections.nCopies(21, Severity.WARNING));
        early.set(0, Severity.NONE);
        List<Severity> late = new ArrayList<>(Collections.nCopies(21, Severity.NONE));
        late.set(20, Severity.WARNING);

        assertThat(Unrest.of(early)).isCloseTo(4, within(0.001));
        assertThat(Unrest.of(late)).isCloseTo(6, within(0.001));
    }

    @Test
    void a_battery_that_jumps_over_its_line_and_back_is_unrest_and_ticks_are_none() {
        Device device = Trackers.inService();
        for (int i = 0; i < 24; i++) {
            device = Trackers.measured(device, NOON.plusSeconds(60L * i), Measure.BATTERY, i % 2 == 0 ? 8 : 60);
        }

        assertThat(HEALTH.unrest(device, Condition.BATTERY_LOW, NOON)).isGreaterThan(99);
        assertThat(HEALTH.unrest(device, Condition.BATTERY_LOW, NOON.plus(Duration.ofDays(3))))
                .isGreaterThan(99);
        assertThat(HEALTH.unrest(device, Condition.NEVER_SEEN, NOON)).isZero();
    }

    @Test
    void a_device_that_is_lost_and_comes_back_again_and_again_is_unrest() {
        Device device = Trackers.inService();
        Instant at = NOON;
        for (int loss = 0; loss < 12; loss++) {
            device = Trackers.alive(device, at);
            at = at.plus(Duration.ofHours(9));
        }

        assertThat(HEALTH.unrest(device, Condition.NETWORK_LOST, at)).isGreaterThan(99);
        assertThat(HEALTH.unrest(regular(), Condition.NETWORK_LOST, NOON)).isZero();
    }

    private static Device regular() {
        Device device = Trackers.inService();
        for (int wake = 0; wake < 30; wake++) {
            device = Trackers.alive(device, NOON.plus(Duration.ofHours(4L * wake - 116)));
        }
        return device;
    }
}
