package dev.fleetline.onboardingreconciler;

import dev.fleetline.carrier.CarrierGateway.LineState;
import java.util.Optional;

/** What the carrier's record says about whether an activation was taken. */
enum Evidence {
    TAKEN,
    NOT_TAKEN,

    /** The carrier has not answered. */
    NONE_YET,

    /** It never will show it. */
    UNKNOWABLE;

    /**
     * Of an activation before which the record had this revision, where it had any. A platform without revisions calls a
     * line that it was asked to activate pending. Of a line that is deactivated nobody can know: it was so before, or
     * somebody took it off since.
     */
    static Evidence of(Optional<String> revisionBefore, Sight sight) {
        return switch (sight) {
            case Sight.Unanswered _ -> NONE_YET;
            case Sight.Missing _ -> UNKNOWABLE;
            case Sight.Seen _ when sight.isPending() -> TAKEN;
            case Sight.Seen(var line, var _) when line.state() == LineState.DEACTIVATED -> UNKNOWABLE;
            case Sight.Seen(var line, var _)
            when line.revision().isPresent() != revisionBefore.isPresent() -> UNKNOWABLE;
            case Sight.Seen(var line, var _) -> line.revision().equals(revisionBefore) ? NOT_TAKEN : TAKEN;
        };
    }
}
