package dev.fleetline.device;

import java.time.Duration;

/**
 * How often a device is expected to report.
 *
 * @param slack how late it may be without being late
 * @param origin who says so: {@code device} and {@code model} declare it, {@code learned} comes from its own wakes,
 *     {@code fleet} is for want of these
 */
public record Expected(Duration interval, Duration slack, String origin) {

    static Expected of(Duration interval, double slackPercent, String origin) {
        return new Expected(interval, Duration.ofMillis(Math.round(interval.toMillis() * slackPercent / 100)), origin);
    }

    /** How long it may be silent: so many of its intervals, and the slack of one. */
    public Duration silence(double intervals) {
        return Duration.ofMillis(Math.round(interval.toMillis() * intervals)).plus(slack);
    }
}
