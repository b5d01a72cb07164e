package dev.fleetline.streamsubscription;

import dev.fleetline.claims.Claims;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * When the last break of a stream or listener was mended: what was heard before says nothing of its silence since then.
 */
final class LastMended {

    private static final Duration FOR_GOOD = Duration.ofDays(3_650);

    /** Codes of breaks that nobody mends at the platform. */
    private static final Set<String> NOT_MENDED = Set.of(StreamHealth.SILENT, StreamHealth.REFUSED);

    private final Claims claims;

    LastMended(Claims claims) {
        this.claims = claims;
    }

    /** Whether a break with that code has to be mended at the platform. */
    static boolean isToBeMended(String code) {
        return !NOT_MENDED.contains(code);
    }

    /** It was seen to be broken until now, and is not any more, or cannot be looked at any more. */
    void isMended(String stream, Instant now) {
        claims.keepAnswer(claim(stream), now.toString(), now.plus(FOR_GOOD));
    }

    /** Before everything where nothing was mended yet. */
    Instant of(String stream, Instant now) {
        return claims.answer(claim(stream), now).map(Instant::parse).orElse(Instant.EPOCH);
    }

    private static String claim(String stream) {
        return "stream-mended#" + stream;
    }
}
