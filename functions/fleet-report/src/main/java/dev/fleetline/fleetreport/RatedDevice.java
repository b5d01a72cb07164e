package dev.fleetline.fleetreport;

import static java.util.Objects.requireNonNull;

import dev.fleetline.device.Condition;
import dev.fleetline.device.Imei;
import dev.fleetline.device.Severity;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What a night's pass wrote of one device, as far as the report needs it. */
record RatedDevice(
        Named device, Whereabouts where, Measured measured, List<Trouble> troubles, Optional<BatteryEnd> batteryEnd) {

    RatedDevice {
        requireNonNull(device, "device");
        requireNonNull(where, "where");
        requireNonNull(measured, "measured");
        requireNonNull(batteryEnd, "batteryEnd");
        troubles = List.copyOf(troubles);
    }

    /** By what people know it; {@code name} and {@code model} may hold anything that somebody typed. */
    record Named(Imei imei, Optional<String> name, Optional<String> model) {

        /** {@code Pump 7 (…0014)}, or the end of the IMEI alone. */
        String inWords() {
            String end = "…" + imei.digits().substring(imei.digits().length() - 4);
            return name.map(given -> given + " (" + end + ")").orElse(end);
        }
    }

    /** Where it belongs, was last heard, and stands: each only where it is known. */
    record Whereabouts(Optional<String> site, Optional<String> cell, Optional<Place> place) {

        /** Site, else cell, in words. */
        String inWords() {
            return site.or(() -> cell.map(id -> "cell " + id)).orElse("nowhere known");
        }
    }

    /** A place on earth, degrees. */
    record Place(double latitude, double longitude) {}

    /** The newest values, percent and dBm, and when it was last heard of. */
    record Measured(Optional<Double> battery, Optional<Double> rsrp, Optional<Instant> lastSeen) {}

    /**
     * A condition that holds.
     *
     * @param cause in one word, {@code FLAT_BATTERY}; empty where none is known
     * @param verified of a loss: whether the carrier was asked
     * @param suppressed whether a greater trouble (a site, the fleet, the platform) is told in its place
     */
    record Trouble(
            Condition condition,
            Severity severity,
            Optional<String> cause,
            Instant since,
            boolean verified,
            boolean suppressed) {}

    /** When its battery is thought to end, and between which two moments that lies. */
    record BatteryEnd(Instant expected, Instant earliest, Instant latest) {}
}
