package dev.fleetline.deviceonboarding;

import static java.util.Objects.requireNonNull;

import dev.fleetline.lambda.Settings;
import dev.fleetline.onboarding.OrderRules;
import java.net.URI;
import java.time.Duration;

/** What a deployment sets for this function. */
record DeviceOnboardingConfig(Stores stores, Channels channels, Platform platform, Defaults defaults) {

    DeviceOnboardingConfig {
        requireNonNull(stores, "stores");
        requireNonNull(channels, "channels");
        requireNonNull(platform, "platform");
        requireNonNull(defaults, "defaults");
    }

    /** Tables. */
    record Stores(String devices, String identities, String history, String outbox) {}

    /** Where messages come from and go to. */
    record Channels(String bus, String queueUrl, String deadLetterQueueUrl) {}

    /** The carrier's platform: where it is, the name of its token's secret, and how long one call may take. */
    record Platform(URI coreUrl, String tokenSecret, Duration timeout) {

        /** How long a try may take from storing ACTIVATING to the end of its call: two calls and a wait between. */
        Duration flight() {
            return timeout.multipliedBy(3);
        }

        /** How long a whole order may take: a look, a registration, a second look, an activation and a look at it. */
        Duration order() {
            return timeout.multipliedBy(5);
        }
    }

    /** For orders that do not say. */
    record Defaults(String account, String carrier) {}

    static DeviceOnboardingConfig from(Settings settings) {
        return new DeviceOnboardingConfig(
                new Stores(
                        settings.text("DEVICES_TABLE"),
                        settings.text("IDENTITIES_TABLE"),
                        settings.text("HISTORY_TABLE"),
                        settings.text("OUTBOX_TABLE")),
                new Channels(
                        settings.text("BUS_NAME"), settings.text("QUEUE_URL"), settings.text("DEAD_LETTER_QUEUE_URL")),
                new Platform(
                        settings.address("THINGSPACE_CORE_URL"),
                        settings.text("CORE_TOKEN_SECRET"),
                        settings.duration("CARRIER_TIMEOUT", Duration.ofSeconds(3), Duration.ofSeconds(20))),
                new Defaults(settings.text("ACCOUNT"), carrier(settings)));
    }

    private static String carrier(Settings settings) {
        String carrier = settings.text("CARRIER");
        if (!OrderRules.CARRIERS.contains(carrier)) {
            throw settings.bad("CARRIER", "is unknown", "one of " + OrderRules.CARRIERS);
        }
        return carrier;
    }
}
