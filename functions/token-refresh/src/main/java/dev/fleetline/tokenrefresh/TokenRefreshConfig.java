package dev.fleetline.tokenrefresh;

import dev.fleetline.lambda.Settings;
import dev.fleetline.tokens.EdgeAccess;
import java.net.URI;
import java.time.Duration;

/** The settings of token-refresh; each is bounded where it is read. */
record TokenRefreshConfig(
        Core core,
        M2m m2m,
        Edge edge,
        Duration carrierTimeout,
        String busName,
        String outboxTable,
        String claimsTable) {

    /**
     * Realm Core.
     *
     * @param revokesReplaced whether a token that was replaced is taken back
     */
    record Core(String tokenSecret, String clientSecret, URI url, Duration renewBefore, boolean revokesReplaced) {}

    /**
     * Realm M2M.
     *
     * @param account whose listeners are listed to prove a session
     */
    record M2m(String tokenSecret, String clientSecret, String userSecret, URI url, String account) {}

    /** Realm 5G Edge. */
    record Edge(String tokenSecret, String clientSecret, URI url, EdgeAccess access) {}

    static TokenRefreshConfig from(Settings settings) {
        return new TokenRefreshConfig(
                new Core(
                        settings.text("CORE_TOKEN_SECRET"),
                        settings.text("CORE_CLIENT_SECRET"),
                        settings.address("THINGSPACE_CORE_URL"),
                        settings.duration("RENEW_BEFORE", Duration.ofHours(1), Duration.ofDays(20)),
                        settings.flag("REVOKE_REPLACED")),
                new M2m(
                        settings.text("M2M_TOKEN_SECRET"),
                        settings.text("M2M_CLIENT_SECRET"),
                        settings.text("M2M_USER_SECRET"),
                        settings.address("THINGSPACE_M2M_URL"),
                        settings.text("ACCOUNT")),
                new Edge(
                        settings.text("EDGE_TOKEN_SECRET"),
                        settings.text("EDGE_CLIENT_SECRET"),
                        settings.address("THINGSPACE_EDGE_URL"),
                        edgeAccess(settings)),
                settings.duration("CARRIER_TIMEOUT", Duration.ofSeconds(3), Duration.ofSeconds(20)),
                settings.text("BUS_NAME"),
                settings.text("OUTBOX_TABLE"),
                settings.text("CLAIMS_TABLE"));
    }

    private static EdgeAccess edgeAccess(Settings settings) {
        return switch (settings.text("EDGE_ACCESS")) {
            case "full" -> EdgeAccess.FULL;
            case "limited" -> EdgeAccess.LIMITED;
            default -> throw settings.bad("EDGE_ACCESS", "is out of bounds", "full or limited");
        };
    }
}
