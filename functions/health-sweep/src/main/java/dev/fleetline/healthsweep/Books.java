package dev.fleetline.healthsweep;

import dev.fleetline.sweepfiles.SweepFiles;

/** What passes write, and what they remember from one to the next; all of it files. */
record Books(SweepFiles files, FaultBook faults, LostBook lost, SizeBook sizes) {
    static Books of(SweepFiles files) {
        return new Books(files, new FaultBook(files), new LostBook(files), new SizeBook(files));
    }
}
