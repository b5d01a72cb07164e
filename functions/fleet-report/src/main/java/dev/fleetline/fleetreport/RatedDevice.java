package dev.fleetline.fleetreport;

import static java.util.Objects.requireNonNull;

import dev.fleetline.device.Condition;
import dev.fleetline.device.Imei;
import dev.fleetline.device.Severity;
import dev.fleetline.sweepfiles.SweptDevice;
import dev.fleetline.sweepfiles.SweptDevice.Found;
import dev.fleetline.sweepfiles.SweptDevice.Point;
import dev.fleetline.sweepfiles.SweptLoss;
import dev.fleetline.sweepfiles.SweptLoss.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What a night's pass came to about one device that it judged, as far as the report needs it. */
record RatedDevice(Named device, Whereabouts where, Measured measured, List<Trouble> troubles) {

    RatedDevice {
        requireNonNull(device, "device");
        requireNonNull(where, "where");
        requireNonNull(measured, "measured");
        troubles = List.copyOf(troubles);
    }

    /** By what people know it; {@code name} and {@code model} may hold anything that somebody typed. */
    record Named(Imei imei, Optional<String> name, Optional<String> model) {

        /** {@code Pump 7 (…0014)}, or the end of the IMEI alone. */
        String inWords() {
            String end = "…" + imei.digits().substring(imei.digits().length() - 4);
            return name.map(given -> given + " (" + end + ")").orElse(end);
        }

        /** Without the name. */
        @Override
        public String toString() {
            return "Named[" + imei + "]";
        }
    }

    /** Where it belongs and was last heard, where that is known. */
    record Whereabouts(Optional<String> site, Optional<String> cell) {

        /** Site, else cell, in words. */
        String inWords() {
            return site.or(() -> cell.map(id -> "cell " + id)).orElse("nowhere known");
        }
    }

    /** The newest values, percent and dBm, when the battery ends, and when the device was last heard of. */
    record Measured(
            Optional<Double> battery, Optional<Double> rsrp, Optional<BatteryEnd> end, Optional<Instant> lastSeen) {}

    /**
     * A condition that holds.
     *
     * @param cause in one word, {@code FLAT_BATTERY}; empty where none is known
     * @param unverified of a loss: that the carrier was not asked, though it is news
     * @param suppressed whether a greater trouble (a site, the fleet, the platform) is told in its place
     */
    record Trouble(
            Condition condition,
            Severity severity,
            Optional<String> cause,
            Instant since,
            boolean unverified,
            boolean suppressed) {}

    /** When its battery is thought to end, and between which two moments that lies. */
    record BatteryEnd(Instant earliest, Instant expected, Instant latest) {}

    /** Of a device that was judged; {@code loss} is what became of its loss, where it had one. */
    static RatedDevice of(SweptDevice swept, Optional<SweptLoss> loss) {
        SweptDevice.Who who = swept.who();
        return new RatedDevice(
                new Named(who.imei(), who.name(), who.model()),
                new Whereabouts(who.site(), who.cell()),
                new Measured(
                        swept.battery().map(battery -> battery.newest().value()),
                        Optional.of(swept.signal().rsrp())
                                .filter(points -> !points.isEmpty())
                                .map(List::getLast)
                                .map(Point::value),
                        swept.battery()
                                .flatMap(SweptDevice.Battery::end)
                                .map(end -> new BatteryEnd(end.earliest(), end.expected(), end.latest())),
                        swept.contact().lastSeen()),
                swept.findings().stream()
                        .flatMap(found -> trouble(found, loss).stream())
                        .toList());
    }

    private static Optional<Trouble> trouble(Found found, Optional<SweptLoss> losses) {
        Optional<SweptLoss> loss = losses.filter(one -> one.lost().condition() == found.condition());
        boolean isOver = loss.flatMap(SweptLoss::outcome)
                .filter(outcome -> outcome == Outcome.BACK || outcome == Outcome.MISSED_REPORT)
                .isPresent();
        return isOver
                ? Optional.empty()
                : Optional.of(new Trouble(
                        found.condition(),
                        found.severity(),
                        loss.flatMap(SweptLoss::cause).or(found::cause),
                        found.since(),
                        loss.filter(one -> !one.word().verified() && !one.lost().alreadyOpen())
                                .isPresent(),
                        loss.flatMap(SweptLoss::suppressedBy).isPresent()));
    }
}
