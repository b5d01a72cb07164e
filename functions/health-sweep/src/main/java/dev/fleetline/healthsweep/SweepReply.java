package dev.fleetline.healthsweep;

import dev.fleetline.healthsweep.VerifyLosses.Verified;
import java.util.List;
import java.util.Optional;

/** What an invocation did. Only counts and what the next step needs: it travels through the state machine. */
sealed interface SweepReply {

    /** A pass that somebody else has, or had. */
    String ALREADY_DONE = "already done";

    /** A pass that is ours now. */
    String CLAIMED = "claimed";

    String DONE = "done";

    /** Time ran out: {@code next} is the input to go on with. */
    String STOPPED = "stopped";

    /**
     * Whether the pass is ours, and then of what segments it is.
     *
     * @param outcome {@code claimed} or {@code already done}
     */
    record Planned(String outcome, Pass pass, int of, List<Integer> segments) implements SweepReply {
        public Planned {
            segments = List.copyOf(segments);
        }
    }

    /** How far a segment was judged by this invocation. */
    record Rated(String outcome, int segment, Tally tally, Optional<SweepTask> next) implements SweepReply {}

    /** Our own faults, {@code platform#core}. */
    record Looked(List<String> faults) implements SweepReply {
        public Looked {
            faults = List.copyOf(faults);
        }
    }

    /** What the carriers said. */
    record Asked(Verified verified) implements SweepReply {}

    /**
     * How far a pass is concluded.
     *
     * @param counts what it came to, once it is over
     * @param next what to go on with, while it is not
     */
    record Concluded(String outcome, String sweepId, Optional<PassCounts> counts, Optional<SweepTask> next)
            implements SweepReply {

        static Concluded alreadyDone(Pass pass) {
            return new Concluded(ALREADY_DONE, pass.sweepId(), Optional.empty(), Optional.empty());
        }

        /** A pass in one invocation that has no more time; the step is wrapped, so that the pass goes on to its end. */
        static Concluded stopped(SweepTask step) {
            Pass pass = step.ofPass().orElseThrow();
            return new Concluded(
                    STOPPED,
                    pass.sweepId(),
                    Optional.empty(),
                    Optional.of(new SweepTask.Sweep(Optional.of(pass.sweepId()), Optional.of(step))));
        }

        /** The same with nobody who goes on. */
        Concluded left() {
            return new Concluded(STOPPED, sweepId, counts, Optional.empty());
        }
    }
}
