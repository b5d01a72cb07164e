package dev.fleetline.tokens;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * How tokens are had and kept in a realm.
 *
 * @param documentedLife what the platform says of a token's life; for people and tests, never to reckon with: a token
 *     lives as long as its own answer says
 * @param repeat what another request within a token's life is answered with
 * @param grants by what right a token can be had
 * @param renewBefore with less than this left a token is renewed; zero where no other one is given before its end
 * @param tellBefore with less than this left a person is told that only they can renew it
 * @param dialect in what words the realm says no
 * @param sessionIdle how long the session that goes with a token outlives its last call; empty where there is none
 */
public record RealmRules(
        Duration documentedLife,
        Repeat repeat,
        Set<GrantKind> grants,
        Duration renewBefore,
        Duration tellBefore,
        ErrorDialect dialect,
        Optional<Duration> sessionIdle) {

    static final RealmRules CORE = new RealmRules(
            Duration.ofDays(30),
            Repeat.NEW_TOKEN,
            Set.of(GrantKind.AUTHORIZATION_CODE, GrantKind.REFRESH_TOKEN, GrantKind.CLIENT_CREDENTIALS),
            Duration.ofDays(3),
            Duration.ofDays(7),
            ErrorDialect.OAUTH_UNDER_ANY_STATUS,
            Optional.empty());

    static final RealmRules M2M = new RealmRules(
            Duration.ofHours(1),
            Repeat.SAME_TOKEN,
            Set.of(GrantKind.CLIENT_CREDENTIALS),
            Duration.ZERO,
            Duration.ZERO,
            ErrorDialect.OAUTH_AND_GATEWAY_FAULTS,
            Optional.of(Duration.ofMinutes(20)));

    static final RealmRules EDGE = new RealmRules(
            Duration.ofHours(1),
            Repeat.SAME_TOKEN_WITH_LESS_TIME_LEFT,
            Set.of(GrantKind.CLIENT_CREDENTIALS),
            Duration.ZERO,
            Duration.ZERO,
            ErrorDialect.STATUS_AND_MESSAGE,
            Optional.empty());

    /** Refuses what cannot be. */
    public RealmRules {
        requireNonNull(documentedLife, "documentedLife");
        requireNonNull(repeat, "repeat");
        requireNonNull(dialect, "dialect");
        requireNonNull(sessionIdle, "sessionIdle");
        grants = Set.copyOf(grants);
        if (renewBefore.isNegative() || tellBefore.compareTo(renewBefore) < 0) {
            throw new IllegalArgumentException("a person is told before a renewal is due, not after");
        }
    }

    /** Whether a token can be renewed without a token from before, and without a person. */
    public boolean isRenewedByTheApplicationAlone() {
        return !grants.contains(GrantKind.REFRESH_TOKEN);
    }

    /** What another request for a token is answered with while there is one. */
    public enum Repeat {
        /** Another token; the first one stays good. */
        NEW_TOKEN,
        /** The same token; whether its life is given anew or counts down is not known. */
        SAME_TOKEN,
        /** The same token, with what is left of its life. */
        SAME_TOKEN_WITH_LESS_TIME_LEFT
    }

    /** By what right a token is asked for. */
    public enum GrantKind {
        /** A person has consented. */
        AUTHORIZATION_CODE,
        /** An earlier token came with one. */
        REFRESH_TOKEN,
        /** The application itself. */
        CLIENT_CREDENTIALS
    }

    /** In what words a realm says no. */
    public enum ErrorDialect {
        /** OAuth's, with statuses that do not fit: a token that is not known is a 500. */
        OAUTH_UNDER_ANY_STATUS,
        /** OAuth's for tokens; a gateway's {@code fault}, in JSON or XML, and {@code errorCode} for calls. */
        OAUTH_AND_GATEWAY_FAULTS,
        /** {@code {"status": "401", "message": …}}. */
        STATUS_AND_MESSAGE
    }
}
