package dev.fleetline.thingspacesimulator.oauth;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A bearer token of the Core world.
 *
 * @param scopes empty when nobody granted any: then the token is good for no device
 */
record AccessToken(String value, Grant grant, List<String> scopes, Instant issuedAt) {

    /** 2592000 s, always the full time: a request inside it brings another token. */
    static final Duration LIFETIME = Duration.ofDays(30);

    AccessToken {
        scopes = List.copyOf(scopes);
    }

    boolean isLiveAt(Instant time) {
        return time.isBefore(issuedAt.plus(LIFETIME));
    }

    @Override
    public String toString() {
        return "AccessToken[***, " + grant + ", " + scopes + ", " + issuedAt + "]";
    }
}
