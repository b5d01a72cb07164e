package dev.fleetline.thingspacesimulator.oauth;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a user consented to, to be exchanged once.
 *
 * @param redirectUri the address that the request named, if it named one; the exchange must name the same
 */
record AuthorizationCode(List<String> scopes, Optional<String> redirectUri, Instant issuedAt) {

    /** "Short-lived" is all that is known of the platform; this is what RFC 6749 advises at most. */
    private static final Duration LIFETIME = Duration.ofMinutes(10);

    AuthorizationCode {
        scopes = List.copyOf(scopes);
    }

    boolean isLiveAt(Instant time) {
        return time.isBefore(issuedAt.plus(LIFETIME));
    }
}
