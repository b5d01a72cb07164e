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
import dev.fleetline.tokenrefresh.Outcome.NotSetUp;
import dev.fleetline.tokenrefresh.Outcome.Renewed;
import dev.fleetline.tokenrefresh.Outcome.Unchanged;
import dev.fleetline.tokens.AccessToken;
import dev.fleetline.tokens.SessionDesk;
import dev.fleetline.tokens.SessionDesk.Opened;
import dev.fleetline.tokens.TokenIssuer.Grant;
import dev.fleetline.tokens.TokenIssuer.Issue;
import dev.fleetline.tokens.TokenProof.Proof;
import dev.fleetline.tokens.TokenRealm;
import dev.fleetline.tokens.TokenStore;
import dev.fleetline.tokens.TokenStore.BadSecret;
import dev.fleetline.tokens.TokenStore.Stored;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Looks after a realm's token: renews it in time, when it was refused, and when a proof shows that it has ended.
 *
 * <p>A lease spares logins; what keeps two refreshers from harm is that a new version becomes current only in place of
 * the version it replaces. A token is staged before anything else is done with it, because the refresh token that
 * bought it may have been spent: whoever comes after a crash takes up what was staged and does not log in again. On
 * Core there is no way from here to client credentials, whose tokens open no device.
 */
final class RefreshToken {

    static final String UNAVAILABLE = "issuer_unavailable";
    static final String UNPROVED = "not_proved";
    static final String TOO_MANY = "too_many_versions";
    static final String LOGIN_REFUSED = "login_refused";
    static final String LOGIN_STOPPED = "login_stopped";
    private static final String INVALID_GRANT = "invalid_grant";

    /** Longer than one realm may take (seven calls of 20 seconds), shorter than the schedule's interval. */
    private static final Duration LEASE = Duration.ofSeconds(270);

    /** An answer that gives the same token no more time than this is no news. */
    private static final Duration NO_NEWS = Duration.ofSeconds(30);

    private final TokenStore store;
    private final RealmDesks desks;
    private final Claims claims;
    private final InstantSource clock;
    private final Supplier<UUID> versionIds;
    private final VersionBucket bucket;
    private final LoginGuard logins;
    private final TokenNews news;

    RefreshToken(
            TokenStore store,
            RealmDesks desks,
            Claims claims,
            Announcer announcer,
            InstantSource clock,
            Supplier<UUID> versionIds) {
        this.store = store;
        this.desks = desks;
        this.claims = claims;
        this.clock = clock;
        this.versionIds = versionIds;
        this.bucket = new VersionBucket(claims);
        this.logins = new LoginGuard(claims);
        this.news = new TokenNews(new TellOnce(TokenRefreshHandler.FUNCTION, claims, announcer));
    }

    /** One look, for one caller. */
    private record Errand(TokenRealm realm, Optional<String> refused, String holder) {
        Errand refusing(String versionId) {
            return new Errand(realm, Optional.of(versionId), holder);
        }
    }

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
        Stored current = store.current(errand.realm());
        if (current.token().isEmpty() && !desk(errand).isInUse().getAsBoolean()) {
            return new NotSetUp();
        }
        Optional<Outcome> nothingToDo = nothingToDo(errand, current);
        if (nothingToDo.isEmpty()) {
            return underLease(errand);
        }
        // a token in use is proved at each tick: a dead one is found before somebody needs it
        return nothingToDo.get() instanceof NotDue && isFoundDead(errand, current)
                ? underLease(errand.refusing(current.versionId()))
                : nothingToDo.get();
    }

    private boolean isFoundDead(Errand errand, Stored current) {
        return switch (desk(errand).proof().prove(current.token().orElseThrow())) {
            case Proof.Alive(), Proof.Unavailable(var _) -> false;
            case Proof.TokenEnded(), Proof.SessionEnded() -> true;
        };
    }

    /** Who waits for a person should know at once when there is no token to wait with any more. */
    private boolean isInLifeAndFoundDead(Errand errand, Stored current) {
        return current.token()
                        .filter(token -> !token.isExpired(clock.instant()))
                        .isPresent()
                && isFoundDead(errand, current);
    }

    private Outcome underLease(Errand errand) {
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
        boolean isRefused = errand.refused().isPresent()
                || (outcome instanceof NeedsPerson && isInLifeAndFoundDead(errand, current));
        String secret = store.secret(realm);
        Instant now = clock.instant();
        switch (outcome) {
            case Failed failed -> news.failed(realm, secret, current, failed, errand.holder(), now);
            case NeedsPerson need -> news.needsPerson(realm, secret, current, need, isRefused, errand.holder(), now);
            case Renewed _, NotDue _, NotSetUp _, Unchanged _, NewerIsCurrent _, AlreadyAtIt _, LostRace _ -> {}
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
        if (isDue(errand, token.get())) {
            return Optional.empty();
        }
        tellRefreshed(errand, current.versionId(), token.get());
        return Optional.of(new NotDue(token.get().expiresAt()));
    }

    /** A token that only a person can renew is due when it is time to tell them. */
    private boolean isDue(Errand errand, AccessToken token) {
        boolean needsPerson = !errand.realm().rules().isRenewedByTheApplicationAlone()
                && token.refreshToken().isEmpty();
        Duration before = withinItsLife(token, desk(errand).renewBefore());
        Duration tellBefore = errand.realm().rules().tellBefore();
        Duration ahead = needsPerson && tellBefore.compareTo(before) > 0 ? tellBefore : before;
        return ahead.isZero()
                ? token.isExpired(clock.instant())
                : clock.instant().plus(ahead).isAfter(token.expiresAt());
    }

    /** A token that lives hardly longer than that would be due as soon as it is made: it is used for half its life. */
    private static Duration withinItsLife(AccessToken token, Duration renewBefore) {
        Duration half = token.expiresIn().dividedBy(2);
        return renewBefore.compareTo(half) < 0 ? renewBefore : half;
    }

    private Outcome renew(Errand errand, Stored current) {
        Optional<Stored> leftBehind = store.candidate(errand.realm()).filter(staged -> isOfUse(staged, current));
        if (leftBehind.isPresent()) {
            String versionId = leftBehind.get().versionId();
            AccessToken token = leftBehind.get().token().orElseThrow();
            switch (desk(errand).proof().prove(token)) {
                case Proof.Alive() -> {
                    return promote(errand, versionId, token, current);
                }
                case Proof.Unavailable(var reason) -> {
                    return new Failed(UNAVAILABLE, reason);
                }
                // dead, but what came with it is the youngest there is
                case Proof.TokenEnded(), Proof.SessionEnded() -> {}
            }
        }
        Optional<AccessToken> youngest = leftBehind.flatMap(Stored::token).or(current::token);
        return errand.realm().rules().isRenewedByTheApplicationAlone()
                ? renewAsApplication(errand, current, youngest)
                : renewByRefreshToken(errand, current, youngest);
    }

    /** The youngest refresh token first; what an earlier run staged may have none, or one that never counted. */
    private Outcome renewByRefreshToken(Errand errand, Stored current, Optional<AccessToken> youngest) {
        var byRefreshToken = new LinkedHashMap<String, AccessToken>();
        Stream.of(youngest, current.token()).flatMap(Optional::stream).forEach(token -> token.refreshToken()
                .ifPresent(it -> byRefreshToken.putIfAbsent(it, token)));
        if (byRefreshToken.isEmpty()) {
            return needsPerson(errand, current);
        }
        String versionId = versionIds.get().toString();
        if (!bucket.take(errand.realm(), versionId, clock.instant())) {
            return tooMany();
        }
        for (Map.Entry<String, AccessToken> before : byRefreshToken.entrySet()) {
            switch (issue(errand, versionId, before.getKey())) {
                case Issue.Issued(var answered) -> {
                    return stageAndProve(errand, versionId, completed(answered, before.getValue()), current);
                }
                case Issue.Refused(var code, var _) when code.equals(INVALID_GRANT) -> {
                    // this one no longer counts; an older one may
                }
                case Issue.Refused(var code, var description) -> {
                    bucket.giveBack(errand.realm(), versionId, clock.instant());
                    return new Failed(code, description);
                }
                case Issue.Unavailable(var reason) -> {
                    bucket.giveBack(errand.realm(), versionId, clock.instant());
                    return new Failed(UNAVAILABLE, reason);
                }
            }
        }
        bucket.giveBack(errand.realm(), versionId, clock.instant());
        return refreshTokenIsSpent(errand, current);
    }

    /** Without the application's credentials nothing is asked for, so it costs no version either. */
    private Issue issue(Errand errand, String versionId, String refreshToken) {
        try {
            return desk(errand).issuer().issue(new Grant.Refresh(refreshToken));
        } catch (BadSecret notFilledIn) {
            bucket.giveBack(errand.realm(), versionId, clock.instant());
            throw notFilledIn;
        }
    }

    private Outcome renewAsApplication(Errand errand, Stored current, Optional<AccessToken> youngest) {
        return switch (desk(errand).issuer().issue(new Grant.ClientCredentials())) {
            case Issue.Refused(var code, var description) -> new Failed(code, description);
            case Issue.Unavailable(var reason) -> new Failed(UNAVAILABLE, reason);
            case Issue.Issued(var token) ->
                desk(errand)
                        .sessions()
                        .map(sessions -> inSession(
                                errand, current, token.with(youngest.flatMap(AccessToken::sessionToken)), sessions))
                        .orElseGet(() -> takeUnlessTheSame(errand, current, token));
        };
    }

    /** The session outlives the token it was opened with; another login is made only when this one has ended. */
    private Outcome inSession(Errand errand, Stored current, AccessToken token, SessionDesk sessions) {
        return switch (desk(errand).proof().prove(token)) {
            case Proof.Alive() -> takeUnlessTheSame(errand, current, token);
            case Proof.TokenEnded() ->
                new Failed(UNPROVED, "the issuer gave a token and the platform refuses it; it is asked for again");
            case Proof.Unavailable(var reason) ->
                new Failed(UNAVAILABLE, "the session could not be looked at: " + reason);
            case Proof.SessionEnded() -> logIn(errand, current, token, sessions);
        };
    }

    /** A new session is a new version, so there must be room for one before anybody logs in. */
    private Outcome logIn(Errand errand, Stored current, AccessToken token, SessionDesk sessions) {
        String versionId = versionIds.get().toString();
        if (!bucket.take(errand.realm(), versionId, clock.instant())) {
            return tooMany();
        }
        Optional<Opened> opened = open(errand, versionId, token, sessions);
        if (opened.isPresent() && opened.get() instanceof Opened.Session(var session)) {
            return stageAndProve(errand, versionId, token.with(Optional.of(session)), current);
        }
        bucket.giveBack(errand.realm(), versionId, clock.instant());
        return opened.map(RefreshToken::notLoggedIn)
                .orElseGet(
                        () -> new Failed(
                                LOGIN_STOPPED,
                                "two logins in a row failed, or four got no answer; nobody tries again, because five would lock the user"));
    }

    /** Nobody logs in without the user's credentials, so that costs no version either. */
    private Optional<Opened> open(Errand errand, String versionId, AccessToken token, SessionDesk sessions) {
        try {
            return logins.open(sessions, token, versionId, clock.instant());
        } catch (BadSecret notFilledIn) {
            bucket.giveBack(errand.realm(), versionId, clock.instant());
            throw notFilledIn;
        }
    }

    private static Failed notLoggedIn(Opened opened) {
        return switch (opened) {
            case Opened.Refused(var code) -> new Failed(LOGIN_REFUSED, "the login was refused: " + code);
            case Opened.TokenEnded() -> new Failed(UNPROVED, "the issuer gave a token and the login refuses it");
            case Opened.Unavailable(var reason, var _) -> new Failed(UNAVAILABLE, "no login: " + reason);
            case Opened.Session _ -> throw new IllegalArgumentException("a session is no failure");
        };
    }

    private Outcome takeUnlessTheSame(Errand errand, Stored current, AccessToken token) {
        if (current.token().filter(now -> isTheSame(now, token)).isPresent()) {
            return new Unchanged(token.expiresAt());
        }
        String versionId = versionIds.get().toString();
        return bucket.take(errand.realm(), versionId, clock.instant())
                ? stageAndProve(errand, versionId, token, current)
                : tooMany();
    }

    private static boolean isTheSame(AccessToken now, AccessToken answered) {
        return now.accessToken().equals(answered.accessToken())
                && now.sessionToken().equals(answered.sessionToken())
                && !answered.expiresAt().isAfter(now.expiresAt().plus(NO_NEWS));
    }

    private Outcome stageAndProve(Errand errand, String versionId, AccessToken token, Stored current) {
        store.stage(errand.realm(), versionId, token);
        return switch (desk(errand).proof().prove(token)) {
            case Proof.Alive() -> promote(errand, versionId, token, current);
            case Proof.TokenEnded() ->
                new Failed(UNPROVED, "the issuer gave a token and does not know it; the old one stays current");
            case Proof.SessionEnded() ->
                new Failed(UNPROVED, "the platform opened a session and does not know it; the old one stays current");
            case Proof.Unavailable(var reason) ->
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

    /** Used up, by a crash between its answer and the store or by somebody else: only a person gets another one. */
    private NeedsPerson refreshTokenIsSpent(Errand errand, Stored current) {
        return new NeedsPerson(
                current.token().map(AccessToken::expiresAt),
                "The refresh token in secret " + store.secret(errand.realm())
                        + " no longer counts: somebody has to authorise the application again before the token ends"
                        + " (infra/secrets, core-token).");
    }

    private static Failed tooMany() {
        return new Failed(TOO_MANY, "6 new versions within an hour; no more are made for now");
    }

    private boolean isOfUse(Stored staged, Stored current) {
        Instant now = clock.instant();
        Instant currentSince = current.token().map(AccessToken::obtainedAt).orElse(Instant.MIN);
        return staged.token()
                .filter(token -> token.obtainedAt().isAfter(currentSince) && !token.isExpired(now))
                .isPresent();
    }

    private RealmDesk desk(Errand errand) {
        return desks.of(errand.realm());
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
