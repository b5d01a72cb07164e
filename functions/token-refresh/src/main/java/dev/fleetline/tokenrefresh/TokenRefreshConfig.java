package dev.fleetline.tokenrefresh;

import dev.fleetline.lambda.Settings;
import java.net.URI;
import java.time.Duration;

/** The settings of token-refresh; each is bounded where it is read. */
record TokenRefreshConfig(
        String tokenSecret,
        String clientSecret,
        URI coreUrl,
        Duration renewBefore,
        Duration carrierTimeout,
        String busName,
        String outboxTable,
        String claimsTable) {

    static TokenRefreshConfig from(Settings settings) {
        return new TokenRefreshConfig(
                settings.text("CORE_TOKEN_SECRET"),
                settings.text("CORE_CLIENT_SECRET"),
                settings.address("THINGSPACE_CORE_URL"),
                settings.duration("RENEW_BEFORE", Duration.ofHours(1), Duration.ofDays(20)),
                settings.duration("CARRIER_TIMEOUT", Duration.ofSeconds(3), Duration.ofSeconds(20)),
                settings.text("BUS_NAME"),
                settings.text("OUTBOX_TABLE"),
                settings.text("CLAIMS_TABLE"));
    }
}
