package dev.fleetline.device;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * The numbers by which health is judged.
 *
 * @param interval how often a device reports when neither it nor its model declares an interval
 * @param slackPercent part of the interval that a device may be late without being late, percent
 * @param origin whose setting this is: fleet, model or device
 */
public record HealthSettings(
        Lines battery, Lines rsrp, Lines rsrq, Duration interval, int slackPercent, String origin) {

    /** The defaults of a fleet that has set nothing. */
    public static final HealthSettings DEFAULTS = new HealthSettings(
            new Lines(20, 10, 5, true),
            new Lines(-110, -120, 5, false),
            new Lines(-15, -19.5, 2, false),
            Duration.ofHours(24),
            10,
            "fleet");

    public HealthSettings {
        requireNonNull(battery, "battery");
        requireNonNull(rsrp, "rsrp");
        requireNonNull(rsrq, "rsrq");
        requireNonNull(origin, "origin");
        if (!interval.isPositive()) {
            throw new IllegalArgumentException("interval must be positive: " + interval);
        }
        if (slackPercent < 0 || slackPercent > 100) {
            throw new IllegalArgumentException("slackPercent must be 0 to 100: " + slackPercent);
        }
    }

    /** The lines for a measure that has some; a service state has none and is judged by itself. */
    Lines lines(Measure measure) {
        return switch (measure) {
            case BATTERY -> battery;
            case RSRP -> rsrp;
            case RSRQ -> rsrq;
            case SERVICE -> SERVICE_LINES;
        };
    }

    private static final Lines SERVICE_LINES = new Lines(0.9, 0.5, 0.05, false);
}
