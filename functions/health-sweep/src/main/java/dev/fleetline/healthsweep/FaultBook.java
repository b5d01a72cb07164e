package dev.fleetline.healthsweep;

import dev.fleetline.sweepfiles.SweepFiles;
import dev.fleetline.sweepfiles.SweptFaults;

/**
 * Where our own faults of the last weeks are remembered, as a file beside those of the passes. Two passes that write it at
 * the same time have both looked at the same platform.
 */
final class FaultBook {

    private final SweepFiles files;

    FaultBook(SweepFiles files) {
        this.files = files;
    }

    Faults faults() {
        return files.one(SweptFaults.FILE, SweptFaults.class)
                .map(kept -> new Faults(kept.spans()))
                .orElse(Faults.NONE);
    }

    /** Remembers them, if they are others than before. */
    Faults keep(Faults before, Faults now) {
        if (!now.equals(before)) {
            files.keep(SweptFaults.FILE, new SweptFaults(now.spans()));
        }
        return now;
    }
}
