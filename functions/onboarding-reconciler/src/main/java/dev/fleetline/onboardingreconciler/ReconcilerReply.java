package dev.fleetline.onboardingreconciler;

import dev.fleetline.device.Imei;
import java.util.Optional;
import org.slf4j.Logger;

/**
 * What an invocation did.
 *
 * @param outcome {@code done}, or {@code stopped} when time ran out
 * @param startAfter of a nightly pass that stopped: where to go on
 */
record ReconcilerReply(
        String task,
        String outcome,
        int looked,
        int moved,
        int told,
        int left,
        int skipped,
        Optional<String> startAfter) {

    static ReconcilerReply waiting(Tally tally, boolean isThrough) {
        return of("waiting", isThrough, tally, Optional.empty());
    }

    static ReconcilerReply drift(Tally tally, Optional<Imei> next) {
        return of("drift", next.isEmpty(), tally, next);
    }

    /** One line; an error when nobody goes on by itself where time ran out. */
    void log(Logger log) {
        log.info(
                "{}: {}, {} looked at, {} moved, {} told, {} left, {} skipped",
                task,
                outcome,
                looked,
                moved,
                told,
                left,
                skipped);
        if (startAfter.isPresent()) {
            log.error(
                    "the nightly pass ran out of time: go on with the reply as input, or what lies behind waits a day");
        }
    }

    private static ReconcilerReply of(String task, boolean isThrough, Tally tally, Optional<Imei> next) {
        return new ReconcilerReply(
                task,
                isThrough ? "done" : "stopped",
                tally.looked(),
                tally.moved(),
                tally.told(),
                tally.left(),
                tally.skipped(),
                next.map(Imei::digits));
    }
}
