package dev.fleetline.tokenauthorization;

import dev.fleetline.lambda.Settings;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** The settings of token-authorization; each is bounded where it is read. */
record TokenAuthorizationConfig(
        String tokenSecret,
        String clientSecret,
        URI coreUrl,
        Duration carrierTimeout,
        List<String> scopes,
        String busName,
        String outboxTable,
        String claimsTable) {

    /** A person waits, and the HTTP API gives up after 30 seconds: two calls must fit into that. */
    static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    TokenAuthorizationConfig {
        scopes = List.copyOf(scopes);
        if (carrierTimeout.compareTo(LONGEST_WAIT) > 0) {
            carrierTimeout = LONGEST_WAIT;
        }
    }

    static TokenAuthorizationConfig from(Settings settings) {
        return new TokenAuthorizationConfig(
                settings.text("CORE_TOKEN_SECRET"),
                settings.text("CORE_CLIENT_SECRET"),
                settings.address("THINGSPACE_CORE_URL"),
                settings.duration("CARRIER_TIMEOUT", Duration.ofSeconds(3), Duration.ofSeconds(20)),
                Scopes.in(settings.text("AUTHORIZE_SCOPES"))
                        .orElseThrow(() -> settings.bad("AUTHORIZE_SCOPES", "is out of bounds", Scopes.BOUND)),
                settings.text("BUS_NAME"),
                settings.text("OUTBOX_TABLE"),
                settings.text("CLAIMS_TABLE"));
    }
}
