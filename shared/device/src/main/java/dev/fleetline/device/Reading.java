package dev.fleetline.device;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * One measured value with the time at which it was measured, in the device's own time where that is believable.
 *
 * @param charging what the device said about charging in the same breath; {@link Charging#UNKNOWN} for what is not a
 *     battery
 */
public record Reading(Instant at, double value, Charging charging) {

    public Reading {
        requireNonNull(at, "at");
        requireNonNull(charging, "charging");
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            throw new IllegalArgumentException("a reading is a number: " + value);
        }
    }

    /** A reading of something that does not charge. */
    public static Reading of(Instant at, double value) {
        return new Reading(at, value, Charging.UNKNOWN);
    }
}
