package dev.fleetline.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A signal far under what is usual for the device is weak, though others would be content with it. */
class UnusualSignalTest {

    private static final Health HEALTH = new Health(HealthSettings.DEFAULTS);
    private static final Instant NOON = Trackers.NOON;

    @ParameterizedTest(name = "usually {0}, now {1} twice: {2}")
    @CsvSource({
        "-92,  -102, WARNING",
        "-92,  -101, NONE",
        "-85,  -100, NONE",
        "-85,  -101, WARNING",
        "-99,  -109, WARNING",
        "-99,  -108, NONE",
        "-105, -111, WARNING",
        "-105, -110, NONE",
        "-92,  -121, CRITICAL",
    })
    void ten_under_the_usual_and_under_a_hundred_is_weak(double usual, double now, Severity severity) {
        Device device = usually(usual, 14);

        Finding finding = signal(twice(device, now));

        assertThat(finding.severity()).isEqualTo(severity);
    }

    @Test
    void on_two_days_nothing_is_usual_yet() {
        assertThat(signal(twice(usually(-85, 2), -105)).severity()).isEqualTo(Severity.NONE);
        assertThat(signal(twice(usually(-85, 3), -105)).severity()).isEqualTo(Severity.WARNING);
    }

    @Test
    void it_is_held_against_the_line_that_the_usual_signal_makes_and_ends_five_above_it() {
        Device device = twice(usually(-92, 14), -103);

        Finding.Observed observed = signal(device).observed().orElseThrow();
        assertThat(observed.line()).isEqualTo(-102);
        assertThat(observed.clearAt()).isEqualTo(-97);
        assertThat(observed.origin()).isEqualTo("fleet");

        Instant later = NOON.plus(Duration.ofDays(14)).plusSeconds(600);
        assertThat(signal(Trackers.measured(device, later, Measure.RSRP, -98)).severity())
                .isEqualTo(Severity.WARNING);
        assertThat(signal(Trackers.measured(device, later, Measure.RSRP, -97)).severity())
                .isEqualTo(Severity.NONE);
    }

    @Test
    void what_is_usual_is_the_median_of_days_and_goes_back_beyond_the_window() {
        Device device = Trackers.inService();
        for (int day = 0; day < 14; day++) {
            for (int reading = 0; reading < 40; reading++) {
                Instant at = NOON.plus(Duration.ofDays(day)).plusSeconds(reading);
                device = Trackers.measured(device, at, Measure.RSRP, day == 3 ? -119 : -90);
            }
        }

        assertThat(device.vitals().signal().days()).hasSize(14);
        assertThat(signal(twice(device, -101)).observed().orElseThrow().line()).isEqualTo(-100);
    }

    private static Device usually(double dbm, int days) {
        Device device = Trackers.inService();
        for (int day = 14 - days; day < 14; day++) {
            device = Trackers.measured(device, NOON.plus(Duration.ofDays(day)), Measure.RSRP, dbm);
        }
        return device;
    }

    private static Device twice(Device device, double dbm) {
        Device changed = device;
        for (long second : List.of(0L, 60L)) {
            Instant at = NOON.plus(Duration.ofDays(14)).plusSeconds(second);
            changed = Trackers.measured(changed, at, Measure.RSRP, dbm);
        }
        return changed;
    }

    private static Finding signal(Device device) {
        return HEALTH.judge(device, NOON.plus(Duration.ofDays(15))).stream()
                .filter(finding -> finding.condition() == Condition.SIGNAL_WEAK)
                .findFirst()
                .orElseThrow();
    }
}
