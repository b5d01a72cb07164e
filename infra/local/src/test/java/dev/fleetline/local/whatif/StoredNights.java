package dev.fleetline.local.whatif;

import dev.fleetline.device.Condition;
import dev.fleetline.device.Severity;
import dev.fleetline.device.Window;
import dev.fleetline.files.FileStore;
import dev.fleetline.fleetevents.FleetEvent.AlertCounts;
import dev.fleetline.fleetevents.FleetEvent.Coverage;
import dev.fleetline.fleetevents.FleetEvent.HealthSweepCompleted;
import dev.fleetline.fleetevents.FleetEvent.Verification;
import dev.fleetline.sweepfiles.JsonLines;
import dev.fleetline.sweepfiles.SweepFiles;
import dev.fleetline.sweepfiles.SweepFolder;
import dev.fleetline.sweepfiles.SweepKind;
import dev.fleetline.sweepfiles.SweepSummary;
import dev.fleetline.sweepfiles.SweptDevice;
import dev.fleetline.sweepfiles.SweptDevice.Battery;
import dev.fleetline.sweepfiles.SweptDevice.Contact;
import dev.fleetline.sweepfiles.SweptDevice.Found;
import dev.fleetline.sweepfiles.SweptDevice.Point;
import dev.fleetline.sweepfiles.SweptDevice.Signal;
import dev.fleetline.sweepfiles.SweptDevice.Who;
import dev.fleetline.testing.SampleFleet;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Nights of invented devices that report every twelve hours, as passes store them. */
public final class StoredNights {

    public static final Instant FIRST = Instant.parse("2026-03-01T02:00:00Z");

    private static final AlertCounts NO_ALERTS = new AlertCounts(0, 0, 0, 0, 0, 0);

    private StoredNights() {}

    /** When the pass of a night begins; nights count from 0. */
    public static Instant at(int night) {
        return FIRST.plus(Duration.ofDays(night));
    }

    /** A device that told these charges, one hour before each of the nights, the last one being this night's. */
    public static SweptDevice charged(int number, int night, double... percents) {
        List<Point> readings = new ArrayList<>();
        for (int place = 0; place < percents.length; place++) {
            Instant told = at(night - percents.length + 1 + place).minus(Duration.ofHours(1));
            readings.add(new Point(told, percents[place], Optional.empty()));
        }
        Battery battery = new Battery(readings, Optional.empty());
        return swept(number, readings.getLast().at(), Optional.of(battery), List.of());
    }

    /** A device that tells its charge every five minutes: of the last hours only is it known. */
    public static SweptDevice chattering(int number, int night) {
        List<Point> readings = new ArrayList<>();
        for (int place = Window.SIZE; place > 0; place--) {
            readings.add(new Point(at(night).minus(Duration.ofMinutes(5L * place)), 80, Optional.empty()));
        }
        return swept(number, readings.getLast().at(), Optional.of(new Battery(readings, Optional.empty())), List.of());
    }

    /** A device that was last heard so long before the night; after three days the pass had found it lost. */
    public static SweptDevice silentFor(int number, int night, Duration silence) {
        Instant lastSeen = at(night).minus(silence);
        Found lost = new Found(
                Condition.NETWORK_LOST, Severity.CRITICAL, lastSeen, Optional.of("UNKNOWN"), Optional.empty());
        boolean isLost = silence.compareTo(Duration.ofDays(3)) > 0;
        return swept(number, lastSeen, Optional.empty(), isLost ? List.of(lost) : List.of());
    }

    private static SweptDevice swept(int number, Instant lastSeen, Optional<Battery> battery, List<Found> findings) {
        return new SweptDevice(
                new Who(
                        SampleFleet.imei(number),
                        Optional.empty(),
                        Optional.of("Pump " + number + "\u001B[2J"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        "0999000001-00001",
                        "core"),
                "IN_SERVICE",
                Optional.empty(),
                new Contact(
                        Optional.of(lastSeen),
                        FIRST.minus(Duration.ofDays(90)),
                        Duration.ofHours(12),
                        Duration.ofMinutes(72),
                        "device"),
                battery,
                new Signal(List.of(), List.of()),
                findings,
                NO_ALERTS);
    }

    /** Stores a night after another; each of its devices in a part of its own. */
    public static SweepSummary store(
            FileStore files, int night, Optional<SweepSummary> before, SweptDevice... devices) {
        SweepFiles sweeps = new SweepFiles(files);
        SweepFolder folder =
                SweepFolder.of(SweepKind.FLEET, at(night), at(night).toString());
        List<SweptDevice> fleet = Stream.of(devices).toList();
        for (int part = 0; part < fleet.size(); part++) {
            try (JsonLines<SweptDevice> lines = sweeps.write(folder.devices(0, part))) {
                lines.add(fleet.get(part));
                lines.keep();
            }
        }
        SweepSummary summary = new SweepSummary(
                SweepSummary.SCHEMA,
                new HealthSweepCompleted(
                        "02fe686eb5624f9c37f87c12cc711a9b",
                        at(night).toString(),
                        "fleet",
                        at(night),
                        9,
                        new Coverage(fleet.size(), fleet.size(), 0, Map.of(), 0, 1, true),
                        NO_ALERTS,
                        new Verification(0, 0, 0, 0),
                        List.of(),
                        false,
                        folder.path()),
                at(night).plusSeconds(9),
                List.of(fleet.size()),
                0,
                before.map(pass -> pass.folder().path()));
        sweeps.conclude(summary);
        return summary;
    }
}
