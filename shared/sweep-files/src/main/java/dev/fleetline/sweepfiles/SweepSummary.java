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
 * @param skipped the first {@link #NAMED} of those that were not judged
 */
public record SweepSummary(
        int schema,
        HealthSweepCompleted completed,
        Instant endedAt,
        List<Integer> parts,
        int lossParts,
        Optional<String> previous,
        List<Skipped> skipped) {

    /** How many of those that were not judged are named. */
    public static final int NAMED = 100;

    /** Of the files that are written now. */
    public static final int SCHEMA = 1;

    public SweepSummary {
        requireNonNull(completed, "completed");
        requireNonNull(endedAt, "endedAt");
        parts = List.copyOf(parts);
        // files of before have none
        skipped = skipped == null ? List.of() : List.copyOf(skipped);
    }

    /** Of a pass that has judged everybody. */
    public SweepSummary(
            int schema,
            HealthSweepCompleted completed,
            Instant endedAt,
            List<Integer> parts,
            int lossParts,
            Optional<String> previous) {
        this(schema, completed, endedAt, parts, lossParts, previous, List.of());
    }

    /**
     * Who was not judged.
     *
     * @param device the end of its IMEI
     * @param reason a code, or what cannot be read of what is stored
     */
    public record Skipped(String device, String reason) {
        public Skipped {
            requireNonNull(device, "device");
            requireNonNull(reason, "reason");
        }
    }

    public SweepFolder folder() {
        return new SweepFolder(completed.files());
    }

    public SweepKind kind() {
        return SweepKind.named(completed.kind());
    }
}
