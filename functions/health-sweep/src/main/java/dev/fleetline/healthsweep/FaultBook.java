package dev.fleetline.healthsweep;

import dev.fleetline.sweepfiles.SweepFiles;

/**
 * Where our own faults of the last weeks are remembered, as a file beside those of the passes. Two passes that write it at
 * the same time have both looked at the same platform.
 */
final class FaultBook {

    static final String NAME = "sweeps/faults.json";

    private final SweepFiles files;

    FaultBook(SweepFiles files) {
        this.files = files;
    }

    Faults faults() {
        return files.one(NAME, Faults.class).orElse(Faults.NONE);
    }

    /** Remembers them, if they are others than before. */
    Faults keep(Faults before, Faults now) {
        if (!now.equals(before)) {
            files.keep(NAME, now);
        }
        return now;
    }
}
