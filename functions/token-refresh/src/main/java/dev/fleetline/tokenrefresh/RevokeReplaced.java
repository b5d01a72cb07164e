package dev.fleetline.tokenrefresh;

import dev.fleetline.claims.Claims;
import dev.fleetline.claims.Claims.Lease;
import dev.fleetline.tokens.AccessToken;
import dev.fleetline.tokens.RealmRules.Repeat;
import dev.fleetline.tokens.TokenIssuer;
import dev.fleetline.tokens.TokenIssuer.Info;
import dev.fleetline.tokens.TokenIssuer.Revocation;
import dev.fleetline.tokens.TokenRealm;
import dev.fleetline.tokens.TokenSource;
import dev.fleetline.tokens.TokenStore;
import dev.fleetline.tokens.TokenStore.Stored;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Takes back a token that was replaced, once no reader can still have it.
 *
 * <p>The platform says yes to any revocation, so what it answers proves nothing: whether the token is gone, only its
 * issuer's own word about it tells.
 */
final class RevokeReplaced {

    /** Three times as long as the most patient reader keeps a token. */
    private static final Duration NOBODY_HAS_IT_AFTER = TokenSource.LONGEST_KEPT.multipliedBy(3);

    private static final Duration TRY_AGAIN_AFTER = Duration.ofMinutes(4);
    private static final Duration LONGER_THAN_ANY_LIFE = Duration.ofDays(60);

    private final TokenStore store;
    private final Claims claims;
    private final InstantSource clock;

    RevokeReplaced(TokenStore store, Claims claims, InstantSource clock) {
        this.store = store;
        this.claims = claims;
        this.clock = clock;
    }

    /** What was found; for the log. */
    sealed interface Found {
        /** Its issuer does not know it any more. */
        record Gone(String versionId) implements Found {}

        /** Its issuer still knows it; it lives until its end. */
        record StillKnown(String versionId, Instant endsAt) implements Found {}

        /** Nobody could say; it is asked again later. */
        record Unknown(String versionId, String reason) implements Found {}
    }

    /** Asks for the end of the token before the current one, if it is time and was not done; empty when it is not. */
    Optional<Found> run(TokenRealm realm, TokenIssuer issuer, String holder) {
        // where a realm answers the same token again, the replaced token is the current one
        if (realm.rules().repeat() != Repeat.NEW_TOKEN) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        Stored current = store.current(realm);
        Optional<Stored> replaced = store.previous(realm).filter(old -> isToBeRevoked(old, current, now));
        if (replaced.isEmpty()) {
            return Optional.empty();
        }
        String which = realm.code() + "#" + replaced.get().versionId();
        String claim = "revoked#" + which;
        return switch (claims.lease(claim, holder, now, TRY_AGAIN_AFTER)) {
            case Lease.Taken _ -> Optional.empty();
            case Lease.Granted _
            when isFirstLook(which, holder, now) -> {
                claims.lease(claim, holder, now, NOBODY_HAS_IT_AFTER);
                yield Optional.empty();
            }
            case Lease.Granted _ -> {
                Found found = revoke(issuer, replaced.get());
                if (!(found instanceof Found.Unknown)) {
                    claims.lease(claim, holder, now, LONGER_THAN_ANY_LIFE);
                }
                yield Optional.of(found);
            }
        };
    }

    /** From then on is counted: a token may have been made long before it became current. */
    private boolean isFirstLook(String which, String holder, Instant now) {
        return claims.once("replaced#" + which, holder, now, now.plus(LONGER_THAN_ANY_LIFE));
    }

    private static boolean isToBeRevoked(Stored old, Stored current, Instant now) {
        Optional<String> successor = current.token().map(AccessToken::accessToken);
        return old.token()
                .filter(token -> !token.isExpired(now))
                .filter(token -> successor.isPresent() && !successor.get().equals(token.accessToken()))
                .isPresent();
    }

    private static Found revoke(TokenIssuer issuer, Stored replaced) {
        AccessToken token = replaced.token().orElseThrow();
        return switch (issuer.revoke(token.accessToken())) {
            case Revocation.Unavailable(var reason) -> new Found.Unknown(replaced.versionId(), reason);
            case Revocation.Answered() ->
                switch (issuer.info(token.accessToken())) {
                    case Info.Unknown() -> new Found.Gone(replaced.versionId());
                    case Info.Alive _ -> new Found.StillKnown(replaced.versionId(), token.expiresAt());
                    case Info.Unavailable(var reason) -> new Found.Unknown(replaced.versionId(), reason);
                };
        };
    }
}
