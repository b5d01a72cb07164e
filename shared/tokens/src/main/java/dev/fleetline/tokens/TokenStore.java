package dev.fleetline.tokens;

import java.util.Optional;

/**
 * Where the current token of a realm is kept, in versions.
 *
 * <p>A new token is staged beside the current one, proved, and then made current <em>instead of the version it
 * replaces</em>. That compare-and-move is what keeps two refreshers from harm.
 */
public interface TokenStore {

    /** The current version, read from the store itself and not from a cache. */
    Stored current(TokenRealm realm);

    /**
     * What was staged last, if it is not current: a refresher that died between staging and promoting left it, and it
     * may hold the only refresh token that still counts.
     */
    Optional<Stored> candidate(TokenRealm realm);

    /** The version that was current before; empty while there was none. Its token may still be good. */
    Optional<Stored> previous(TokenRealm realm);

    /**
     * Puts a token beside the current one, under a label of our own; readers do not see it.
     *
     * @param versionId chosen by the caller; staging the same token again under it changes nothing
     */
    void stage(TokenRealm realm, String versionId, AccessToken token);

    /** Makes a staged version current if {@code replaces} still is; otherwise nothing changes. */
    Promoted promote(TokenRealm realm, String versionId, String replaces);

    /** The name of the realm's secret, for events and messages. */
    String secret(TokenRealm realm);

    /**
     * A version of the secret.
     *
     * @param token empty while there has never been one ({@code {"state":"none"}})
     */
    record Stored(String versionId, Optional<AccessToken> token) {}

    /** What came of promoting. */
    enum Promoted {
        CURRENT,
        /** Another version has become current meanwhile. */
        LOST_RACE
    }

    /** The secret is missing, empty, not JSON, or lacks a field. The message says which and how to put it right. */
    final class BadSecret extends RuntimeException {
        public BadSecret(String message) {
            super(message);
        }
    }
}
