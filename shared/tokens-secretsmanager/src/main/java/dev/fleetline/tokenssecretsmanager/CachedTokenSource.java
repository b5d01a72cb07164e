package dev.fleetline.tokenssecretsmanager;

import dev.fleetline.tokens.TokenRealm;
import dev.fleetline.tokens.TokenSource;
import dev.fleetline.tokens.TokenStore;
import dev.fleetline.tokens.TokenStore.Stored;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a token from its store and keeps it for a bounded time.
 *
 * <p>An expired token is never handed out, and a version that the platform refused is not kept: until another one is
 * current, each question goes to the store. Safe for use by many threads.
 */
public final class CachedTokenSource implements TokenSource {

    private record Kept(Stored stored, Instant readAt) {}

    private final TokenStore store;
    private final InstantSource clock;
    private final Duration keepFor;
    private final Map<TokenRealm, Kept> kept = new EnumMap<>(TokenRealm.class);
    private final Map<TokenRealm, String> refused = new HashMap<>();

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
        refused.put(realm, versionId);
        Kept now = kept.get(realm);
        if (now != null && now.stored().versionId().equals(versionId)) {
            kept.remove(realm);
        }
    }

    private Optional<Stored> kept(TokenRealm realm, Instant now) {
        return Optional.ofNullable(kept.get(realm))
                .filter(it -> now.isBefore(it.readAt().plus(keepFor)))
                .map(Kept::stored)
                .filter(it -> isAlive(it, now));
    }

    private Stored read(TokenRealm realm, Instant now) {
        Stored stored = store.current(realm);
        if (isAlive(stored, now) && !stored.versionId().equals(refused.get(realm))) {
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
