package dev.fleetline.healthsweep;

import dev.fleetline.sweepfiles.SweepFiles;
import dev.fleetline.sweepfiles.SweepSummary;
import dev.fleetline.sweepfiles.SweepSummary.Skipped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What all segments of a pass came to, read from what each has left.
 *
 * @param parts how many parts each segment has left; what one that stopped half-way has seen counts
 * @param failedSegments how many were not judged to their end
 * @param skipped the first of those that were not judged
 */
record Counted(Tally tally, Sizes sizes, List<Integer> parts, int failedSegments, List<Skipped> skipped) {

    Counted {
        parts = List.copyOf(parts);
        skipped = skipped.stream().limit(SweepSummary.NAMED).toList();
    }

    static Counted of(Pass pass, int segments, SweepFiles files) {
        Tally tally = Tally.NOTHING;
        Sizes sizes = Sizes.NONE;
        List<Integer> parts = new ArrayList<>();
        List<Skipped> skipped = new ArrayList<>();
        int failed = 0;
        for (int segment = 0; segment < segments; segment++) {
            int count = 0;
            boolean isThrough = false;
            Optional<PartDone> part = files.one(pass.folder().part(segment, count), PartDone.class);
            while (part.isPresent()) {
                tally = tally.plus(part.get().tally());
                sizes = sizes.plus(part.get().sizes());
                skipped.addAll(part.get().skipped());
                isThrough = part.get().through();
                count++;
                part = isThrough ? Optional.empty() : files.one(pass.folder().part(segment, count), PartDone.class);
            }
            parts.add(count);
            failed += isThrough ? 0 : 1;
        }
        return new Counted(tally, sizes, parts, failed, skipped);
    }
}
