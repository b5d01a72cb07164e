package dev.fleetline.tokenssecretsmanager;

import dev.fleetline.tokens.TokenRealm;
import dev.fleetline.tokens.TokenSource;
import dev.fleetline.tokens.TokenStore;
import dev.fleetline.tokens.TokenStore.Stored;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a token from its store and keeps it for a bounded time.
 *
 * <p>An expired token is never handed out. While a version that the platform refused is still current, each question goes
 * to the store for the three seconds in which callers look for the next one; after that less and less often, down to once
 * in ten seconds, because a platform may refuse a token that stays the current one. Safe for use by many threads.
 */
public final class CachedTokenSource implements TokenSource {

    private static final Duration CALLERS_LOOK_FOR = Duration.ofSeconds(3);
    private static final Duration LONGEST_BETWEEN_LOOKS = Duration.ofSeconds(10);

    private record Kept(Stored stored, Instant readAt) {}

    private record Refusal(String versionId, Instant at) {

        Duration betweenLooks(Instant now) {
            Duration since = Duration.between(at, now);
            if (since.compareTo(CALLERS_LOOK_FOR) <= 0) {
                return Duration.ZERO;
            }
            Duration quarter = since.dividedBy(4);
            return quarter.compareTo(LONGEST_BETWEEN_LOOKS) < 0 ? quarter : LONGEST_BETWEEN_LOOKS;
        }

        /** Callers look again for three seconds only once the looks of the time before have become rare. */
        boolean isRecent(Instant now) {
            return betweenLooks(now).compareTo(LONGEST_BETWEEN_LOOKS) < 0;
        }
    }

    private final TokenStore store;
    private final InstantSource clock;
    private final Duration keepFor;
    private final Map<TokenRealm, Kept> kept = new EnumMap<>(TokenRealm.class);
    private final Map<TokenRealm, Refusal> refused = new EnumMap<>(TokenRealm.class);

    public CachedTokenSource(TokenStore store, InstantSource clock, Duration keepFor) {
        if (!keepFor.isPositive() || keepFor.compareTo(LONGEST_KEPT) > 0) {
            throw new IllegalArgumentException(
                    "keepFor must be more than 0 and at most " + LONGEST_KEPT + ": " + keepFor);
        }
        this.store = store;
        this.clock = clock;
        this.keepFor = keepFor;
    }

    @Override
    public synchronized Usable token(TokenRealm realm) {
        Instant now = clock.instant();
        Stored stored = kept(realm, now).orElseGet(() -> read(realm, now));
        String secret = store.secret(realm);
        return stored.token()
                .<Usable>map(token -> token.isExpired(now)
                        ? new Usable.None(secret, stored.versionId(), "the token ended at " + token.expiresAt())
                        : new Usable.Token(
                                secret, stored.versionId(), token.accessToken(), token.sessionToken(), token.scopes()))
                .orElseGet(() -> new Usable.None(
                        secret, stored.versionId(), "there has never been a token; somebody has to authorise first"));
    }

    @Override
    public synchronized void refused(TokenRealm realm, String versionId) {
        Kept now = kept.get(realm);
        if (now != null && !now.stored().versionId().equals(versionId)) {
            return;
        }
        Instant at = clock.instant();
        if (refusal(realm, versionId).filter(it -> it.isRecent(at)).isEmpty()) {
            refused.put(realm, new Refusal(versionId, at));
        }
    }

    private Optional<Stored> kept(TokenRealm realm, Instant now) {
        return Optional.ofNullable(kept.get(realm))
                .filter(it -> now.isBefore(it.readAt().plus(keepFor(realm, it.stored(), now))))
                .map(Kept::stored)
                .filter(it -> isAlive(it, now));
    }

    private Duration keepFor(TokenRealm realm, Stored stored, Instant now) {
        return refusal(realm, stored.versionId())
                .map(refusal -> refusal.betweenLooks(now))
                .orElse(keepFor);
    }

    private Optional<Refusal> refusal(TokenRealm realm, String versionId) {
        return Optional.ofNullable(refused.get(realm))
                .filter(it -> it.versionId().equals(versionId));
    }

    private Stored read(TokenRealm realm, Instant now) {
        Stored stored = store.current(realm);
        if (isAlive(stored, now)) {
            kept.put(realm, new Kept(stored, now));
        } else {
            kept.remove(realm);
        }
        return stored;
    }

    private static boolean isAlive(Stored stored, Instant now) {
        return stored.token().filter(token -> !token.isExpired(now)).isPresent();
    }
}
