package dev.fleetline.tokenrefresh;

import dev.fleetline.claims.Claims;
import dev.fleetline.claims.Claims.Lease;
import dev.fleetline.tokens.AccessToken;
import dev.fleetline.tokens.SessionDesk;
import dev.fleetline.tokens.SessionDesk.Opened;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Keeps a user from being locked: after two failed logins in a row nobody logs in again until the user's credentials
 * have a new version.
 *
 * <p>A login is counted before it is made, so that one whose answer was lost in a crash counts too, for an hour; a
 * login that succeeds takes all counts back.
 */
final class LoginGuard {

    private static final int TRIES = 2;
    private static final Duration IN_DOUBT = Duration.ofHours(1);
    private static final Duration FOR_GOOD = Duration.ofDays(3_650);

    private final Claims claims;

    LoginGuard(Claims claims) {
        this.claims = claims;
    }

    /** One login: the credentials' version, and an id of this try. */
    private record Attempt(String credentials, String id, Instant now) {
        String claim(int slot) {
            return "login#" + credentials + "#" + slot;
        }
    }

    /** Logs in, if it may be tried; empty when it may not. */
    Optional<Opened> open(SessionDesk desk, AccessToken token, String attemptId, Instant now) {
        var attempt = new Attempt(desk.credentialsVersion(), attemptId, now);
        Optional<String> counted = count(attempt);
        if (counted.isEmpty()) {
            return Optional.empty();
        }
        Opened opened = desk.open(token);
        switch (opened) {
            case Opened.Session _ -> takeBackAll(attempt);
            case Opened.Refused _ -> claims.lease(counted.get(), attempt.id(), now, FOR_GOOD);
            case Opened.TokenEnded() -> claims.release(counted.get(), attempt.id());
            case Opened.Unavailable(var _, var mayCount) -> {
                if (!mayCount) {
                    claims.release(counted.get(), attempt.id());
                }
            }
        }
        return Optional.of(opened);
    }

    private Optional<String> count(Attempt attempt) {
        for (int slot = 0; slot < TRIES; slot++) {
            if (claims.lease(attempt.claim(slot), attempt.id(), attempt.now(), IN_DOUBT) instanceof Lease.Granted) {
                return Optional.of(attempt.claim(slot));
            }
        }
        return Optional.empty();
    }

    private void takeBackAll(Attempt attempt) {
        for (int slot = 0; slot < TRIES; slot++) {
            String claim = attempt.claim(slot);
            switch (claims.lease(claim, attempt.id(), attempt.now(), IN_DOUBT)) {
                case Lease.Granted _ -> claims.release(claim, attempt.id());
                case Lease.Taken(var by, var _) -> claims.release(claim, by);
            }
        }
    }
}
