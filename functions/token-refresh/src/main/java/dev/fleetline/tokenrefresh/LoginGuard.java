package dev.fleetline.tokenrefresh;

import dev.fleetline.claims.Claims;
import dev.fleetline.claims.Claims.Lease;
import dev.fleetline.tokens.AccessToken;
import dev.fleetline.tokens.SessionDesk;
import dev.fleetline.tokens.SessionDesk.Opened;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Keeps a user from being locked: after two failed logins in a row nobody logs in again until the user's credentials
 * have a new version.
 *
 * <p>A login is counted before it is made, so that one whose answer was lost in a crash counts too: for an hour among
 * the two, and for good among the four that may be tried without one that succeeds, because the fifth would lock the
 * user. A login that succeeds takes all counts back.
 */
final class LoginGuard {

    /** How long a place is taken by a login of which nobody knows what became of it. */
    private static final Duration IN_DOUBT = Duration.ofHours(1);

    private static final Duration FOR_GOOD = Duration.ofDays(3_650);

    private static final Places FAILED = new Places("login", 2, IN_DOUBT);
    private static final Places WITHOUT_SUCCESS = new Places("login-without-success", 4, FOR_GOOD);

    private final Claims claims;

    LoginGuard(Claims claims) {
        this.claims = claims;
    }

    /** So many logins and no more; each takes a place for a while. */
    private record Places(String name, int count, Duration takenFor) {
        List<String> claims(String credentials) {
            return IntStream.range(0, count)
                    .mapToObj(place -> name + "#" + credentials + "#" + place)
                    .toList();
        }
    }

    /** One login: the credentials' version, and an id of this try. */
    private record Attempt(String credentials, String id, Instant now) {}

    /** Logs in, if it may be tried; empty when it may not. */
    Optional<Opened> open(SessionDesk desk, AccessToken token, String attemptId, Instant now) {
        SessionDesk.Login login = desk.login();
        var attempt = new Attempt(login.credentialsVersion(), attemptId, now);
        Optional<String> failed = take(FAILED, attempt);
        if (failed.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> withoutSuccess = take(WITHOUT_SUCCESS, attempt);
        if (withoutSuccess.isEmpty()) {
            claims.release(failed.get(), attempt.id());
            return Optional.empty();
        }
        Opened opened = login.open(token);
        switch (opened) {
            case Opened.Session _ -> {
                takeBackAll(FAILED, attempt);
                takeBackAll(WITHOUT_SUCCESS, attempt);
            }
            case Opened.Refused _ -> claims.lease(failed.get(), attempt.id(), now, FOR_GOOD);
            case Opened.Unavailable(var _, var mayCount) when mayCount -> {}
            case Opened.TokenEnded(), Opened.Unavailable _ -> {
                claims.release(failed.get(), attempt.id());
                claims.release(withoutSuccess.get(), attempt.id());
            }
        }
        return Optional.of(opened);
    }

    private Optional<String> take(Places places, Attempt attempt) {
        return places.claims(attempt.credentials()).stream()
                .filter(claim ->
                        claims.lease(claim, attempt.id(), attempt.now(), places.takenFor()) instanceof Lease.Granted)
                .findFirst();
    }

    private void takeBackAll(Places places, Attempt attempt) {
        for (String claim : places.claims(attempt.credentials())) {
            switch (claims.lease(claim, attempt.id(), attempt.now(), IN_DOUBT)) {
                case Lease.Granted _ -> claims.release(claim, attempt.id());
                case Lease.Taken(var by, var _) -> claims.release(claim, by);
            }
        }
    }
}
