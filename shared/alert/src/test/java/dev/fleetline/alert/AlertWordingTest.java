package dev.fleetline.alert;

import static dev.fleetline.device.Severity.CRITICAL;
import static dev.fleetline.device.Severity.NONE;
import static dev.fleetline.device.Severity.WARNING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetline.device.Charging;
import dev.fleetline.device.Condition;
import dev.fleetline.device.Device;
import dev.fleetline.device.Finding;
import dev.fleetline.device.Finding.Cause;
import dev.fleetline.device.Finding.Trend;
import dev.fleetline.device.Lifecycle;
import dev.fleetline.fleetevents.AlertDetail;
import dev.fleetline.fleetevents.FleetEvent.Word;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlertWordingTest {

    private static final Instant THEN = Trackers.FIVE_PAST_FOUR;
    private static final Device TRACKER = Trackers.battery(Trackers.inService(), THEN, 8);

    @Test
    void a_low_battery_is_said_with_its_value_its_trend_its_time_and_what_to_do() {
        Finding low = Trackers.batteryOf(8, CRITICAL, Charging.UNKNOWN, Trend.FALLING, THEN);

        assertThat(AlertWording.summary(TRACKER, low, Word.RAISED, Optional.empty(), THEN.plusSeconds(5)))
                .isEqualTo("Asset-Tracker-2 (…0014): battery 8 %, falling, not charging since 16:05 UTC."
                        + " Charge it or swap the battery.");
    }

    @Test
    void a_battery_that_charges_is_said_to() {
        Finding low = Trackers.batteryOf(8.5, CRITICAL, Charging.YES, Trend.STEADY, THEN);

        assertThat(AlertWording.summary(TRACKER, low, Word.RAISED, Optional.empty(), THEN))
                .contains("battery 8.5 %, charging since 16:05 UTC");
    }

    @Test
    void the_day_is_said_when_it_is_long_ago() {
        Finding low = Trackers.batteryOf(8, CRITICAL, Charging.UNKNOWN, Trend.STEADY, THEN);

        assertThat(AlertWording.summary(TRACKER, low, Word.RAISED, Optional.empty(), THEN.plus(Duration.ofHours(30))))
                .contains("since 2 Mar 16:05 UTC");
    }

    @Test
    void a_loss_is_said_with_how_long_what_was_expected_and_the_likely_reason() {
        Instant now = THEN.plus(Duration.ofHours(9));
        Finding lost = Trackers.lost(WARNING, THEN, Cause.FLAT_BATTERY, now);

        assertThat(AlertWording.summary(TRACKER, lost, Word.RAISED, Optional.empty(), now))
                .isEqualTo("Asset-Tracker-2 (…0014): no report since 16:05 UTC (9 h), it should report every 4 h."
                        + " Its battery was at its end: charge it or swap the battery.");
    }

    @Test
    void an_end_says_that_there_is_nothing_to_do() {
        Finding good = Trackers.batteryOf(80, NONE, Charging.UNKNOWN, Trend.RISING, THEN);
        Finding back = Trackers.lost(NONE, THEN, Cause.UNKNOWN, THEN);

        assertThat(AlertWording.summary(TRACKER, good, Word.CLEARED, Optional.empty(), THEN))
                .isEqualTo("Asset-Tracker-2 (…0014): battery 80 %, good again. Nothing to do.");
        assertThat(AlertWording.summary(TRACKER, back, Word.CLEARED, Optional.empty(), THEN))
                .isEqualTo("Asset-Tracker-2 (…0014): reports again since 16:05 UTC. Nothing to do.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            SIM_INACTIVE    | Its line is not active: ask the carrier why.
            FLAT_BATTERY    | Its battery was at its end: charge it or swap the battery.
            OUT_OF_COVERAGE | Its last signal was bad: look where it is and move it into coverage.
            APP_SILENT      | The network has seen it since: look at its software, or restart it.
            UNKNOWN         | Cause unknown: check its power and where it is.
            """)
    void every_cause_of_a_loss_says_what_to_do_first(Cause cause, String first) {
        Finding lost = Trackers.lost(WARNING, THEN, cause, THEN);

        assertThat(AlertWording.summary(TRACKER, lost, Word.RAISED, Optional.empty(), THEN))
                .endsWith(first);
    }

    @Test
    void every_condition_of_a_device_has_its_sentences() {
        for (Condition condition : Condition.values()) {
            if (Set.of(Condition.TOKEN, Condition.STREAM, Condition.REPORTS_MISSED)
                    .contains(condition)) {
                continue;
            }
            Finding holds =
                    new Finding(condition, CRITICAL, THEN, Optional.empty(), Cause.UNKNOWN, 1, THEN.plusSeconds(60));
            for (Word word : Word.values()) {
                assertThat(AlertWording.summary(TRACKER, holds, word, Optional.empty(), THEN.plusSeconds(60)))
                        .as("%s %s", condition, word)
                        .startsWith("Asset-Tracker-2 (…0014): ")
                        .endsWith(".")
                        .contains(word == Word.CLEARED ? "Nothing to do." : "16:05 UTC")
                        .doesNotContain("_", "Optional", "999999000000014");
            }
        }
    }

    @Test
    void a_line_that_is_about_to_resume_is_said_with_its_time_and_one_that_we_did_not_suspend_is_said_to_be() {
        Finding sim = new Finding(Condition.SIM_NOT_ACTIVE, WARNING, THEN, Optional.empty(), Cause.UNKNOWN, 1, THEN);
        Optional<Instant> until = Optional.of(THEN.plus(Duration.ofDays(5)));

        assertThat(AlertWording.summary(
                        Trackers.in(new Lifecycle.Suspended(until, true, THEN)),
                        sim,
                        Word.RAISED,
                        Optional.empty(),
                        THEN))
                .isEqualTo(
                        "Asset-Tracker-2 (…0014): its line is suspended, as we asked, and the carrier puts it back by"
                                + " itself at 7 Mar 16:05 UTC. Prolong the suspension, or let it resume.");
        assertThat(AlertWording.summary(
                        Trackers.in(new Lifecycle.Suspended(Optional.empty(), false, THEN)),
                        sim,
                        Word.RAISED,
                        Optional.empty(),
                        THEN))
                .isEqualTo(
                        "Asset-Tracker-2 (…0014): its line is suspended since 16:05 UTC, and we did not ask for that."
                                + " Until it is back nothing reaches us: ask the carrier why.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            site#north-yard  | NETWORK_LOST   | Site north-yard: 6 of 8 devices are lost since 16:05 UTC.
            cell#311480-2048 | NETWORK_LOST   | Cell 311480-2048: 6 of 8 devices are lost since 16:05 UTC.
            fleet            | NETWORK_LOST   | The fleet: 6 of 8 devices are lost since 16:05 UTC.
            platform#m2m     | TOKEN          | Our connection to the platform (m2m): its token cannot be renewed
            platform#core    | STREAM         | Our connection to the platform (core): a stream is broken or silent
            platform#core    | REPORTS_MISSED | Our connection to the platform (core): the carrier has newer readings
            """)
    void every_subject_that_is_more_than_one_device_has_its_sentences(
            String key, Condition condition, String beginning) {
        Subject subject = Subject.of(key).orElseThrow();
        Trouble trouble = new Trouble(
                subject,
                condition,
                CRITICAL,
                THEN,
                Optional.of(new AlertDetail.Devices(6, 8, List.of())).filter(_ -> condition == Condition.NETWORK_LOST),
                Optional.empty());

        assertThat(AlertWording.summary(trouble, THEN, Word.RAISED, Optional.empty(), THEN))
                .startsWith(beginning)
                .endsWith(".");
        assertThat(AlertWording.summary(trouble, THEN, Word.CLEARED, Optional.empty(), THEN))
                .endsWith(".");
        assertThat(AlertWording.summary(
                        trouble,
                        THEN,
                        Word.SNOOZED,
                        Optional.of(new AlertDetail.Person("ann", "storm", Optional.of(THEN))),
                        THEN))
                .contains("ann wants to hear nothing of this until 16:05 UTC (storm): ");
    }
}
