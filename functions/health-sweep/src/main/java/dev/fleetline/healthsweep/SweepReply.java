package dev.fleetline.healthsweep;

import dev.fleetline.healthsweep.VerifyLosses.Verified;
import java.util.List;
import java.util.Optional;

/** What an invocation did. Only counts and what the next step needs: it travels through the state machine. */
sealed interface SweepReply {

    /** A pass that somebody else has, or had. */
    String ALREADY_DONE = "already done";

    String DONE = "done";

    /** Time ran out: {@code next} is the input to go on with. */
    String STOPPED = "stopped";

    /**
     * Whether the pass is ours, and then of what segments it is.
     *
     * @param outcome {@code claimed} or {@code already done}
     */
    record Planned(String outcome, Pass pass, int of, List<Integer> segments) implements SweepReply {}

    /** How far a segment was judged by this invocation. */
    record Rated(String outcome, int segment, Tally tally, Optional<SweepTask> next) implements SweepReply {}

    /** Our own faults, {@code platform#core}. */
    record Looked(List<String> faults) implements SweepReply {}

    /** What the carriers said. */
    record Asked(Verified verified) implements SweepReply {}

    /** How far the losses are concluded; the pass is over when there is no {@code next}. */
    record Concluded(String outcome, String sweepId, Optional<PassCounts> counts, Optional<SweepTask> next)
            implements SweepReply {}
}
