package dev.fleetline.alert;

import dev.fleetline.device.Messages;
import java.time.Duration;

/**
 * How often people are told.
 *
 * @param remindAfter how long nobody has heard of an open alert before they are reminded of it
 * @param snoozeAtMost for how long it can be silenced at most
 * @param messagesADay how many messages about one device go out in 24 hours
 * @param flapsAbove unrest above which an alert is said to flap, percent
 * @param calmBelow unrest under which it is calm again, percent
 */
public record AlertSettings(
        Duration remindAfter, Duration snoozeAtMost, int messagesADay, double flapsAbove, double calmBelow) {

    /** The defaults of a fleet that has set nothing. */
    public static final AlertSettings DEFAULTS =
            new AlertSettings(Duration.ofHours(23), Duration.ofDays(14), 6, 50, 25);

    public AlertSettings {
        if (remindAfter.compareTo(Duration.ofHours(1)) < 0) {
            throw new IllegalArgumentException("remindAfter must be at least an hour: " + remindAfter);
        }
        if (!snoozeAtMost.isPositive()) {
            throw new IllegalArgumentException("snoozeAtMost must be positive: " + snoozeAtMost);
        }
        if (messagesADay < 1 || messagesADay > Messages.REMEMBERED) {
            throw new IllegalArgumentException(
                    "messagesADay must be 1 to " + Messages.REMEMBERED + ": " + messagesADay);
        }
        if (!(0 <= calmBelow && calmBelow < flapsAbove && flapsAbove <= 100)) {
            throw new IllegalArgumentException(
                    "calmBelow must be under flapsAbove, both 0 to 100: " + calmBelow + " and " + flapsAbove);
        }
    }
}
