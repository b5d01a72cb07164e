package dev.fleetline.tokens;

import java.net.URI;
import java.util.Optional;

/** How the application names itself to a realm; put into the secret by people. */
public record ClientCredentials(String clientId, String clientSecret, Optional<URI> redirectUri) {

    public ClientCredentials {
        if (clientId.isBlank()) {
            throw new IllegalArgumentException("clientId is empty");
        }
        if (clientSecret.isBlank()) {
            throw new IllegalArgumentException("clientSecret is empty");
        }
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "ClientCredentials[***]";
    }
}
