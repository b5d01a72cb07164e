package dev.fleetline.bulkonboarding;

import static java.util.Objects.requireNonNull;

import dev.fleetline.lambda.Settings;
import dev.fleetline.onboarding.OrderRules;

/** What a deployment sets for this function. */
record BulkOnboardingConfig(Stores stores, String busName, Defaults defaults) {

    BulkOnboardingConfig {
        requireNonNull(stores, "stores");
        requireNonNull(busName, "busName");
        requireNonNull(defaults, "defaults");
    }

    /** The bucket of the files, and tables. */
    record Stores(String files, String devices, String identities, String outbox) {}

    /** For rows that do not say. */
    record Defaults(String account, String carrier) {}

    static BulkOnboardingConfig from(Settings settings) {
        return new BulkOnboardingConfig(
                new Stores(
                        settings.text("FILES_BUCKET"),
                        settings.text("DEVICES_TABLE"),
                        settings.text("IDENTITIES_TABLE"),
                        settings.text("OUTBOX_TABLE")),
                settings.text("BUS_NAME"),
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
