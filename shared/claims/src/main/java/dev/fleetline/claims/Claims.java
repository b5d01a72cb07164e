package dev.fleetline.claims;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The one place where functions agree on who acts. A lost race is an answer, not an exception.
 *
 * <p>A lease spares work; it is never the only thing that keeps two holders from harm (a holder may be slower than its
 * lease), so whoever writes under a lease still writes with a condition of its own.
 */
public interface Claims {

    /**
     * Takes the lease on {@code claim} for {@code holder} if nobody has it, or if it has expired at {@code now}, or if
     * {@code holder} has it already (which extends it).
     */
    Lease lease(String claim, String holder, Instant now, Duration length);

    /** Who has the lease at {@code now}; takes nothing. */
    Optional<String> holder(String claim, Instant now);

    /** Gives the lease back early; nothing happens if {@code holder} no longer has it. */
    void release(String claim, String holder);

    /**
     * True for exactly one caller per {@code claim} until {@code keepUntil}, after which the claim may be forgotten.
     * {@code holder} asking again is told true again, so that a retry of the winner goes on.
     */
    boolean once(String claim, String holder, Instant now, Instant keepUntil);

    /** Makes a ticket that may be redeemed until then and is forgotten some time after. */
    void issue(String ticket, Instant until);

    /**
     * Takes a ticket away. True for exactly one caller per ticket, and only if it was issued and has not ended at
     * {@code now}; who asks for one that was never issued leaves nothing behind.
     */
    boolean redeem(String ticket, Instant now);

    /**
     * Takes one of the {@code most} that a bucket has in each window. Windows of one length follow each other without a
     * gap and begin for everybody at the same moments, the first at the epoch. One that was taken cannot be given back.
     */
    boolean take(String bucket, int most, Instant now, Duration window);

    /** Keeps what came of a thing, for who asks for it once more; in the place of what was kept of it before. */
    void keepAnswer(String claim, String answer, Instant keepUntil);

    /** What came of a thing; empty when nothing was kept of it, or only until before {@code now}. */
    Optional<String> answer(String claim, Instant now);

    /** What came of asking for a lease. */
    sealed interface Lease {
        /** The asker has it until then. */
        record Granted(Instant until) implements Lease {}

        /** Somebody else has it until then. */
        record Taken(String by, Instant until) implements Lease {}
    }
}
