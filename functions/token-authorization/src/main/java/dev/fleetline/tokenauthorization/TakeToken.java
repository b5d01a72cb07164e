package dev.fleetline.tokenauthorization;

import dev.fleetline.claims.Claims;
import dev.fleetline.fleetevents.NewTokenNews;
import dev.fleetline.tokens.AccessToken;
import dev.fleetline.tokens.DeviceScope;
import dev.fleetline.tokens.TokenIssuer;
import dev.fleetline.tokens.TokenIssuer.Grant;
import dev.fleetline.tokens.TokenIssuer.Info;
import dev.fleetline.tokens.TokenIssuer.Issue;
import dev.fleetline.tokens.TokenRealm;
import dev.fleetline.tokens.TokenStore;
import dev.fleetline.tokens.TokenStore.BadSecret;
import dev.fleetline.tokens.TokenStore.Promoted;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Exchanges what came back from a person's consent for the token and makes it current.
 *
 * <p>The state is taken away first, so whatever comes after happens at most once for one consent. The token is looked at
 * and staged before anything else is done with it: a crash from then on leaves it where token-refresh takes it up.
 */
final class TakeToken {

    private static final TokenRealm CORE = TokenRealm.CORE;

    private final Application application;
    private final Claims claims;
    private final TokenIssuer issuer;
    private final TokenStore store;
    private final NewTokenNews news;
    private final InstantSource clock;
    private final Supplier<UUID> versionIds;
    private final List<String> scopes;

    TakeToken(
            Application application,
            Claims claims,
            TokenIssuer issuer,
            TokenStore store,
            NewTokenNews news,
            InstantSource clock,
            Supplier<UUID> versionIds,
            List<String> scopes) {
        this.application = application;
        this.claims = claims;
        this.issuer = issuer;
        this.store = store;
        this.news = news;
        this.clock = clock;
        this.versionIds = versionIds;
        this.scopes = List.copyOf(scopes);
    }

    /** {@code holder} is an id of this invocation. */
    Outcome run(CameBack back, String holder) {
        boolean isOurs = back.state()
                .filter(state -> claims.redeem(state.ticket(), clock.instant()))
                .isPresent();
        if (!isOurs) {
            return new Outcome.StateUnknown();
        }
        if (back.error().isPresent()) {
            return new Outcome.Denied(back.error().get());
        }
        if (back.code().isEmpty()) {
            return new Outcome.NoCode();
        }
        try {
            return exchange(back.code().get(), holder);
        } catch (BadSecret notFilledIn) {
            return new Outcome.NotFilledIn(String.valueOf(notFilledIn.getMessage()));
        }
    }

    private Outcome exchange(String code, String holder) {
        URI redirectUri = application.redirectUri();
        // read before the code is spent: a token that could not be stored would be lost
        String replaces = store.current(CORE).versionId();
        return switch (issuer.issue(new Grant.AuthorizationCode(code, Optional.of(redirectUri), scopes))) {
            case Issue.Refused(var refusal, var _) -> new Outcome.CodeRefused(refusal);
            case Issue.Unavailable(var reason) -> new Outcome.Unavailable(reason);
            case Issue.Issued(var token) -> keep(token, replaces, holder);
        };
    }

    private Outcome keep(AccessToken token, String replaces, String holder) {
        Info info = issuer.info(token.accessToken());
        // what opens no device is not even staged, or token-refresh would find it there
        if (info instanceof Info.Alive alive && !DeviceScope.isAmong(alive.scopes())) {
            return new Outcome.Powerless();
        }
        String versionId = versionIds.get().toString();
        store.stage(CORE, versionId, token);
        return switch (info) {
            case Info.Unavailable(var reason) -> new Outcome.SetAside(reason);
            case Info.Unknown() -> new Outcome.SetAside("the issuer gave a token and does not know it");
            case Info.Alive alive -> {
                if (promote(versionId, replaces) == Promoted.LOST_RACE) {
                    yield new Outcome.Overtaken();
                }
                news.tell(
                        new NewTokenNews.Version(
                                CORE.code(), store.secret(CORE), versionId, token.obtainedAt(), token.expiresAt()),
                        holder,
                        clock.instant());
                yield new Outcome.Authorised(
                        alive.scopes(),
                        scopes.stream()
                                .filter(scope -> !alive.scopes().contains(scope))
                                .toList(),
                        token.expiresAt(),
                        token.refreshToken().isPresent());
            }
        };
    }

    /** A refresher may have been faster; the person's token is the newer one, so it goes in that one's place. */
    private Promoted promote(String versionId, String replaces) {
        Promoted promoted = store.promote(CORE, versionId, replaces);
        return promoted == Promoted.LOST_RACE
                ? store.promote(CORE, versionId, store.current(CORE).versionId())
                : promoted;
    }
}
