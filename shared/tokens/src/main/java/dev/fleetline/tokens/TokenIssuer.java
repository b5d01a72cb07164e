package dev.fleetline.tokens;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The OAuth service of a realm. Every call answers; none throws for what a platform does. */
public interface TokenIssuer {

    /** Asks for a token. */
    Issue issue(Grant grant);

    /** What the issuer says of a token: whether it is alive, for whom, until when. Needs no credentials. */
    Info info(String accessToken);

    /** Asks for a token's end. An answer proves nothing: the platform says yes to anything. */
    Revocation revoke(String accessToken);

    /** By what right a token is asked for. */
    sealed interface Grant {
        /** A person has consented, and this code came back; good for one exchange, made at once. */
        record AuthorizationCode(String code, Optional<URI> redirectUri, List<String> scopes) implements Grant {
            /** Without the code. */
            @Override
            public String toString() {
                return "AuthorizationCode[***, scopes=" + scopes + "]";
            }
        }

        /** An earlier token came with this; it may be good for one use only. */
        record Refresh(String refreshToken) implements Grant {
            @Override
            public String toString() {
                return "Refresh[***]";
            }
        }

        /** The application itself; on Core such a token has no user and no scope and is useless for devices. */
        record ClientCredentials() implements Grant {}
    }

    /** What came of asking. */
    sealed interface Issue {
        record Issued(AccessToken token) implements Issue {}

        /** No; {@code code} is OAuth's ({@code invalid_grant}), and asking again will not help. */
        record Refused(String code, String description) implements Issue {}

        /** Not now, or an answer that makes no sense. */
        record Unavailable(String reason) implements Issue {}
    }

    /** What is known of a token. */
    sealed interface Info {
        record Alive(String grantType, String username, List<String> scopes, Instant createdAt, Duration expiresIn)
                implements Info {
            /** Without the user's name. */
            @Override
            public String toString() {
                return "Alive[" + grantType + ", scopes=" + scopes + ", createdAt=" + createdAt + "]";
            }
        }

        /** The issuer does not know it: never issued, expired, or revoked. Looks like a server fault on Core. */
        record Unknown() implements Info {}

        record Unavailable(String reason) implements Info {}
    }

    /** What came of revoking. */
    sealed interface Revocation {
        record Answered() implements Revocation {}

        record Unavailable(String reason) implements Revocation {}
    }
}
