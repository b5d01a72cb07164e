package dev.fleetline.healthsweep;

import dev.fleetline.sweepfiles.SweepSummary.Skipped;
import java.util.List;

/**
 * That a part of a segment is written, and its counts.
 *
 * @param through whether it is the segment's last one
 * @param skipped the first of those that were not judged
 */
record PartDone(boolean through, Tally tally, Sizes sizes, List<Skipped> skipped) {
    PartDone {
        skipped = List.copyOf(skipped);
    }
}
