package dev.fleetline.onboardingreconciler;

import dev.fleetline.device.Imei;
import dev.fleetline.onboardingreconciler.FindDrift.Compared;
import java.util.Optional;
import org.slf4j.Logger;

/**
 * What a pass over many devices did.
 *
 * @param outcome {@code done}; {@code stopped} when time ran out; {@code disbelieved} when more of an account differs than
 *     can be true
 * @param startAfter of a nightly pass that stopped: where to go on, absent when from where it began
 * @param fault what is not believed
 */
record PassReply(
        String task,
        String outcome,
        int looked,
        int moved,
        int told,
        int left,
        int skipped,
        Optional<String> startAfter,
        Optional<String> fault)
        implements ReconcilerReply {

    private static final String DONE = "done";
    private static final String STOPPED = "stopped";

    static PassReply waiting(Tally tally, boolean isThrough) {
        return of("waiting", isThrough ? DONE : STOPPED, tally, Optional.empty(), Optional.empty());
    }

    static PassReply drift(Compared compared) {
        String outcome = compared.isThrough() ? DONE : STOPPED;
        return of(
                "drift",
                compared.fault().map(_ -> "disbelieved").orElse(outcome),
                compared.tally(),
                compared.next(),
                compared.fault());
    }

    boolean isDone() {
        return outcome.equals(DONE);
    }

    /** An error when nobody goes on by itself where time ran out. */
    @Override
    public void log(Logger log) {
        log.info(
                "{}: {}, {} looked at, {} moved, {} told, {} left, {} skipped",
                task,
                outcome,
                looked,
                moved,
                told,
                left,
                skipped);
        if (task.equals("drift") && !isDone()) {
            log.error(
                    "the nightly pass did not get through: what lies behind is seen by the next one, if it gets there");
        }
    }

    private static PassReply of(String task, String outcome, Tally tally, Optional<Imei> next, Optional<String> fault) {
        return new PassReply(
                task,
                outcome,
                tally.looked(),
                tally.moved(),
                tally.told(),
                tally.left(),
                tally.skipped(),
                next.map(Imei::digits),
                fault);
    }
}
