package dev.fleetline.testing;

import static dev.fleetline.testing.SampleFleet.NOON;

import dev.fleetline.alert.Alert;
import dev.fleetline.alert.Alert.Care;
import dev.fleetline.alert.Alert.Flapping;
import dev.fleetline.alert.Alert.Holding;
import dev.fleetline.alert.Alert.Open;
import dev.fleetline.alert.Alert.Suppressor;
import dev.fleetline.alert.Alert.Told;
import dev.fleetline.alert.Subject;
import dev.fleetline.device.Condition;
import dev.fleetline.device.Finding.Cause;
import dev.fleetline.device.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Alerts of the sample fleet, not stored yet. */
public final class SampleAlerts {

    private SampleAlerts() {}

    /** A warning that was told five seconds after noon; its reminder is due 23 hours later. */
    public static Open told(Subject subject, Condition condition) {
        Instant told = NOON.plusSeconds(5);
        return new Open(
                subject,
                condition,
                1,
                1,
                told,
                new Holding(Severity.WARNING, NOON, Cause.FLAT_BATTERY, Optional.empty()),
                Optional.of(Told.first(Severity.WARNING, told)),
                new Care.None(),
                Optional.empty(),
                Flapping.CALM,
                Optional.of(told.plus(Duration.ofHours(23))),
                0);
    }

    /** The same of a tracker of this number. */
    public static Open told(int number, Condition condition) {
        return told(new Subject.OfDevice(SampleFleet.imei(number)), condition);
    }

    /** The same with somebody who has said something. */
    public static Open with(Open alert, Care care, Optional<Instant> due) {
        return new Open(
                alert.subject(),
                alert.condition(),
                alert.number(),
                alert.sequence() + 1,
                alert.openedAt(),
                alert.holding(),
                alert.told(),
                care,
                alert.suppressedBy(),
                alert.flapping(),
                due,
                alert.version());
    }

    /** A loss of a tracker that the carrier was asked about and that is told by a wider alert instead. */
    public static Open suppressed(int number, Alert.Open wider) {
        Open told = told(number, Condition.NETWORK_LOST);
        return new Open(
                told.subject(),
                told.condition(),
                2,
                3,
                told.openedAt(),
                new Holding(Severity.CRITICAL, NOON, Cause.UNKNOWN, Optional.of(false)),
                Optional.empty(),
                new Care.None(),
                Optional.of(new Suppressor(wider.subject(), wider.condition(), wider.number())),
                new Flapping(true, false),
                Optional.empty(),
                0);
    }
}
