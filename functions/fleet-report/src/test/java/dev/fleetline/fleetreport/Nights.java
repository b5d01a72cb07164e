package dev.fleetline.fleetreport;

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
import dev.fleetline.sweepfiles.SweepSummary.Skipped;
import dev.fleetline.sweepfiles.SweptDevice;
import dev.fleetline.sweepfiles.SweptLoss;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes the files of passes as health-sweep does: each device into one of two segments. */
final class Nights {

    private final SweepFiles files;
    private List<String> faults = List.of();

    Nights(FileStore store) {
        this.files = new SweepFiles(store);
    }

    /** What of ours is not well in the nights from now on, by the subject of its alert. */
    void ourFaultsAre(String... subjects) {
        faults = List.of(subjects);
    }

    /** A pass over the whole fleet that found these. */
    SweepSummary found(Instant at, Optional<SweepSummary> before, List<Tracker> fleet) {
        return found(SweepKind.FLEET, at, before, fleet);
    }

    SweepSummary found(SweepKind kind, Instant at, Optional<SweepSummary> before, List<Tracker> fleet) {
        SweepFolder folder = SweepFolder.of(kind, at, at.toString());
        for (int segment = 0; segment < 2; segment++) {
            try (JsonLines<SweptDevice> lines = files.write(folder.devices(segment, 0))) {
                for (Tracker tracker : fleet) {
                    if (tracker.number() % 2 == segment) {
                        lines.add(tracker.swept());
                    }
                }
                lines.keep();
            }
        }
        try (JsonLines<SweptLoss> losses = files.write(folder.concluded(0))) {
            fleet.forEach(tracker -> tracker.loss().ifPresent(losses::add));
            losses.keep();
        }
        SweepSummary summary = new SweepSummary(
                SweepSummary.SCHEMA,
                completed(kind, at, fleet, folder),
                at.plusSeconds(9),
                List.of(1, 1),
                1,
                before.map(pass -> pass.folder().path()),
                fleet.stream()
                        .flatMap(tracker -> tracker.skipped().stream()
                                .map(why -> new Skipped(tracker.imei().toString(), why + ": no lifecycle")))
                        .toList());
        files.conclude(summary);
        return summary;
    }

    private HealthSweepCompleted completed(SweepKind kind, Instant at, List<Tracker> fleet, SweepFolder folder) {
        int skipped = (int)
                fleet.stream().filter(tracker -> tracker.skipped().isPresent()).count();
        int judged = fleet.size() - skipped;
        return new HealthSweepCompleted(
                "02fe686eb5624f9c37f87c12cc711a9b",
                at.toString(),
                kind.folder(),
                at,
                9,
                new Coverage(
                        judged,
                        fleet.size(),
                        skipped,
                        skipped == 0 ? Map.of() : Map.of("UNREADABLE", skipped),
                        0,
                        fleet.isEmpty() ? 1 : (double) judged / fleet.size(),
                        skipped == 0),
                new AlertCounts(0, 0, 0, 0, 0, 0),
                new Verification(0, 0, 0, 0),
                faults,
                false,
                folder.path());
    }
}
