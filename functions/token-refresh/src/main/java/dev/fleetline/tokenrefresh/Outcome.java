package dev.fleetline.tokenrefresh;

import java.time.Instant;
import java.util.Optional;

/** Everything that can come of looking after a token. */
sealed interface Outcome {

    /** A new token was proved and is current. */
    record Renewed(String versionId, Instant endsAt) implements Outcome {}

    /** It lives long enough. */
    record NotDue(Instant endsAt) implements Outcome {}

    /** The realm gave the same token again, so there is no new version. */
    record Unchanged(Instant endsAt) implements Outcome {}

    /** Nobody has filled in the realm's credentials; it is not in use. */
    record NotSetUp() implements Outcome {}

    /** The version that was refused is not current any more. */
    record NewerIsCurrent(String versionId) implements Outcome {}

    /** Somebody else is at it. */
    record AlreadyAtIt(String by) implements Outcome {}

    /** Another version became current while ours was being made; the other one counts. */
    record LostRace() implements Outcome {}

    /** It was tried and did not work; the token that is current stays so. */
    record Failed(String code, String reason) implements Outcome {}

    /** Only a person can help. */
    record NeedsPerson(Optional<Instant> endsAt, String reason) implements Outcome {}

    /** As it stands in the reply and in the log. */
    default String word() {
        return switch (this) {
            case Renewed _ -> "renewed";
            case NotDue _ -> "not-due";
            case Unchanged _ -> "unchanged";
            case NotSetUp _ -> "not-set-up";
            case NewerIsCurrent _ -> "newer-is-current";
            case AlreadyAtIt _ -> "already-at-it";
            case LostRace _ -> "lost-race";
            case Failed _ -> "failed";
            case NeedsPerson _ -> "needs-person";
        };
    }
}
