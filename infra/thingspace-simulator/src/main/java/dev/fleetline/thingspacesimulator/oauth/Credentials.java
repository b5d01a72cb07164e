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

    /** The user of the M2M sessions. */
    public static final String M2M_USERNAME = "m2m-operator";

    /** The password that the M2M user starts with. */
    public static final String M2M_FIRST_PASSWORD = "made-up-password";

    /** The billing account of all worlds. */
    public static final String ACCOUNT = "0999000001-00001";

    private static final String CORE_CLIENT_SECRET = "22222222-2222-4222-8222-222222222222";
    private static final String M2M_CLIENT_ID = "33333333-3333-4333-8333-333333333333";
    private static final String M2M_CLIENT_SECRET = "88888888-8888-4888-8888-888888888888";
    private static final String EDGE_CLIENT_ID = "55555555-5555-4555-8555-555555555555";
    private static final String EDGE_CLIENT_SECRET = "66666666-6666-4666-8666-666666666666";

    private Credentials() {}

    /** Whether {@code authorization} is Core's client, by the Basic scheme. */
    static boolean isCoreClient(Optional<String> authorization) {
        return isBasic(authorization, CORE_CLIENT_ID, CORE_CLIENT_SECRET);
    }

    /** Whether {@code authorization} is the M2M client, by the Basic scheme. */
    public static boolean isM2mClient(Optional<String> authorization) {
        return isBasic(authorization, M2M_CLIENT_ID, M2M_CLIENT_SECRET);
    }

    /** Whether {@code authorization} is the 5G Edge client, by the Basic scheme. */
    public static boolean isEdgeClient(Optional<String> authorization) {
        return isBasic(authorization, EDGE_CLIENT_ID, EDGE_CLIENT_SECRET);
    }

    private static boolean isBasic(Optional<String> authorization, String id, String secret) {
        String pair = id + ":" + secret;
        String expected = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
        return authorization
                .filter(header -> header.regionMatches(true, 0, "Basic ", 0, 6))
                .map(header -> header.substring(6).strip())
                .filter(expected::equals)
                .isPresent();
    }

    /**
     * All of them.
     *
     * @param m2mPassword the one password that can change
     */
    public static ObjectNode toJson(String m2mPassword) {
        ObjectNode all = Json.object();
        all.putObject("core")
                .put("clientId", CORE_CLIENT_ID)
                .put("clientSecret", CORE_CLIENT_SECRET)
                .put("redirectUri", CORE_REDIRECT_URI.toString());
        all.putObject("m2m")
                .put("clientId", M2M_CLIENT_ID)
                .put("clientSecret", M2M_CLIENT_SECRET)
                .put("username", M2M_USERNAME)
                .put("password", m2mPassword)
                .put("account", ACCOUNT);
        all.putObject("edge").put("clientId", EDGE_CLIENT_ID).put("clientSecret", EDGE_CLIENT_SECRET);
        return all;
    }
}
