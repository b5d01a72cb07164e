package dev.fleetline.thingspacesimulator.oauth;

import java.util.Arrays;
import java.util.Optional;

/** The ways to a Core token. */
enum Grant {
    AUTHORIZATION_CODE("authorization_code"),
    REFRESH_TOKEN("refresh_token"),
    CLIENT_CREDENTIALS("client_credentials");

    private final String spelling;

    Grant(String spelling) {
        this.spelling = spelling;
    }

    static Optional<Grant> spelled(String text) {
        return Arrays.stream(values())
                .filter(grant -> grant.spelling.equals(text))
                .findFirst();
    }

    String spelling() {
        return spelling;
    }
}
