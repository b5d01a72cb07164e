package dev.fleetline.fleetgenerator;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;

/**
 * What fleet is wanted. The same plan is the same fleet, to the last byte.
 *
 * @param devices how many, at least 100: the rarer kinds need some
 * @param days how many days it lives, at least 14: what goes wrong needs time before and after
 */
public record FleetPlan(long seed, int devices, int days, Instant start) {

    public FleetPlan {
        requireNonNull(start, "start");
        if (devices < 100) {
            throw new IllegalArgumentException("a fleet has at least 100 devices: " + devices);
        }
        if (days < 14) {
            throw new IllegalArgumentException("a fleet lives at least 14 days: " + days);
        }
    }

    /** When it is over. */
    public Instant end() {
        return start.plus(Duration.ofDays(days));
    }

    /** The moment at which this part of its life, 0 to 1, is over. */
    Instant at(double part) {
        return start.plusSeconds((long) (Duration.ofDays(days).toSeconds() * part));
    }
}
