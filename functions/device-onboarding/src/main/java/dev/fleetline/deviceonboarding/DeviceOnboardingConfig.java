package dev.fleetline.deviceonboarding;

import static java.util.Objects.requireNonNull;

import dev.fleetline.lambda.Settings;
import dev.fleetline.onboarding.OrderRules.Admitted;
import dev.fleetline.onboarding.OrderRules.Defaults;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What a deployment sets for this function. */
record DeviceOnboardingConfig(Stores stores, Channels channels, Platform platform, Orders orders) {

    private static final String CORE = "core";
    private static final String M2M = "m2m";

    DeviceOnboardingConfig {
        requireNonNull(stores, "stores");
        requireNonNull(channels, "channels");
        requireNonNull(platform, "platform");
        requireNonNull(orders, "orders");
    }

    /** Tables. */
    record Stores(String devices, String identities, String history, String outbox, String claims) {}

    /** Where messages come from and go to. */
    record Channels(String bus, String queueUrl, String deadLetterQueueUrl) {}

    /** The carrier's platforms, M2M where this deployment speaks to it, and how long one call may take. */
    record Platform(World core, Optional<World> m2m, Duration timeout) {

        /** How long a try may take from storing ACTIVATING to the end of its call: two calls and a wait between. */
        Duration flight() {
            return timeout.multipliedBy(3);
        }

        /** How long a whole order may take: a look, a registration, a second look, an activation and a look at it. */
        Duration order() {
            return timeout.multipliedBy(5);
        }
    }

    /** Where a platform is, and the name of its token's secret. */
    record World(URI url, String tokenSecret) {}

    /** What orders are held to, and how often a line may be changed on a day. */
    record Orders(Defaults defaults, Admitted admitted, int lineActionsPerDay) {}

    static DeviceOnboardingConfig from(Settings settings) {
        Platform platform = new Platform(
                new World(settings.address("THINGSPACE_CORE_URL"), settings.text("CORE_TOKEN_SECRET")),
                m2m(settings),
                settings.duration("CARRIER_TIMEOUT", Duration.ofSeconds(3), Duration.ofSeconds(20)));
        Set<String> carriers = platform.m2m().isPresent() ? Set.of(CORE, M2M) : Set.of(CORE);
        return new DeviceOnboardingConfig(
                new Stores(
                        settings.text("DEVICES_TABLE"),
                        settings.text("IDENTITIES_TABLE"),
                        settings.text("HISTORY_TABLE"),
                        settings.text("OUTBOX_TABLE"),
                        settings.text("CLAIMS_TABLE")),
                new Channels(
                        settings.text("BUS_NAME"), settings.text("QUEUE_URL"), settings.text("DEAD_LETTER_QUEUE_URL")),
                platform,
                new Orders(
                        new Defaults(
                                settings.text("ACCOUNT"), carrier(settings, carriers), plan(settings), zip(settings)),
                        new Admitted(
                                carriers,
                                settings.list("ICCID_ISSUERS", "89[0-9]{1,10}", "beginnings of ICCIDs, as in 891480"),
                                settings.list("ADMITTED_TACS", "[0-9]{8}", "numbers of eight digits")),
                        settings.number("LINE_ACTIONS_PER_DAY", 1, 50)));
    }

    /** With its address it wants its token too. */
    private static Optional<World> m2m(Settings settings) {
        return settings.optional("THINGSPACE_M2M_URL")
                .map(_ -> new World(settings.address("THINGSPACE_M2M_URL"), settings.text("M2M_TOKEN_SECRET")));
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
