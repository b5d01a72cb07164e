package dev.fleetline.healthsweep;

import static java.util.Objects.requireNonNull;

import dev.fleetline.sweepfiles.SweepFolder;
import dev.fleetline.sweepfiles.SweepKind;
import java.time.Duration;
import java.time.Instant;

/**
 * One pass, as it is handed from step to step.
 *
 * @param holder who has claimed it: the execution of the state machine, or the one invocation
 */
record Pass(SweepKind kind, String sweepId, Instant startedAt, String holder) {

    private static final Duration SLOT = Duration.ofMinutes(15);

    Pass {
        requireNonNull(kind, "kind");
        requireNonNull(startedAt, "startedAt");
        requireNonNull(holder, "holder");
        if (!sweepId.matches("[A-Za-z0-9:._#-]{1,100}")) {
            throw new IllegalArgumentException(
                    "sweepId has 1 to 100 letters, digits and the signs : . _ # - and no other");
        }
    }

    /** The id of a pass that nobody has named: the quarter of an hour that it falls into. */
    static String idAt(Instant time) {
        long slot = Math.floorDiv(time.getEpochSecond(), SLOT.toSeconds());
        return Instant.ofEpochSecond(slot * SLOT.toSeconds()).toString();
    }

    /** What only one can have. */
    String claim() {
        return "sweep#" + kind.folder() + "#" + sweepId;
    }

    SweepFolder folder() {
        return SweepFolder.of(kind, startedAt, sweepId);
    }
}
