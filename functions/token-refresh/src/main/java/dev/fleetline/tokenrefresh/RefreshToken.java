package dev.fleetline.tokenrefresh;

import dev.fleetline.claims.Claims;
import dev.fleetline.claims.Claims.Lease;
import dev.fleetline.fleetevents.Announcer;
import dev.fleetline.fleetevents.TellOnce;
import dev.fleetline.tokenrefresh.Outcome.AlreadyAtIt;
import dev.fleetline.tokenrefresh.Outcome.Failed;
import dev.fleetline.tokenrefresh.Outcome.LostRace;
import dev.fleetline.tokenrefresh.Outcome.NeedsPerson;
import dev.fleetline.tokenrefresh.Outcome.NewerIsCurrent;
import dev.fleetline.tokenrefresh.Outcome.NotDue;
import dev.fleetline.tokenrefresh.Outcome.Renewed;
import dev.fleetline.tokens.AccessToken;
import dev.fleetline.tokens.TokenIssuer;
import dev.fleetline.tokens.TokenIssuer.Grant;
import dev.fleetline.tokens.TokenIssuer.Info;
import dev.fleetline.tokens.TokenIssuer.Issue;
import dev.fleetline.tokens.TokenRealm;
import dev.fleetline.tokens.TokenStore;
import dev.fleetline.tokens.TokenStore.BadSecret;
import dev.fleetline.tokens.TokenStore.Stored;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Looks after one realm's token: renews it in time or when it was refused.
 *
 * <p>A lease spares logins; what keeps two refreshers from harm is that a new version becomes current only in place of
 * the version it replaces. A token is staged before anything else is done with it, because the refresh token that
 * bought it may have been spent: whoever comes after a crash takes up what was staged and does not log in again. There
 * is no way from here to client credentials, whose tokens open no device.
 */
final class RefreshToken {

    static final String UNAVAILABLE = "issuer_unavailable";
    static final String UNPROVED = "not_proved";
    static final String TOO_MANY = "too_many_versions";

    /** Longer than an issuer's time-outs together, shorter than the schedule's interval. */
    private static final Duration LEASE = Duration.ofMinutes(2);

    private final TokenStore store;
    private final TokenIssuer issuer;
    private final Claims claims;
    private final InstantSource clock;
    private final Supplier<UUID> versionIds;
    private final Duration renewBefore;
    private final VersionBucket bucket;
    private final TokenNews news;

    RefreshToken(
            TokenStore store,
            TokenIssuer issuer,
            Claims claims,
            Announcer announcer,
            InstantSource clock,
            Supplier<UUID> versionIds,
            Duration renewBefore) {
        this.store = store;
        this.issuer = issuer;
        this.claims = claims;
        this.clock = clock;
        this.versionIds = versionIds;
        this.renewBefore = renewBefore;
        this.bucket = new VersionBucket(claims);
        this.news = new TokenNews(new TellOnce(TokenRefreshHandler.FUNCTION, claims, announcer));
    }

    /** One look, for one caller. */
    private record Errand(TokenRealm realm, Optional<String> refused, String holder) {}

    /** The schedule's tick; {@code holder} is an id of this invocation. */
    Outcome ifDue(TokenRealm realm, String holder) {
        return look(new Errand(realm, Optional.empty(), holder));
    }

    /** The platform refused this version. */
    Outcome ifStillCurrent(TokenRealm realm, String refusedVersionId, String holder) {
        return look(new Errand(realm, Optional.of(refusedVersionId), holder));
    }

    /** How long the current token still lives after this outcome, not less than zero; empty when there is none. */
    Optional<Duration> left(TokenRealm realm, Outcome outcome) {
        // most ticks have just read it
        Optional<Instant> end = outcome instanceof NotDue(var expiresAt)
                ? Optional.of(expiresAt)
                : store.current(realm).token().map(AccessToken::expiresAt);
        return end.map(at -> Duration.between(clock.instant(), at))
                .map(left -> left.isNegative() ? Duration.ZERO : left);
    }

    private Outcome look(Errand errand) {
        Optional<Outcome> nothingToDo = nothingToDo(errand, store.current(errand.realm()));
        if (nothingToDo.isPresent()) {
            return nothingToDo.get();
        }
        String claim = "token#" + errand.realm().code();
        return switch (claims.lease(claim, errand.holder(), clock.instant(), LEASE)) {
            case Lease.Taken(var by, var _) -> new AlreadyAtIt(by);
            case Lease.Granted _ -> {
                try {
                    yield renewAndTell(errand);
                } finally {
                    claims.release(claim, errand.holder());
                }
            }
        };
    }

    private Outcome renewAndTell(Errand errand) {
        TokenRealm realm = errand.realm();
        // read again: whoever had the lease before us may have renewed it
        Stored current = store.current(realm);
        Outcome outcome = nothingToDo(errand, current).orElseGet(() -> renew(errand, current));
        String secret = store.secret(realm);
        Instant now = clock.instant();
        switch (outcome) {
            case Failed failed -> news.failed(realm, secret, current, failed, errand.holder(), now);
            case NeedsPerson need ->
                news.needsPerson(realm, secret, current, need, errand.refused().isPresent(), errand.holder(), now);
            case Renewed _, NotDue _, NewerIsCurrent _, AlreadyAtIt _, LostRace _ -> {}
        }
        return outcome;
    }

    private Optional<Outcome> nothingToDo(Errand errand, Stored current) {
        Optional<AccessToken> token = current.token();
        if (token.isEmpty()) {
            return Optional.empty();
        }
        if (errand.refused().isPresent()) {
            if (errand.refused().get().equals(current.versionId())) {
                return Optional.empty();
            }
            tellRefreshed(errand, current.versionId(), token.get());
            return Optional.of(new NewerIsCurrent(current.versionId()));
        }
        if (clock.instant().plus(renewBefore).isAfter(token.get().expiresAt())) {
            return Optional.empty();
        }
        tellRefreshed(errand, current.versionId(), token.get());
        return Optional.of(new NotDue(token.get().expiresAt()));
    }

    private Outcome renew(Errand errand, Stored current) {
        Optional<Stored> leftBehind = store.candidate(errand.realm()).filter(staged -> isOfUse(staged, current));
        if (leftBehind.isPresent()) {
            String versionId = leftBehind.get().versionId();
            AccessToken token = leftBehind.get().token().orElseThrow();
            switch (issuer.info(token.accessToken())) {
                case Info.Alive _ -> {
                    return promote(errand, versionId, token, current);
                }
                case Info.Unavailable(var reason) -> {
                    return new Failed(UNAVAILABLE, reason);
                }
                // dead, but the refresh token that came with it is the youngest there is
                case Info.Unknown() -> {}
            }
        }
        Optional<AccessToken> youngest = leftBehind.flatMap(Stored::token).or(current::token);
        Optional<String> refreshToken = youngest.flatMap(AccessToken::refreshToken);
        if (youngest.isEmpty() || refreshToken.isEmpty()) {
            return needsPerson(errand, current);
        }
        String versionId = versionIds.get().toString();
        if (!bucket.take(errand.realm(), versionId, clock.instant())) {
            return new Failed(TOO_MANY, "6 new versions within an hour; no more are made for now");
        }
        return switch (issue(errand.realm(), versionId, refreshToken.get())) {
            case Issue.Refused(var code, var description) -> {
                bucket.giveBack(errand.realm(), versionId);
                yield new Failed(code, description);
            }
            case Issue.Unavailable(var reason) -> {
                bucket.giveBack(errand.realm(), versionId);
                yield new Failed(UNAVAILABLE, reason);
            }
            case Issue.Issued(var answered) -> {
                AccessToken token = completed(answered, youngest.get());
                store.stage(errand.realm(), versionId, token);
                yield proveAndPromote(errand, versionId, token, current);
            }
        };
    }

    /** Without the application's credentials nothing is asked for, so it costs no version either. */
    private Issue issue(TokenRealm realm, String versionId, String refreshToken) {
        try {
            return issuer.issue(new Grant.Refresh(refreshToken));
        } catch (BadSecret notFilledIn) {
            bucket.giveBack(realm, versionId);
            throw notFilledIn;
        }
    }

    private Outcome proveAndPromote(Errand errand, String versionId, AccessToken token, Stored current) {
        return switch (issuer.info(token.accessToken())) {
            case Info.Alive _ -> promote(errand, versionId, token, current);
            case Info.Unknown() ->
                new Failed(UNPROVED, "the issuer gave a token and does not know it; the old one stays current");
            case Info.Unavailable(var reason) ->
                new Failed(UNAVAILABLE, "the new token could not be proved: " + reason);
        };
    }

    private Outcome promote(Errand errand, String versionId, AccessToken token, Stored current) {
        return switch (store.promote(errand.realm(), versionId, current.versionId())) {
            case CURRENT -> {
                tellRefreshed(errand, versionId, token);
                yield new Renewed(versionId, token.expiresAt());
            }
            case LOST_RACE -> new LostRace();
        };
    }

    /** Also for a token that was found current: whoever made it so may have died before saying it. */
    private void tellRefreshed(Errand errand, String versionId, AccessToken token) {
        news.refreshed(
                errand.realm(), store.secret(errand.realm()), versionId, token, errand.holder(), clock.instant());
    }

    private NeedsPerson needsPerson(Errand errand, Stored current) {
        Optional<Instant> endsAt = current.token().map(AccessToken::expiresAt);
        if (endsAt.isEmpty()) {
            return new NeedsPerson(
                    endsAt,
                    "There has never been a token in secret " + store.secret(errand.realm())
                            + ": somebody has to authorise the application (infra/secrets, core-token).");
        }
        return new NeedsPerson(
                endsAt,
                errand.refused().isPresent()
                        ? "The platform refused the token and there is no refresh token: somebody has to authorise"
                                + " the application again (infra/secrets, core-token)."
                        : "The token ends and there is no refresh token: somebody has to authorise the application"
                                + " again before that (infra/secrets, core-token).");
    }

    private boolean isOfUse(Stored staged, Stored current) {
        Instant now = clock.instant();
        Instant currentSince = current.token().map(AccessToken::obtainedAt).orElse(Instant.MIN);
        return staged.token()
                .filter(token -> token.obtainedAt().isAfter(currentSince) && !token.isExpired(now))
                .isPresent();
    }

    /** An answer leaves out what has not changed. */
    private static AccessToken completed(AccessToken answered, AccessToken before) {
        return new AccessToken(
                answered.accessToken(),
                answered.refreshToken().or(before::refreshToken),
                answered.scopes().isEmpty() ? before.scopes() : answered.scopes(),
                answered.obtainedAt(),
                answered.expiresIn());
    }
}
