package dev.fleetline.tokens;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A token with everything that is known of it.
 *
 * @param refreshToken what renews it without a person, where the realm gave one
 * @param sessionToken the session of a user that is shown beside it, where the realm has such
 * @param obtainedAt when it was answered
 * @param expiresIn its life from then on, as answered and never from a constant
 */
public record AccessToken(
        String accessToken,
        Optional<String> refreshToken,
        Optional<String> sessionToken,
        List<String> scopes,
        Instant obtainedAt,
        Duration expiresIn) {

    public AccessToken {
        requireNonNull(obtainedAt, "obtainedAt");
        scopes = List.copyOf(scopes);
        if (accessToken.isBlank()) {
            throw new IllegalArgumentException("accessToken is empty");
        }
        if (!expiresIn.isPositive()) {
            throw new IllegalArgumentException("expiresIn must be more than 0: " + expiresIn);
        }
    }

    /** A token of a realm without sessions, or whose session is still to be opened. */
    public AccessToken(
            String accessToken,
            Optional<String> refreshToken,
            List<String> scopes,
            Instant obtainedAt,
            Duration expiresIn) {
        this(accessToken, refreshToken, Optional.empty(), scopes, obtainedAt, expiresIn);
    }

    /** The same token beside this session. */
    public AccessToken with(Optional<String> session) {
        return new AccessToken(accessToken, refreshToken, session, scopes, obtainedAt, expiresIn);
    }

    public Instant expiresAt() {
        return obtainedAt.plus(expiresIn);
    }

    public boolean isExpired(Instant now) {
        return !now.isBefore(expiresAt());
    }

    /** Without any secret. */
    @Override
    public String toString() {
        return "AccessToken[***, scopes=" + scopes + ", expiresAt=" + expiresAt() + "]";
    }
}
