package dev.fleetline.onboardingreconciler;

import static java.util.Objects.requireNonNull;

import dev.fleetline.lambda.Settings;
import java.net.URI;
import java.time.Duration;

/**
 * What a deployment sets for this function.
 *
 * @param lineActionsPerDay how often one line may be changed on a day of UTC
 */
record OnboardingReconcilerConfig(Stores stores, String bus, Platforms platforms, int lineActionsPerDay) {

    OnboardingReconcilerConfig {
        requireNonNull(stores, "stores");
        requireNonNull(bus, "bus");
        requireNonNull(platforms, "platforms");
    }

    /** Tables. */
    record Stores(String devices, String identities, String history, String outbox) {}

    /** The carrier's platforms, and how long one call may take. */
    record Platforms(Platform core, Duration timeout) {

        /** How long one device may take: two calls, each asked once more with a new token and a wait before that. */
        Duration device() {
            return timeout.multipliedBy(5);
        }
    }

    /** Where one is, and the name of its token's secret. */
    record Platform(URI url, String tokenSecret) {}

    static OnboardingReconcilerConfig from(Settings settings) {
        return new OnboardingReconcilerConfig(
                new Stores(
                        settings.text("DEVICES_TABLE"),
                        settings.text("IDENTITIES_TABLE"),
                        settings.text("HISTORY_TABLE"),
                        settings.text("OUTBOX_TABLE")),
                settings.text("BUS_NAME"),
                new Platforms(
                        new Platform(settings.address("THINGSPACE_CORE_URL"), settings.text("CORE_TOKEN_SECRET")),
                        settings.duration("CARRIER_TIMEOUT", Duration.ofSeconds(3), Duration.ofSeconds(20))),
                settings.number("LINE_ACTIONS_PER_DAY", 1, 50));
    }
}
