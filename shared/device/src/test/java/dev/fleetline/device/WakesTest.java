package dev.fleetline.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetline.device.Circumstances.PlatformFault;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WakesTest {

    private static final Instant NOON = Trackers.NOON;
    private static final Expected A_DAY = Expected.of(Duration.ofHours(24), 10, "fleet");

    @ParameterizedTest(name = "{0} gaps of {1}: {2}")
    @CsvSource({
        "7,  PT6H,  ",
        "8,  PT6H,  PT6H",
        "30, PT6H,  PT6H",
        "39, PT15M, PT15M",
        "39, PT10M, PT10M",
        "78, PT5M,  PT10M", // two that are less than ten minutes apart are one wake
        "8,  PT51H, ", // each of them was a loss
    })
    void an_interval_is_learned_from_eight_gaps_on(int gaps, Duration gap, Duration learned) {
        assertThat(interval(every(gap, gaps))).isEqualTo(Optional.ofNullable(learned));
    }

    @Test
    void forty_reports_within_a_minute_are_one_wake_also_across_a_border_of_ten_minutes() {
        Wakes wakes = Wakes.NONE;
        for (int report = 0; report < 40; report++) {
            wakes = wakes.with(NOON.plusSeconds(570 + report * 2L));
        }

        assertThat(wakes.starts()).containsExactly(NOON.plusSeconds(570));
    }

    @Test
    void one_long_gap_in_twenty_does_not_count_and_two_do() {
        Wakes wakes = every(Duration.ofHours(4), 30);
        Instant last = wakes.firsts().getLast();

        wakes = wakes.with(last.plus(Duration.ofHours(7)));
        assertThat(interval(wakes)).contains(Duration.ofHours(4));

        wakes = wakes.with(last.plus(Duration.ofHours(14)));
        assertThat(interval(wakes)).contains(Duration.ofHours(7));
    }

    @Test
    void a_gap_that_ended_a_loss_does_not_count() {
        Wakes wakes = every(Duration.ofHours(4), 8);
        Instant at = wakes.firsts().getLast();
        for (int loss = 0; loss < 5; loss++) {
            at = at.plus(Duration.ofHours(9));
            wakes = wakes.with(at);
        }

        assertThat(interval(wakes)).contains(Duration.ofHours(4));
    }

    @Test
    void a_gap_that_our_own_fault_lies_in_does_not_count() {
        Wakes wakes = every(Duration.ofHours(4), 8);
        Instant before = wakes.firsts().getLast();
        wakes = wakes.with(before.plus(Duration.ofHours(8)));
        var fault = new PlatformFault(before.plus(Duration.ofHours(1)), before.plus(Duration.ofHours(2)));

        assertThat(interval(wakes)).contains(Duration.ofHours(8));
        assertThat(wakes.interval(A_DAY, 2, 10, List.of(fault))).contains(Duration.ofHours(4));
    }

    @Test
    void jitter_of_minutes_stays_jitter_of_minutes() {
        Random chance = new Random(7);
        Wakes wakes = Wakes.NONE;
        for (int day = 0; day < 31; day++) {
            wakes = wakes.with(NOON.plus(Duration.ofHours(12L * day)).plusSeconds(chance.nextInt(1_200)));
        }

        assertThat(interval(wakes).orElseThrow()).isBetween(Duration.ofHours(12), Duration.ofMinutes(12 * 60 + 20));
    }

    private static Optional<Duration> interval(Wakes wakes) {
        return wakes.interval(A_DAY, 2, 10, List.of());
    }

    private static Wakes every(Duration gap, int gaps) {
        Wakes wakes = Wakes.NONE;
        for (int wake = 0; wake <= gaps; wake++) {
            wakes = wakes.with(NOON.plus(gap.multipliedBy(wake)));
        }
        return wakes;
    }
}
