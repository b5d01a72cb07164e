package dev.fleetline.sweepfiles;

import static java.util.Objects.requireNonNull;

import dev.fleetline.device.Charging;
import dev.fleetline.device.Condition;
import dev.fleetline.device.DeviceId;
import dev.fleetline.device.Imei;
import dev.fleetline.device.Severity;
import dev.fleetline.fleetevents.FleetEvent.AlertCounts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One device as a pass found it; a line of {@link SweepFolder#devices}. A device that is not judged (not ordered to its
 * end yet, suspended, retired) is not listed.
 *
 * @param state its place in its lifecycle, {@code IN_SERVICE}
 * @param skipped why it was not judged; then nothing is said of findings and alerts
 * @param battery absent when it never told one
 * @param findings what holds, nothing else
 * @param alerts what the pass did to its alerts before it concluded; losses are concluded later ({@link SweptLoss})
 */
public record SweptDevice(
        Who who,
        String state,
        Optional<String> skipped,
        Contact contact,
        Optional<Battery> battery,
        Signal signal,
        List<Found> findings,
        AlertCounts alerts) {

    public SweptDevice {
        requireNonNull(who, "who");
        requireNonNull(state, "state");
        requireNonNull(contact, "contact");
        requireNonNull(signal, "signal");
        findings = List.copyOf(findings);
        requireNonNull(alerts, "alerts");
    }

    /**
     * Who it is.
     *
     * @param cell the serving cell that it was last heard in, {@code PLMN-CID}
     */
    public record Who(
            Imei imei,
            Optional<DeviceId> uid,
            Optional<String> name,
            Optional<String> model,
            Optional<String> group,
            Optional<String> site,
            Optional<String> cell,
            String account,
            String carrier) {

        /** Without what names people. */
        @Override
        public String toString() {
            return "Who[" + imei + "]";
        }
    }

    /**
     * When it was heard, and how often it should be.
     *
     * @param lastSeen absent when it never was
     * @param activeSince when it came into its state
     * @param origin who says so: {@code device}, {@code model}, {@code learned}, {@code fleet}
     * @param slack how much later than that it may be
     */
    public record Contact(
            Optional<Instant> lastSeen, Instant activeSince, Duration interval, Duration slack, String origin) {}

    /**
     * Its charge, percent.
     *
     * @param readings of the last two days and an hour, oldest first, the newest in any case; at most 32
     * @param end when it will be empty, where its history can tell
     */
    public record Battery(List<Point> readings, Optional<End> end) {
        public Battery {
            readings = List.copyOf(readings);
            if (readings.isEmpty()) {
                throw new IllegalArgumentException("a battery that never told anything is absent");
            }
        }

        /** The newest reading. */
        public Point newest() {
            return readings.getLast();
        }
    }

    /** The day on which a battery is expected to be empty, between the earliest and the latest that its history allows. */
    public record End(Instant earliest, Instant expected, Instant latest) {}

    /** Its radio: dBm and dB, oldest first, as a battery's readings; each may be empty. */
    public record Signal(List<Point> rsrp, List<Point> rsrq) {
        public Signal {
            rsrp = List.copyOf(rsrp);
            rsrq = List.copyOf(rsrq);
        }
    }

    /** A measured value, and whether the device was being charged, where it said so. */
    public record Point(Instant at, double value, Optional<Charging> charging) {}

    /**
     * A condition that holds.
     *
     * @param cause of a loss, as far as what is stored can tell
     * @param value what decided, where a value did
     */
    public record Found(
            Condition condition, Severity severity, Instant since, Optional<String> cause, Optional<Double> value) {}
}
