package dev.fleetline.alert;

import dev.fleetline.device.HealthNumbers;
import dev.fleetline.device.HealthSetting;
import dev.fleetline.device.HealthSettings;
import java.time.Duration;

/**
 * How often people are told; the numbers and their bounds are those of {@link HealthSetting}.
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
    public static final AlertSettings DEFAULTS = of(HealthSettings.DEFAULTS.ofFleet());

    /** Those of a device, or of the fleet. */
    public static AlertSettings of(HealthNumbers numbers) {
        return new AlertSettings(
                numbers.duration(HealthSetting.REMIND_AFTER),
                numbers.duration(HealthSetting.SNOOZE_AT_MOST),
                (int) numbers.number(HealthSetting.MESSAGES_A_DAY),
                numbers.number(HealthSetting.FLAPS_ABOVE),
                numbers.number(HealthSetting.CALM_BELOW));
    }
}
