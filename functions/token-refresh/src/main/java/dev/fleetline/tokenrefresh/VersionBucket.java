package dev.fleetline.tokenrefresh;

import dev.fleetline.claims.Claims;
import dev.fleetline.claims.Claims.Lease;
import dev.fleetline.tokens.TokenRealm;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Keeps Secrets Manager from being worn out: a bucket of 6 new versions, into which one more comes every 10 minutes.
 *
 * <p>Each ten minutes of the calendar bring one version, which may be made in them or within the hour.
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
        return inTheBucket(realm, now)
                .anyMatch(claim ->
                        claims.lease(claim, versionId, now, REFILL.multipliedBy(SIZE + 1)) instanceof Lease.Granted);
    }

    /** Gives back what was taken for a version that was not made after all. */
    void giveBack(TokenRealm realm, String versionId, Instant now) {
        inTheBucket(realm, now).forEach(claim -> claims.release(claim, versionId));
    }

    /** The oldest first, which is the first to be lost. */
    private static Stream<String> inTheBucket(TokenRealm realm, Instant now) {
        long newest = now.getEpochSecond() / REFILL.toSeconds();
        return LongStream.rangeClosed(newest - SIZE + 1, newest)
                .mapToObj(number -> "token-version#" + realm.code() + "#" + number);
    }
}
