package dev.fleetline.healthsweep;

import dev.fleetline.sweepfiles.SweepFiles;
import dev.fleetline.sweepfiles.SweepKind;

/** How many devices the fleet, its sites and its cells have, as the last pass over all counted them. */
final class SizeBook {

    private final SweepFiles files;

    SizeBook(SweepFiles files) {
        this.files = files;
    }

    /** Nothing before there was such a pass. */
    Sizes sizes() {
        return files.latest(SweepKind.FLEET)
                .flatMap(last -> files.one(last.folder().sizes(), Sizes.class))
                .orElse(Sizes.NONE);
    }

    void keep(Pass pass, Sizes sizes) {
        files.keep(pass.folder().sizes(), sizes);
    }
}
