package dev.fleetline.fleetreport;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What was written; as {@code reports/latest.json} it says where the newest report is.
 *
 * @param outcome {@code written}, or {@code passed-over} when the pass was not over the whole fleet
 * @param startedAt when the pass began
 * @param counts how many changes there are of each kind
 * @param unreadable how many files of the two nights could not be read to their end
 */
record ReportReply(
        String outcome,
        String sweepId,
        Instant startedAt,
        Optional<Files> files,
        Map<String, Integer> counts,
        int unreadable) {

    ReportReply {
        requireNonNull(outcome, "outcome");
        requireNonNull(sweepId, "sweepId");
        requireNonNull(startedAt, "startedAt");
        requireNonNull(files, "files");
        counts = Map.copyOf(counts);
    }

    /** By their names in the bucket. */
    record Files(String page, String devices, String report) {

        /** In the folder of a report. */
        static Files in(String folder) {
            return new Files(folder + "/index.html", folder + "/devices.csv", folder + "/report.json");
        }
    }

    static ReportReply written(FleetReport report, Files files) {
        Map<String, Integer> counts = new TreeMap<>();
        report.changes().forEach((kind, listed) -> counts.put(kind.word(), listed.count()));
        return new ReportReply(
                "written",
                report.night().sweepId(),
                report.night().startedAt(),
                Optional.of(files),
                counts,
                report.ownFaults().unreadable().size());
    }

    static ReportReply passedOver(String sweepId, Instant startedAt) {
        return new ReportReply("passed-over", sweepId, startedAt, Optional.empty(), Map.of(), 0);
    }
}
