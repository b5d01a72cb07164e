package dev.fleetline.tokens;

/**
 * Finds out whether a token works, by a call that a realm answers for good tokens alone. Never throws for what a
 * platform does.
 */
public interface TokenProof {

    /** Makes the call. Where the realm has sessions, it also keeps the session of the token from going idle. */
    Proof prove(AccessToken token);

    /** What came of it. */
    sealed interface Proof {
        /** It works. */
        record Alive() implements Proof {}

        /** The realm does not know the token (any more). */
        record TokenEnded() implements Proof {}

        /** The token is good, and the session beside it has ended or is none. */
        record SessionEnded() implements Proof {}

        /** No answer, or one that says nothing about the token. */
        record Unavailable(String reason) implements Proof {}
    }
}
