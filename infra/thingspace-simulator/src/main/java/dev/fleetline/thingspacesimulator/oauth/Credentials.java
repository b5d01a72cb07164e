package dev.fleetline.thingspacesimulator.oauth;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.thingspacesimulator.web.Json;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * The made-up clients and user that the simulator accepts. They are the same in every run and open nothing anywhere else,
 * so the control API hands them out.
 */
public final class Credentials {

    static final String CORE_CLIENT_ID = "11111111-1111-4111-8111-111111111111";
    static final URI CORE_REDIRECT_URI = URI.create("https://app.example.test/oauth2/callback");
    static final String CORE_USERNAME = "operator@example.test";

    private static final String CORE_CLIENT_SECRET = "22222222-2222-4222-8222-222222222222";

    private Credentials() {}

    /** Whether {@code authorization} is Core's client, by the Basic scheme. */
    static boolean isCoreClient(Optional<String> authorization) {
        String pair = CORE_CLIENT_ID + ":" + CORE_CLIENT_SECRET;
        String expected = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
        return authorization
                .filter(header -> header.regionMatches(true, 0, "Basic ", 0, 6))
                .map(header -> header.substring(6).strip())
                .filter(expected::equals)
                .isPresent();
    }

    /** All of them, those of the worlds to come included, so that a deployment can be set up once. */
    public static ObjectNode toJson() {
        ObjectNode all = Json.object();
        all.putObject("core")
                .put("clientId", CORE_CLIENT_ID)
                .put("clientSecret", CORE_CLIENT_SECRET)
                .put("redirectUri", CORE_REDIRECT_URI.toString());
        all.putObject("m2m")
                .put("clientId", "33333333-3333-4333-8333-333333333333")
                .put("clientSecret", "44444444-4444-4444-8444-444444444444")
                .put("username", "m2m-operator")
                .put("password", "made-up-password")
                .put("account", "0999000001-00001");
        all.putObject("edge")
                .put("clientId", "55555555-5555-4555-8555-555555555555")
                .put("clientSecret", "66666666-6666-4666-8666-666666666666");
        return all;
    }
}
