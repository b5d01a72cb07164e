package dev.fleetline.thingspacem2m;

import dev.fleetline.claims.Claims;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Lets 14 activations through in every ten seconds, of all who share the same claims. Whenever a minute is taken to
 * begin, it touches seven of those at most: so there are never more than 98 in one, of the 100 that the platform takes.
 * A hundred a minute by the clock could be two hundred around its full minute.
 */
public final class ClaimedPace implements ActivationPace {

    static final int MOST = 14;
    static final Duration WINDOW = Duration.ofSeconds(10);

    private static final String BUCKET = "m2m-activate";

    private final Claims claims;
    private final InstantSource clock;

    public ClaimedPace(Claims claims, InstantSource clock) {
        this.claims = claims;
        this.clock = clock;
    }

    @Override
    public Optional<Duration> take() {
        Instant now = clock.instant();
        return claims.take(BUCKET, MOST, now, WINDOW)
                ? Optional.empty()
                : Optional.of(WINDOW.minusMillis(now.toEpochMilli() % WINDOW.toMillis()));
    }
}
