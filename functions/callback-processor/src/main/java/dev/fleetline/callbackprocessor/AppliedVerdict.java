package dev.fleetline.callbackprocessor;

import dev.fleetline.applying.Applied;
import dev.fleetline.lambda.LogKey;
import dev.fleetline.lambda.Verdict;
import dev.fleetline.lambda.Verdict.Again;
import dev.fleetline.lambda.Verdict.Done;
import org.slf4j.MDC;

/** What the stream's loop is told of a delivery that was applied. */
final class AppliedVerdict {

    private AppliedVerdict() {}

    static Verdict of(Applied applied) {
        return switch (applied) {
            case Applied.Done(var device, var changed, var _) -> {
                MDC.put(LogKey.DEVICE.key(), device.toString());
                yield new Done(changed ? "applied" : "said nothing new");
            }
            case Applied.SetAside(var reason, var kept) -> new Done("quarantined: " + reason + gone(kept));
            case Applied.Unhandled(var kept) -> new Done("unhandled kind" + gone(kept));
            case Applied.Again(var reason) -> new Again(reason);
        };
    }

    /** What has left the table since (its time was over, somebody removed it) needs no mark, and no second try either. */
    private static String gone(boolean kept) {
        return kept ? "" : ", and it is not kept any more";
    }
}
