package dev.fleetline.alert;

import static dev.fleetline.device.Severity.CRITICAL;
import static dev.fleetline.device.Severity.NONE;
import static dev.fleetline.device.Severity.WARNING;
import static dev.fleetline.fleetevents.FleetEvent.Word.CLEARED;
import static dev.fleetline.fleetevents.FleetEvent.Word.EASED;
import static dev.fleetline.fleetevents.FleetEvent.Word.ESCALATED;
import static dev.fleetline.fleetevents.FleetEvent.Word.RAISED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetline.alert.Alert.Holding;
import dev.fleetline.alert.Alert.Told;
import dev.fleetline.alert.AlertLife.Occasion;
import dev.fleetline.alert.AlertLife.Step;
import dev.fleetline.device.Charging;
import dev.fleetline.device.Condition;
import dev.fleetline.device.Finding;
import dev.fleetline.device.Finding.Cause;
import dev.fleetline.device.Finding.Trend;
import dev.fleetline.device.Severity;
import dev.fleetline.fleetevents.FleetEvent.Word;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class AlertLifeTest {

    private static final Instant NOW = Trackers.FIVE_PAST_FOUR;
    private static final Subject TRACKER = new Subject.OfDevice(Trackers.IMEI);
    private static final Alert NEVER = new Alert.Never(TRACKER, Condition.BATTERY_LOW);
    private static final Alert ENDED = new Alert.Ended(TRACKER, Condition.BATTERY_LOW, 3, 7);

    /** The table of AlertLife's Javadoc, line by line. */
    static Stream<Arguments> table() {
        return Stream.of(
                Arguments.of(NEVER, NONE, "unchanged", Optional.empty()),
                Arguments.of(ENDED, NONE, "unchanged", Optional.empty()),
                Arguments.of(NEVER, WARNING, "open", Optional.of(RAISED)),
                Arguments.of(NEVER, CRITICAL, "open", Optional.of(RAISED)),
                Arguments.of(ENDED, WARNING, "open", Optional.of(RAISED)),
                Arguments.of(ENDED, CRITICAL, "open", Optional.of(RAISED)),
                Arguments.of(open(WARNING, WARNING), WARNING, "unchanged", Optional.empty()),
                Arguments.of(open(CRITICAL, CRITICAL), CRITICAL, "unchanged", Optional.empty()),
                Arguments.of(untold(WARNING), WARNING, "open", Optional.of(RAISED)),
                Arguments.of(open(CRITICAL, WARNING), CRITICAL, "open", Optional.of(ESCALATED)),
                Arguments.of(open(WARNING, CRITICAL), WARNING, "open", Optional.of(EASED)),
                Arguments.of(open(WARNING, WARNING), CRITICAL, "open", Optional.of(ESCALATED)),
                Arguments.of(open(CRITICAL, CRITICAL), WARNING, "open", Optional.of(EASED)),
                Arguments.of(open(WARNING, WARNING), NONE, "ended", Optional.of(CLEARED)),
                Arguments.of(open(CRITICAL, CRITICAL), NONE, "ended", Optional.of(CLEARED)),
                Arguments.of(untold(CRITICAL), NONE, "ended", Optional.empty()));
    }

    @ParameterizedTest(name = "{0} and {1}: {2}, {3}")
    @MethodSource("table")
    void a_finding_moves_an_alert_as_the_table_says(Alert stored, Severity found, String becomes, Optional<Word> told) {
        Step step = AlertLife.next(stored, finding(found, NOW), Occasion.ARRIVAL, NOW);

        switch (step) {
            case Step.Unchanged _ -> {
                assertThat(becomes).isEqualTo("unchanged");
                assertThat(told).isEmpty();
            }
            case Step.GoesOn(var next, var word) -> {
                assertThat(becomes).isEqualTo("open");
                assertThat(word).isEqualTo(told);
                assertThat(next.holding().severity()).isEqualTo(found);
                assertThat(next.told()).contains(new Told(found, NOW));
                assertThat(next.version()).isEqualTo(stored.version());
            }
            case Step.Ends(var last, var next, var word) -> {
                assertThat(becomes).isEqualTo("ended");
                assertThat(word).isEqualTo(told);
                assertThat(next.number()).isEqualTo(last.number());
                assertThat(next.version()).isEqualTo(stored.version());
            }
        }
    }

    @Test
    void a_new_alert_has_the_next_number_and_begins_to_count_its_changes() {
        Alert.Open first = goesOn(AlertLife.next(NEVER, finding(WARNING, NOW), Occasion.ARRIVAL, NOW));
        Alert.Open fourth = goesOn(AlertLife.next(ENDED, finding(WARNING, NOW), Occasion.ARRIVAL, NOW));

        assertThat(first.number()).isEqualTo(1);
        assertThat(first.sequence()).isEqualTo(1);
        assertThat(fourth.number()).isEqualTo(4);
        assertThat(fourth.sequence()).isEqualTo(1);
        assertThat(fourth.alertId()).isNotEqualTo(first.alertId());
    }

    @Test
    void every_change_of_an_alert_has_a_sequence_of_its_own_and_one_alert_id() {
        Alert.Open raised = goesOn(AlertLife.next(NEVER, finding(WARNING, NOW), Occasion.ARRIVAL, NOW));
        Alert.Open worse = goesOn(AlertLife.next(raised, finding(CRITICAL, NOW), Occasion.ARRIVAL, NOW));

        assertThat(worse.sequence()).isEqualTo(2);
        assertThat(worse.alertId()).isEqualTo(raised.alertId());
        assertThat(AlertLife.next(worse, finding(NONE, NOW), Occasion.ARRIVAL, NOW))
                .isInstanceOfSatisfying(Step.Ends.class, end -> {
                    assertThat(end.last().sequence()).isEqualTo(3);
                    assertThat(end.last().alertId()).isEqualTo(raised.alertId());
                });
    }

    @Test
    void a_reading_that_is_a_day_old_when_it_arrives_is_kept_and_told_by_the_next_pass() {
        Finding late = finding(CRITICAL, NOW.minus(Duration.ofHours(24)).minusSeconds(1));

        Step arrived = AlertLife.next(NEVER, late, Occasion.ARRIVAL, NOW);
        assertThat(arrived).isInstanceOfSatisfying(Step.GoesOn.class, step -> {
            assertThat(step.word()).isEmpty();
            assertThat(step.next().told()).isEmpty();
        });

        assertThat(AlertLife.next(goesOn(arrived), late, Occasion.SWEEP, NOW))
                .isInstanceOfSatisfying(
                        Step.GoesOn.class, step -> assertThat(step.word()).contains(RAISED));
    }

    @Test
    void on_arrival_silence_neither_begins_nor_worsens_but_may_end_or_ease() {
        assertThat(AlertLife.next(NEVER, silence(WARNING), Occasion.ARRIVAL, NOW))
                .isInstanceOf(Step.Unchanged.class);
        assertThat(AlertLife.next(open(WARNING, WARNING), silence(CRITICAL), Occasion.ARRIVAL, NOW))
                .isInstanceOf(Step.Unchanged.class);
        assertThat(goesOn(AlertLife.next(open(CRITICAL, CRITICAL), silence(WARNING), Occasion.ARRIVAL, NOW))
                        .holding()
                        .severity())
                .isEqualTo(WARNING);
        assertThat(AlertLife.next(open(CRITICAL, CRITICAL), silence(NONE), Occasion.ARRIVAL, NOW))
                .isInstanceOf(Step.Ends.class);
        assertThat(AlertLife.next(NEVER, silence(WARNING), Occasion.SWEEP, NOW)).isInstanceOf(Step.GoesOn.class);
    }

    @Test
    void a_report_that_says_that_service_is_gone_is_told_on_arrival() {
        Finding gone =
                new Finding(Condition.NETWORK_LOST, WARNING, NOW, Optional.empty(), Cause.OUT_OF_COVERAGE, 1, NOW);

        assertThat(AlertLife.next(NEVER, gone, Occasion.ARRIVAL, NOW))
                .isInstanceOfSatisfying(
                        Step.GoesOn.class, step -> assertThat(step.word()).contains(RAISED));
    }

    private static Finding silence(Severity severity) {
        return new Finding(
                Condition.NETWORK_LOST,
                severity,
                NOW.minus(Duration.ofHours(9)),
                Optional.empty(),
                Cause.UNKNOWN,
                1,
                NOW);
    }

    @Test
    void a_reading_of_just_a_day_is_told() {
        Step step = AlertLife.next(NEVER, finding(CRITICAL, NOW.minus(Duration.ofHours(24))), Occasion.ARRIVAL, NOW);

        assertThat(step).isInstanceOfSatisfying(Step.GoesOn.class, on -> assertThat(on.word())
                .contains(RAISED));
    }

    @ParameterizedTest
    @EnumSource(Occasion.class)
    void what_was_told_and_ended_is_told_whatever_the_occasion(Occasion occasion) {
        Finding old = finding(NONE, NOW.minus(Duration.ofDays(3)));

        assertThat(AlertLife.next(open(WARNING, WARNING), old, occasion, NOW))
                .isInstanceOfSatisfying(
                        Step.Ends.class, end -> assertThat(end.word()).contains(CLEARED));
    }

    private static Alert.Open goesOn(Step step) {
        return switch (step) {
            case Step.GoesOn(var next, var _) -> next;
            case Step.Unchanged _, Step.Ends _ -> throw new AssertionError("does not go on: " + step);
        };
    }

    private static Alert.Open open(Severity holding, Severity told) {
        return new Alert.Open(
                TRACKER,
                Condition.BATTERY_LOW,
                2,
                5,
                new Holding(holding, NOW.minusSeconds(600), Cause.UNKNOWN),
                Optional.of(new Told(told, NOW.minusSeconds(600))),
                9);
    }

    private static Alert.Open untold(Severity holding) {
        return new Alert.Open(
                TRACKER,
                Condition.BATTERY_LOW,
                2,
                1,
                new Holding(holding, NOW.minusSeconds(600), Cause.UNKNOWN),
                Optional.empty(),
                9);
    }

    private static Finding finding(Severity severity, Instant at) {
        return Trackers.batteryOf(8, severity, Charging.UNKNOWN, Trend.FALLING, at);
    }
}
