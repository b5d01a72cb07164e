package dev.fleetline.alert;

import static dev.fleetline.alert.LivingAlert.BEFORE;
import static dev.fleetline.alert.LivingAlert.ENDED;
import static dev.fleetline.alert.LivingAlert.NEVER;
import static dev.fleetline.alert.LivingAlert.NOW;
import static dev.fleetline.alert.LivingAlert.acknowledged;
import static dev.fleetline.alert.LivingAlert.finding;
import static dev.fleetline.alert.LivingAlert.flapping;
import static dev.fleetline.alert.LivingAlert.silence;
import static dev.fleetline.alert.LivingAlert.snoozed;
import static dev.fleetline.alert.LivingAlert.told;
import static dev.fleetline.alert.LivingAlert.toldOtherwise;
import static dev.fleetline.alert.LivingAlert.untold;
import static dev.fleetline.device.Severity.CRITICAL;
import static dev.fleetline.device.Severity.NONE;
import static dev.fleetline.device.Severity.WARNING;
import static dev.fleetline.fleetevents.FleetEvent.Word.CLEARED;
import static dev.fleetline.fleetevents.FleetEvent.Word.EASED;
import static dev.fleetline.fleetevents.FleetEvent.Word.ESCALATED;
import static dev.fleetline.fleetevents.FleetEvent.Word.FLAPPING;
import static dev.fleetline.fleetevents.FleetEvent.Word.RAISED;
import static dev.fleetline.fleetevents.FleetEvent.Word.REMINDED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetline.alert.Alert.Care;
import dev.fleetline.alert.Alert.Flapping;
import dev.fleetline.alert.Alert.Open;
import dev.fleetline.alert.AlertLife.Occasion;
import dev.fleetline.alert.AlertLife.Step;
import dev.fleetline.alert.Occurrence.Found;
import dev.fleetline.device.Condition;
import dev.fleetline.device.Finding;
import dev.fleetline.device.Finding.Cause;
import dev.fleetline.device.Severity;
import dev.fleetline.fleetevents.FleetEvent.Word;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AlertLifeTest {

    private final AlertLife life = new AlertLife(AlertSettings.DEFAULTS);

    @Test
    void a_new_alert_has_the_next_number_and_begins_to_count_its_changes() {
        Open first = goesOn(arrived(NEVER, WARNING));
        Open fourth = goesOn(arrived(ENDED, WARNING));

        assertThat(first.number()).isEqualTo(1);
        assertThat(first.sequence()).isEqualTo(1);
        assertThat(fourth.number()).isEqualTo(4);
        assertThat(fourth.sequence()).isEqualTo(1);
        assertThat(fourth.alertId()).isNotEqualTo(first.alertId());
        assertThat(fourth.version()).isEqualTo(ENDED.version());
    }

    @Test
    void every_change_of_an_alert_has_a_sequence_of_its_own_and_one_alert_id() {
        Open raised = goesOn(arrived(NEVER, WARNING));
        Open worse = goesOn(arrived(raised, CRITICAL));
        Open taken = goesOn(life.next(worse, new Occurrence.Acknowledge("ann", "mine"), NOW));

        assertThat(worse.sequence()).isEqualTo(2);
        assertThat(taken.sequence()).isEqualTo(3);
        assertThat(taken.alertId()).isEqualTo(raised.alertId());
        assertThat(arrived(taken, NONE)).isInstanceOfSatisfying(Step.Ends.class, end -> {
            assertThat(end.last().sequence()).isEqualTo(4);
            assertThat(end.last().alertId()).isEqualTo(raised.alertId());
            assertThat(end.next().number()).isEqualTo(1);
        });
    }

    @Test
    void it_is_due_a_reminder_23_hours_after_the_last_word() {
        Open raised = goesOn(swept(NEVER, finding(WARNING), NOW));
        Instant due = NOW.plus(Duration.ofHours(23));

        assertThat(raised.due()).contains(due);
        assertThat(swept(raised, finding(WARNING), due.minusSeconds(1))).isInstanceOf(Step.Unchanged.class);
        Step reminded = swept(raised, finding(WARNING), due);
        saysOf(reminded, REMINDED);
        assertThat(goesOn(reminded).due()).contains(due.plus(Duration.ofHours(23)));
    }

    @Test
    void what_people_think_of_it_is_put_right_when_it_may_be_told() {
        saysOf(arrived(toldOtherwise(CRITICAL, WARNING), CRITICAL), ESCALATED);
        saysOf(arrived(toldOtherwise(WARNING, CRITICAL), WARNING), EASED);
    }

    @Test
    void a_reading_that_is_a_day_old_when_it_arrives_is_kept_and_told_by_the_next_pass() {
        Finding late = finding(CRITICAL, NOW.minus(Duration.ofHours(24)).minusSeconds(1));

        Step arrived = life.next(NEVER, Found.of(late, Occasion.ARRIVAL), NOW);
        saysNothing(arrived);
        assertThat(goesOn(arrived).told()).isEmpty();

        saysOf(life.next(goesOn(arrived), Found.of(late, Occasion.SWEEP), NOW), RAISED);
    }

    @Test
    void a_reading_of_just_a_day_is_told() {
        Finding day = finding(CRITICAL, NOW.minus(Duration.ofHours(24)));

        saysOf(life.next(NEVER, Found.of(day, Occasion.ARRIVAL), NOW), RAISED);
    }

    @Test
    void on_arrival_silence_neither_begins_nor_worsens_but_may_end_or_ease_by_a_newer_report() {
        assertThat(life.next(NEVER, Found.of(silence(WARNING), Occasion.ARRIVAL), NOW))
                .isInstanceOf(Step.Unchanged.class);
        assertThat(life.next(told(WARNING), Found.of(silence(CRITICAL), Occasion.ARRIVAL), NOW))
                .isInstanceOf(Step.Unchanged.class);
        Finding heardSince = silence(WARNING, Duration.ofMinutes(5));
        assertThat(goesOn(life.next(told(CRITICAL), Found.of(heardSince, Occasion.ARRIVAL), NOW))
                        .holding()
                        .severity())
                .isEqualTo(WARNING);
        assertThat(life.next(told(CRITICAL), Found.of(silence(WARNING), Occasion.ARRIVAL), NOW))
                .isInstanceOf(Step.Unchanged.class);
        assertThat(life.next(told(CRITICAL), Found.of(silence(NONE), Occasion.ARRIVAL), NOW))
                .isInstanceOf(Step.Ends.class);
        assertThat(life.next(NEVER, Found.of(silence(WARNING), Occasion.SWEEP), NOW))
                .isInstanceOf(Step.GoesOn.class);
    }

    @Test
    void a_loss_is_not_told_when_it_is_rated_but_its_end_is() {
        assertThat(life.next(NEVER, Found.of(silence(CRITICAL), Occasion.RATING), NOW))
                .isInstanceOf(Step.Unchanged.class);
        assertThat(life.next(told(WARNING), Found.of(silence(CRITICAL), Occasion.RATING), NOW))
                .isInstanceOf(Step.Unchanged.class);
        assertThat(life.next(told(WARNING), Found.of(silence(NONE), Occasion.RATING), NOW))
                .isInstanceOf(Step.Ends.class);
        saysOf(life.next(NEVER, Found.of(finding(WARNING), Occasion.RATING), NOW), RAISED);
    }

    @Test
    void a_report_that_says_that_service_is_gone_is_told_on_arrival() {
        Finding gone =
                new Finding(Condition.NETWORK_LOST, WARNING, NOW, Optional.empty(), Cause.OUT_OF_COVERAGE, 1, NOW);

        saysOf(life.next(NEVER, Found.of(gone, Occasion.ARRIVAL), NOW), RAISED);
    }

    @ParameterizedTest
    @EnumSource(Occasion.class)
    void what_was_told_and_ended_is_told_whatever_the_occasion(Occasion occasion) {
        Finding old = finding(NONE, NOW.minus(Duration.ofDays(3)));

        saysOf(life.next(told(WARNING), Found.of(old, occasion), NOW), CLEARED);
        saysOf(life.next(snoozed(WARNING), Found.of(old, occasion), NOW), CLEARED);
    }

    @Nested
    class Tended {

        @Test
        void who_acknowledges_it_is_kept_and_an_escalation_ends_it() {
            Open taken = goesOn(life.next(told(WARNING), new Occurrence.Acknowledge("ann", "on my way"), NOW));
            assertThat(taken.care()).isEqualTo(new Care.Acknowledged("ann", "on my way", NOW));
            assertThat(taken.due()).isEmpty();

            assertThat(goesOn(arrived(taken, CRITICAL)).care()).isEqualTo(new Care.None());
        }

        @Test
        void what_is_acknowledged_is_never_reminded_of() {
            assertThat(swept(acknowledged(WARNING), finding(WARNING), NOW.plus(Duration.ofDays(30))))
                    .isInstanceOf(Step.Unchanged.class);
        }

        @Test
        void who_acknowledges_it_again_changes_nothing_and_somebody_else_hears_who_was_first() {
            Open taken = acknowledged(WARNING);

            assertThat(life.next(taken, new Occurrence.Acknowledge("ann", "on my way"), NOW))
                    .isInstanceOf(Step.Unchanged.class);
            assertThat(life.next(taken, new Occurrence.Acknowledge("ben", "mine"), NOW))
                    .isEqualTo(new Step.Refused("ann has acknowledged it already: on my way"));
        }

        @Test
        void it_may_be_snoozed_for_14_days_and_no_longer_and_not_into_the_past() {
            Instant latest = NOW.plus(Duration.ofDays(14));

            assertThat(goesOn(life.next(told(WARNING), new Occurrence.Snooze("ann", "why", latest), NOW))
                            .due())
                    .contains(latest);
            assertThat(life.next(told(WARNING), new Occurrence.Snooze("ann", "why", latest.plusSeconds(1)), NOW))
                    .isInstanceOfSatisfying(Step.Refused.class, refused -> assertThat(refused.reason())
                            .contains("14 days at most"));
            assertThat(life.next(told(WARNING), new Occurrence.Snooze("ann", "why", NOW), NOW))
                    .isInstanceOf(Step.Refused.class);
        }

        @Test
        void what_eases_while_it_is_snoozed_is_said_when_the_snooze_ends() {
            Open snoozed = snoozed(CRITICAL);

            Step eased = arrived(snoozed, WARNING);
            saysNothing(eased);
            Step over = swept(goesOn(eased), finding(WARNING), NOW.plus(Duration.ofDays(2)));

            saysOf(over, REMINDED);
            assertThat(goesOn(over).care()).isEqualTo(new Care.None());
            assertThat(goesOn(over).told().orElseThrow().severity()).isEqualTo(WARNING);
        }

        @Test
        void who_acknowledges_what_nobody_was_told_of_is_told_of_its_end() {
            Open taken = goesOn(life.next(untold(CRITICAL), new Occurrence.Acknowledge("ann", "seen"), NOW));

            saysOf(arrived(taken, NONE), CLEARED);
        }

        @Test
        void a_conflict_of_identities_may_be_resolved_while_it_holds() {
            Open conflict = goesOn(life.next(
                    new Alert.Never(LivingAlert.TRACKER, Condition.IDENTITY_CONFLICT),
                    Found.of(
                            new Finding(
                                    Condition.IDENTITY_CONFLICT, WARNING, NOW, Optional.empty(), Cause.UNKNOWN, 1, NOW),
                            Occasion.ARRIVAL),
                    NOW));

            saysOf(life.next(conflict, new Occurrence.Resolve("ann", "swapped", true), NOW), CLEARED);
        }
    }

    @Nested
    class UnderAWiderAlert {

        @Test
        void it_is_kept_and_not_told_and_told_when_the_wider_one_is_over() {
            Step kept = life.next(NEVER, suppressed(silence(WARNING)), NOW);
            saysNothing(kept);
            Open open = goesOn(kept);
            assertThat(open.suppressedBy()).contains(LivingAlert.YARD);
            assertThat(open.status()).isEqualTo("suppressed");
            assertThat(open.due()).isEmpty();
            assertThat(life.next(open, suppressed(silence(WARNING)), NOW)).isInstanceOf(Step.Unchanged.class);

            Step released = life.next(open, Found.of(silence(WARNING), Occasion.SWEEP), NOW);

            saysOf(released, RAISED);
            assertThat(goesOn(released).suppressedBy()).isEmpty();
        }

        @Test
        void nobody_hears_that_it_worsens_or_is_reminded_of_it_but_of_the_end_of_what_was_told() {
            Open told = told(WARNING);

            saysNothing(life.next(told, suppressed(silence(CRITICAL)), NOW));
            assertThat(life.next(told, suppressed(silence(WARNING)), NOW.plus(Duration.ofDays(2))))
                    .isInstanceOf(Step.Unchanged.class);
            saysOf(life.next(told, suppressed(silence(NONE)), NOW), CLEARED);
        }

        @Test
        void what_comes_back_before_it_was_told_ends_in_silence() {
            Open open = goesOn(life.next(NEVER, suppressed(silence(WARNING)), NOW));

            assertThat(life.next(open, suppressed(silence(NONE)), NOW))
                    .isInstanceOfSatisfying(
                            Step.Ends.class, end -> assertThat(end.word()).isEmpty());
        }

        private Found suppressed(Finding finding) {
            return new Found(finding, Occasion.SWEEP, Optional.of(LivingAlert.YARD), 0, true, Optional.of(true));
        }
    }

    @Nested
    class WhileItFlaps {

        private static final double MUCH = 51;
        private static final double LESS = 40;
        private static final double LITTLE = 24;

        @Test
        void that_it_flaps_is_said_once_in_the_place_of_the_raise() {
            Step first = found(ENDED, WARNING, MUCH);
            saysOf(first, FLAPPING);
            assertThat(goesOn(first).flapping().said()).isTrue();

            assertThat(found(goesOn(first), WARNING, MUCH)).isInstanceOf(Step.Unchanged.class);
        }

        @Test
        void just_half_is_not_flapping() {
            saysOf(found(ENDED, WARNING, 50), RAISED);
        }

        @Test
        void raise_and_ease_are_held_back_until_it_is_calm() {
            Step raise = found(afterFlapping(false), WARNING, LESS);
            saysNothing(raise);
            assertThat(raise).isInstanceOfSatisfying(Step.GoesOn.class, step -> assertThat(step.held())
                    .isTrue());
            saysNothing(found(flapping(told(CRITICAL), true), WARNING, LESS));

            saysOf(found(goesOn(raise), WARNING, LITTLE), RAISED);
        }

        @Test
        void when_it_is_calm_the_present_state_is_told_if_it_is_not_the_last_one_told() {
            Open eased = goesOn(found(flapping(told(CRITICAL), true), WARNING, LESS));

            Step calm = found(eased, WARNING, LITTLE);

            saysOf(calm, EASED);
            assertThat(goesOn(calm).flapping()).isEqualTo(Flapping.CALM);
        }

        @Test
        void the_first_raise_at_critical_is_told_and_the_next_one_is_not() {
            Step first = found(afterFlapping(false), CRITICAL, MUCH);
            saysOf(first, RAISED);
            Step end = found(goesOn(first), NONE, MUCH);
            saysOf(end, CLEARED);

            Step second = found(((Step.Ends) end).next(), CRITICAL, MUCH);
            saysNothing(second);
            saysNothingOfTheEnd(found(goesOn(second), NONE, MUCH));
        }

        @Test
        void what_stays_for_as_long_as_a_reminder_takes_is_told_all_the_same() {
            Open held = goesOn(found(afterFlapping(true), WARNING, LESS));

            saysOf(life.next(held, restless(finding(WARNING), LESS), NOW.plus(Duration.ofHours(23))), RAISED);
        }

        private Alert afterFlapping(boolean criticalTold) {
            return new Alert.Ended(LivingAlert.TRACKER, Condition.BATTERY_LOW, 3, new Flapping(true, criticalTold), 7);
        }

        private Step found(Alert stored, Severity severity, double unrest) {
            return life.next(stored, restless(finding(severity), unrest), NOW);
        }

        private Found restless(Finding finding, double unrest) {
            return new Found(finding, Occasion.ARRIVAL, Optional.empty(), unrest, true, Optional.empty());
        }

        private void saysNothingOfTheEnd(Step step) {
            assertThat(step).isInstanceOfSatisfying(Step.Ends.class, end -> assertThat(end.word())
                    .isEmpty());
        }
    }

    @Nested
    class WithoutRoomForOneMore {

        @Test
        void what_is_held_back_is_kept_and_told_when_there_is_room() {
            Step raise = crowded(NEVER, WARNING);
            saysNothing(raise);
            assertThat(raise).isInstanceOfSatisfying(Step.GoesOn.class, step -> assertThat(step.held())
                    .isTrue());
            assertThat(crowded(goesOn(raise), WARNING)).isInstanceOf(Step.Unchanged.class);

            saysOf(arrived(goesOn(raise), WARNING), RAISED);
        }

        @Test
        void the_first_that_is_critical_and_the_end_of_what_was_told_are_told_all_the_same() {
            saysOf(crowded(NEVER, CRITICAL), RAISED);
            saysOf(crowded(told(WARNING), CRITICAL), ESCALATED);
            saysOf(crowded(told(WARNING), NONE), CLEARED);
        }

        @Test
        void the_second_that_is_critical_waits() {
            Open eased = goesOn(arrived(told(CRITICAL), WARNING));

            saysNothing(crowded(eased, CRITICAL));
        }

        @Test
        void a_reminder_waits() {
            Found found = new Found(finding(WARNING), Occasion.SWEEP, Optional.empty(), 0, false, Optional.empty());

            assertThat(life.next(told(WARNING), found, BEFORE.plus(Duration.ofDays(1))))
                    .isInstanceOf(Step.Unchanged.class);
        }

        private Step crowded(Alert stored, Severity severity) {
            return life.next(
                    stored,
                    new Found(finding(severity), Occasion.ARRIVAL, Optional.empty(), 0, false, Optional.empty()),
                    NOW);
        }
    }

    private Step arrived(Alert stored, Severity severity) {
        return life.next(stored, Found.of(finding(severity), Occasion.ARRIVAL), NOW);
    }

    private Step swept(Alert stored, Finding finding, Instant now) {
        return life.next(stored, Found.of(finding, Occasion.SWEEP), now);
    }

    private static void saysOf(Step step, Word word) {
        assertThat(word(step)).as("%s", step).contains(word);
    }

    private static void saysNothing(Step step) {
        assertThat(step).isInstanceOf(Step.GoesOn.class);
        assertThat(word(step)).as("%s", step).isEmpty();
    }

    private static Optional<Word> word(Step step) {
        return switch (step) {
            case Step.GoesOn(var _, var word, var _) -> word;
            case Step.Ends(var _, var _, var word) -> word;
            case Step.Unchanged _, Step.AlreadyOver _, Step.StillHolds _, Step.Refused _ -> Optional.empty();
        };
    }

    private static Open goesOn(Step step) {
        return switch (step) {
            case Step.GoesOn(var next, var _, var _) -> next;
            case Step.Unchanged _, Step.Ends _, Step.AlreadyOver _, Step.StillHolds _, Step.Refused _ ->
                throw new AssertionError("does not go on: " + step);
        };
    }
}
