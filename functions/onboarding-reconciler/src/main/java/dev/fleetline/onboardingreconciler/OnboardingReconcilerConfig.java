package dev.fleetline.onboardingreconciler;

import static java.util.Objects.requireNonNull;

import dev.fleetline.lambda.Settings;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

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

    /** The carrier's platforms, M2M where this deployment speaks to it, and how long one call may take. */
    record Platforms(World core, Optional<World> m2m, Duration timeout) {

        /** How long one device may take: two calls, each asked once more with a new token and a wait before that. */
        Duration device() {
            return timeout.multipliedBy(5);
        }
    }

    /** Where a platform is, and the name of its token's secret. */
    record World(URI url, String tokenSecret) {}

    static OnboardingReconcilerConfig from(Settings settings) {
        return new OnboardingReconcilerConfig(
                new Stores(
                        settings.text("DEVICES_TABLE"),
                        settings.text("IDENTITIES_TABLE"),
                        settings.text("HISTORY_TABLE"),
                        settings.text("OUTBOX_TABLE")),
                settings.text("BUS_NAME"),
                new Platforms(
                        new World(settings.address("THINGSPACE_CORE_URL"), settings.text("CORE_TOKEN_SECRET")),
                        m2m(settings),
                        settings.duration("CARRIER_TIMEOUT", Duration.ofSeconds(3), Duration.ofSeconds(20))),
                settings.number("LINE_ACTIONS_PER_DAY", 1, 50));
    }

    /** With its address it wants its token too. */
    private static Optional<World> m2m(Settings settings) {
        return settings.optional("THINGSPACE_M2M_URL")
                .map(_ -> new World(settings.address("THINGSPACE_M2M_URL"), settings.text("M2M_TOKEN_SECRET")));
    }
}
