package dev.fleetline.streamsubscription;

import dev.fleetline.lambda.Settings;
import dev.fleetline.streamsubscription.WantedSetup.Frame;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The settings of stream-subscription; each is bounded where it is read.
 *
 * @param frame where we are called, by which kinds of events, and by which services
 * @param from which platform streams
 * @param silentAfter for how long a stream may be silent whatever its habits
 */
record StreamSubscriptionConfig(
        Frame frame, From from, Worlds worlds, Kept kept, Secrets secrets, Duration silentAfter) {

    private static final String NO_NAMES = "is no list of names";
    private static final String NAMES = "names with a comma between two";

    /** The services that sign, and that {@link SignatureDesk} knows how to register. */
    private static final Set<String> SIGNERS = Set.of("Diagnostics", "Location", "DeviceLocation");

    /** Which platform streams; the other one is left alone. */
    enum From {
        CORE,
        CLOUD_CONNECTOR
    }

    /**
     * The platform's two worlds.
     *
     * @param keyHeader in which the answer to a registration has the key that its callbacks are signed with
     */
    record Worlds(Platform core, Platform m2m, String account, Duration timeout, String keyHeader) {}

    /** Where one is, and the secret that its token is in. */
    record Platform(URI url, String tokenSecret) {}

    /** The names of secrets: of what the platform shows us, and of what it signs with. */
    record Secrets(String callback, String signingKeys) {}

    /** The tables, and the bus that events go to. */
    record Kept(String claimsTable, String outboxTable, String bus) {}

    /** The host that we are called at, with a port where it is not the usual one. */
    String callbackHost() {
        return frame.callbackUrl().getAuthority();
    }

    static StreamSubscriptionConfig from(Settings settings) {
        return new StreamSubscriptionConfig(
                new Frame(
                        settings.address("CALLBACK_URL"),
                        names(settings.text("STREAM_KINDS"))
                                .orElseThrow(() -> settings.bad("STREAM_KINDS", NO_NAMES, NAMES)),
                        names(settings.optional("CALLBACK_SERVICES").orElse(""))
                                .orElseThrow(() -> settings.bad("CALLBACK_SERVICES", NO_NAMES, NAMES)),
                        names(settings.optional("SIGNING_SERVICES").orElse(""))
                                .filter(SIGNERS::containsAll)
                                .orElseThrow(() -> settings.bad(
                                        "SIGNING_SERVICES",
                                        "names a service that does not sign",
                                        "Diagnostics, Location, DeviceLocation, or nothing"))),
                switch (settings.text("STREAM_FROM")) {
                    case "core" -> From.CORE;
                    case "cloud-connector" -> From.CLOUD_CONNECTOR;
                    default -> throw settings.bad("STREAM_FROM", "is no platform", "core or cloud-connector");
                },
                new Worlds(
                        new Platform(settings.address("THINGSPACE_CORE_URL"), settings.text("CORE_TOKEN_SECRET")),
                        new Platform(settings.address("THINGSPACE_M2M_URL"), settings.text("M2M_TOKEN_SECRET")),
                        settings.text("ACCOUNT"),
                        settings.duration("CARRIER_TIMEOUT", Duration.ofSeconds(3), Duration.ofSeconds(20)),
                        header(settings)),
                new Kept(settings.text("CLAIMS_TABLE"), settings.text("OUTBOX_TABLE"), settings.text("BUS_NAME")),
                new Secrets(settings.text("CALLBACK_SECRET"), settings.text("CALLBACK_HMAC_SECRET")),
                settings.duration("SILENT_AFTER", Duration.ofMinutes(15), Duration.ofDays(7)));
    }

    private static String header(Settings settings) {
        String header = settings.text("SIGNING_KEY_HEADER").strip();
        if (!header.matches("[A-Za-z0-9-]{1,64}")) {
            throw settings.bad(
                    "SIGNING_KEY_HEADER", "is no header", "the name of a header: letters, digits and hyphens");
        }
        return header;
    }

    /** Names with commas between them; none in an empty text. */
    private static Optional<List<String>> names(String text) {
        if (text.isBlank()) {
            return Optional.of(List.of());
        }
        List<String> names = Stream.of(text.split(",", -1)).map(String::strip).toList();
        return Optional.of(names).filter(all -> all.stream().allMatch(name -> name.matches("[A-Za-z0-9.]{1,60}")));
    }
}
