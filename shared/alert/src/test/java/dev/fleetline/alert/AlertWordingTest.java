package dev.fleetline.alert;

import static dev.fleetline.device.Severity.CRITICAL;
import static dev.fleetline.device.Severity.NONE;
import static dev.fleetline.device.Severity.WARNING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetline.device.Charging;
import dev.fleetline.device.Device;
import dev.fleetline.device.Finding;
import dev.fleetline.device.Finding.Cause;
import dev.fleetline.device.Finding.Trend;
import dev.fleetline.fleetevents.FleetEvent.Word;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

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
}
