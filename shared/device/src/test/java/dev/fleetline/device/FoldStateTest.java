package dev.fleetline.device;

import static dev.fleetline.device.Severity.CRITICAL;
import static dev.fleetline.device.Severity.NONE;
import static dev.fleetline.device.Severity.WARNING;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FoldStateTest {

    private static final Lines BATTERY = HealthSettings.DEFAULTS.ofFleet().battery();
    private static final Lines RSRP = HealthSettings.DEFAULTS.ofFleet().lines(Measure.RSRP);
    private static final Lines RSRQ = HealthSettings.DEFAULTS.ofFleet().lines(Measure.RSRQ);

    static Stream<Arguments> stories() {
        return Stream.of(
                story(
                        "hovering on the line is one alert",
                        BATTERY,
                        readings(21, 20, 20, 21, 20),
                        NONE,
                        NONE,
                        WARNING,
                        WARNING,
                        WARNING),
                story("a fall from good to critical needs one reading", BATTERY, readings(25, 8), NONE, CRITICAL),
                story("a warning needs two in a row", BATTERY, readings(20, 21, 20, 21), NONE, NONE, NONE, NONE),
                story("the critical line belongs to critical", BATTERY, readings(11, 10), NONE, CRITICAL),
                story(
                        "a warning ends five points above its line",
                        BATTERY,
                        readings(20, 20, 24, 25),
                        NONE,
                        WARNING,
                        WARNING,
                        NONE),
                story(
                        "critical eases five points above its line, then ends",
                        BATTERY,
                        readings(9, 14, 15, 24, 25),
                        CRITICAL,
                        CRITICAL,
                        WARNING,
                        WARNING,
                        NONE),
                story("critical may end at once", BATTERY, readings(9, 80), CRITICAL, NONE),
                story("a warning may become critical", BATTERY, readings(20, 19, 10), NONE, WARNING, CRITICAL),
                story(
                        "after an end it takes two again",
                        BATTERY,
                        readings(20, 20, 25, 20, 20),
                        NONE,
                        WARNING,
                        NONE,
                        NONE,
                        WARNING),
                story(
                        "a signal on its line is good, under it weak",
                        RSRP,
                        readings(-110, -110, -111, -111),
                        NONE,
                        NONE,
                        NONE,
                        WARNING),
                story(
                        "a weak signal ends five dB above the line",
                        RSRP,
                        readings(-111, -111, -106, -105),
                        NONE,
                        WARNING,
                        WARNING,
                        NONE),
                story("a lost signal needs one reading", RSRP, readings(-120, -121), NONE, CRITICAL),
                story(
                        "quality has lines of its own",
                        RSRQ,
                        readings(-16, -16, -13.5, -13, -20),
                        NONE,
                        WARNING,
                        WARNING,
                        NONE,
                        CRITICAL));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("stories")
    void a_condition_is_a_fold_over_its_readings(
            String story, Lines lines, List<Reading> readings, List<Severity> severities) {
        assertThat(severities(lines, readings)).as(story).isEqualTo(severities);
    }

    @Test
    void while_charging_there_is_no_warning() {
        assertThat(severities(BATTERY, charging(20, 19, 18))).containsOnly(NONE);
    }

    @Test
    void while_charging_it_is_critical_only_when_falling() {
        assertThat(severities(BATTERY, charging(9, 9, 10, 9))).containsExactly(NONE, NONE, NONE, CRITICAL);
    }

    @Test
    void charging_and_rising_ends_it() {
        List<Reading> readings = new ArrayList<>(readings(9));
        readings.add(new Reading(at(1), 9, Charging.YES));
        readings.add(new Reading(at(2), 10, Charging.YES));

        assertThat(severities(BATTERY, readings)).containsExactly(CRITICAL, CRITICAL, NONE);
    }

    @Test
    void forty_readings_of_22_after_a_warning_leave_it_open_since_its_beginning() {
        List<Double> values = new ArrayList<>(List.of(20.0, 20.0));
        values.addAll(Collections.nCopies(40, 22.0));
        FoldState state = FoldState.START;
        for (Reading reading :
                readings(values.stream().mapToDouble(Double::doubleValue).toArray())) {
            state = state.next(reading, BATTERY);
        }

        assertThat(state.severity()).isEqualTo(WARNING);
        assertThat(state.since()).contains(at(1));
        assertThat(state.occurrences()).isEqualTo(41);
    }

    private static Arguments story(String story, Lines lines, List<Reading> readings, Severity... severities) {
        return Arguments.of(story, lines, readings, Arrays.asList(severities));
    }

    private static List<Severity> severities(Lines lines, List<Reading> readings) {
        List<Severity> severities = new ArrayList<>();
        FoldState state = FoldState.START;
        for (Reading reading : readings) {
            state = state.next(reading, lines);
            severities.add(state.severity());
        }
        return severities;
    }

    private static List<Reading> readings(double... values) {
        return readings(Charging.UNKNOWN, values);
    }

    private static List<Reading> charging(double... values) {
        return readings(Charging.YES, values);
    }

    private static List<Reading> readings(Charging charging, double... values) {
        List<Reading> readings = new ArrayList<>();
        for (double value : values) {
            readings.add(new Reading(at(readings.size()), value, charging));
        }
        return readings;
    }

    private static Instant at(int minute) {
        return Trackers.NOON.plusSeconds(60L * minute);
    }
}
