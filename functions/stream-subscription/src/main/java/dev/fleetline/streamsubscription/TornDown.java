package dev.fleetline.streamsubscription;

import dev.fleetline.callback.Hearing;
import dev.fleetline.claims.Claims;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/**
 * That somebody has torn down what was set up. It is remembered, because a token is refreshed and a night comes before a
 * stack is deleted.
 */
final class TornDown {

    private static final String CLAIM = "stream-subscription#torn-down";
    private static final String HOLDER = "tear-down";
    private static final Duration FOR_GOOD = Duration.ofDays(3_650);

    private final Claims claims;
    private final Hearing hearing;
    private final List<String> sources;
    private final InstantSource clock;

    /** {@code sources} are those that are heard by what is torn down. */
    TornDown(Claims claims, Hearing hearing, List<String> sources, InstantSource clock) {
        this.claims = claims;
        this.hearing = hearing;
        this.sources = List.copyOf(sources);
        this.clock = clock;
    }

    boolean isSo() {
        return claims.holder(CLAIM, clock.instant()).isPresent();
    }

    /** From now on nothing is set up by itself. */
    void begins() {
        claims.lease(CLAIM, HOLDER, clock.instant(), FOR_GOOD);
    }

    /** It is set up again: what was heard before is no measure for it. */
    void ends() {
        if (isSo()) {
            sources.forEach(hearing::forget);
            claims.release(CLAIM, HOLDER);
        }
    }

    PartReply reply() {
        return PartReply.of("all", PartReply.TORN_DOWN, "it was torn down, and only a repair by hand sets it up again");
    }
}
