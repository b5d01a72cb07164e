package dev.fleetline.sweepfiles;

import static java.util.Objects.requireNonNull;

import dev.fleetline.fleetevents.FleetEvent.HealthSweepCompleted;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a pass came to, and which of its files there are.
 *
 * @param schema of these files
 * @param completed what was said on the bus
 * @param endedAt when it was concluded
 * @param parts how many files each segment has; 0 of one that failed
 * @param lossParts how many files of losses there are
 * @param previous the folder of the pass of the same kind before it
 */
public record SweepSummary(
        int schema,
        HealthSweepCompleted completed,
        Instant endedAt,
        List<Integer> parts,
        int lossParts,
        Optional<String> previous) {

    /** Of the files that are written now. */
    public static final int SCHEMA = 1;

    public SweepSummary {
        requireNonNull(completed, "completed");
        requireNonNull(endedAt, "endedAt");
        parts = List.copyOf(parts);
    }

    public SweepFolder folder() {
        return new SweepFolder(completed.files());
    }

    public SweepKind kind() {
        return SweepKind.named(completed.kind());
    }
}
