package dev.fleetline.bulkonboarding;

import static java.util.Objects.requireNonNull;

import dev.fleetline.lambda.Settings;
import dev.fleetline.onboarding.OrderRules.Admitted;
import dev.fleetline.onboarding.OrderRules.Defaults;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What a deployment sets for this function. */
record BulkOnboardingConfig(Stores stores, String busName, Defaults defaults, Admitted admitted) {

    BulkOnboardingConfig {
        requireNonNull(stores, "stores");
        requireNonNull(busName, "busName");
        requireNonNull(defaults, "defaults");
        requireNonNull(admitted, "admitted");
    }

    /** The bucket of the files, and tables. */
    record Stores(String files, String devices, String identities, String outbox) {}

    static BulkOnboardingConfig from(Settings settings) {
        Set<String> carriers =
                settings.optional("THINGSPACE_M2M_URL").isPresent() ? Set.of("core", "m2m") : Set.of("core");
        return new BulkOnboardingConfig(
                new Stores(
                        settings.text("FILES_BUCKET"),
                        settings.text("DEVICES_TABLE"),
                        settings.text("IDENTITIES_TABLE"),
                        settings.text("OUTBOX_TABLE")),
                settings.text("BUS_NAME"),
                new Defaults(settings.text("ACCOUNT"), carrier(settings, carriers), plan(settings), zip(settings)),
                // as device-onboarding is set, so that no row is called good that it would refuse
                new Admitted(
                        carriers,
                        settings.list("ICCID_ISSUERS", "89[0-9]{1,10}", "beginnings of ICCIDs, as in 891480"),
                        settings.list("ADMITTED_TACS", "[0-9]{8}", "numbers of eight digits")));
    }

    private static String carrier(Settings settings, Set<String> carriers) {
        String carrier = settings.text("CARRIER");
        if (!carriers.contains(carrier)) {
            throw settings.bad("CARRIER", "is unknown", "one of " + new TreeSet<>(carriers));
        }
        return carrier;
    }

    private static Optional<String> plan(Settings settings) {
        return settings.optional(
                "SERVICE_PLAN",
                "[^'<\\\\]{1,256}",
                "has a character that the platform refuses, or is too long",
                "the code of a plan without apostrophe, backslash and angle bracket");
    }

    private static Optional<String> zip(Settings settings) {
        return settings.optional("ZIP", "[0-9]{5}", "is no ZIP code", "five digits, or nothing");
    }
}
