package dev.fleetline.tokenrefresh;

import dev.fleetline.claims.Claims;
import dev.fleetline.claims.Claims.Lease;
import dev.fleetline.tokens.TokenRealm;
import java.time.Duration;
import java.time.Instant;

/**
 * Keeps Secrets Manager from being worn out: at most 6 new versions in any hour, which is one per 10 minutes. Each of
 * the six is a lease that lasts an hour.
 */
final class VersionBucket {

    private static final int SIZE = 6;
    private static final Duration REFILL = Duration.ofMinutes(10);

    private final Claims claims;

    VersionBucket(Claims claims) {
        this.claims = claims;
    }

    /** True when there may be one more version, and that is then taken. */
    boolean take(TokenRealm realm, String versionId, Instant now) {
        for (int slot = 0; slot < SIZE; slot++) {
            if (claims.lease(claim(realm, slot), versionId, now, REFILL.multipliedBy(SIZE)) instanceof Lease.Granted) {
                return true;
            }
        }
        return false;
    }

    /** Gives back what was taken for a version that was not made after all. */
    void giveBack(TokenRealm realm, String versionId) {
        for (int slot = 0; slot < SIZE; slot++) {
            claims.release(claim(realm, slot), versionId);
        }
    }

    private static String claim(TokenRealm realm, int slot) {
        return "token-version#" + realm.code() + "#" + slot;
    }
}
