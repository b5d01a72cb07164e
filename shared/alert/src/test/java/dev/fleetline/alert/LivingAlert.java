package dev.fleetline.alert;

import dev.fleetline.alert.Alert.Care;
import dev.fleetline.alert.Alert.Flapping;
import dev.fleetline.alert.Alert.Holding;
import dev.fleetline.alert.Alert.Open;
import dev.fleetline.alert.Alert.Suppressor;
import dev.fleetline.alert.Alert.Told;
import dev.fleetline.device.Charging;
import dev.fleetline.device.Condition;
import dev.fleetline.device.Finding;
import dev.fleetline.device.Finding.Cause;
import dev.fleetline.device.Finding.Trend;
import dev.fleetline.device.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** One tracker's low battery in every state of its life, ten minutes after the last that happened to it. */
final class LivingAlert {

    static final Instant NOW = Trackers.FIVE_PAST_FOUR;
    static final Instant BEFORE = NOW.minusSeconds(600);
    static final Subject TRACKER = new Subject.OfDevice(Trackers.IMEI);
    static final Alert NEVER = new Alert.Never(TRACKER, Condition.BATTERY_LOW);
    static final Alert ENDED = new Alert.Ended(TRACKER, Condition.BATTERY_LOW, 3, Flapping.CALM, 7);
    static final Suppressor YARD = new Suppressor(new Subject.OfSite("north-yard"), Condition.NETWORK_LOST, 1);

    private LivingAlert() {}

    static Open untold(Severity severity) {
        return open(severity, Optional.empty(), new Care.None());
    }

    static Open told(Severity severity) {
        return open(severity, Optional.of(Told.first(severity, BEFORE)), new Care.None());
    }

    /** Open at one severity, while people think it is at another. */
    static Open toldOtherwise(Severity severity, Severity told) {
        return open(severity, Optional.of(Told.first(told, BEFORE)), new Care.None());
    }

    static Open acknowledged(Severity severity) {
        return open(
                severity, Optional.of(Told.first(severity, BEFORE)), new Care.Acknowledged("ann", "on my way", BEFORE));
    }

    static Open snoozed(Severity severity) {
        return open(
                severity,
                Optional.of(Told.first(severity, BEFORE)),
                new Care.Snoozed("ann", "in the workshop", NOW.plus(Duration.ofDays(2))));
    }

    static Open flapping(Open alert, boolean criticalTold) {
        return new Open(
                alert.subject(),
                alert.condition(),
                alert.number(),
                alert.sequence(),
                alert.openedAt(),
                alert.holding(),
                alert.told(),
                alert.care(),
                alert.suppressedBy(),
                new Flapping(true, criticalTold),
                alert.due(),
                alert.version());
    }

    private static Open open(Severity severity, Optional<Told> told, Care care) {
        Optional<Instant> due =
                switch (care) {
                    case Care.None _ -> Optional.of(BEFORE.plus(Duration.ofHours(23)));
                    case Care.Acknowledged _ -> Optional.empty();
                    case Care.Snoozed(var _, var _, var until) -> Optional.of(until);
                };
        return new Open(
                TRACKER,
                Condition.BATTERY_LOW,
                4,
                5,
                BEFORE,
                new Holding(severity, BEFORE, Cause.UNKNOWN, Optional.empty()),
                told,
                care,
                Optional.empty(),
                Flapping.CALM,
                due,
                9);
    }

    static Finding finding(Severity severity) {
        return finding(severity, NOW);
    }

    static Finding finding(Severity severity, Instant at) {
        return Trackers.batteryOf(8, severity, Charging.UNKNOWN, Trend.FALLING, at);
    }

    static Finding silence(Severity severity) {
        return silence(severity, Duration.ofHours(9));
    }

    static Finding silence(Severity severity, Duration sinceAgo) {
        return new Finding(
                Condition.NETWORK_LOST, severity, NOW.minus(sinceAgo), Optional.empty(), Cause.UNKNOWN, 1, NOW);
    }
}
