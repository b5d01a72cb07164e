package dev.fleetline.callbackreceiver;

import static java.util.Objects.requireNonNull;

import dev.fleetline.callback.Intake;
import dev.fleetline.lambda.Settings;
import java.util.Locale;
import java.util.Optional;

/**
 * The settings of callback-receiver.
 *
 * @param callbackSecret the secret that holds the stream key and the login
 * @param hmacSecret the secret that holds the keys of services that sign
 * @param maxBodyBytes how large a body may be
 * @param maxEvents how many messages of one body are taken apart
 * @param account whose messages are ours; empty when that is not looked at
 * @param headers the names of the headers in which senders show themselves
 * @param sources from where anybody may call
 */
record CallbackReceiverConfig(
        String callbacksTable,
        String callbackSecret,
        String hmacSecret,
        int maxBodyBytes,
        int maxEvents,
        Optional<String> account,
        Headers headers,
        SourceAddresses sources) {

    /** What still fits into one item of the table when it grows by half, the most that keeping it whole makes of it. */
    private static final int MOST = 262_144;

    /** So many puts fit into the time that a sender waits. */
    private static final int MOST_EVENTS = 500;

    /** Names of headers, in lower case. */
    record Headers(String streamKey, String hmac) {
        Headers {
            requireHeaderName(streamKey);
            requireHeaderName(hmac);
        }

        private static void requireHeaderName(String name) {
            if (!name.matches("[a-z0-9-]{1,64}")) {
                throw new IllegalArgumentException("no name of a header: " + name);
            }
        }
    }

    CallbackReceiverConfig {
        requireNonNull(callbacksTable, "callbacksTable");
        requireNonNull(callbackSecret, "callbackSecret");
        requireNonNull(hmacSecret, "hmacSecret");
        requireNonNull(account, "account");
        requireNonNull(headers, "headers");
        requireNonNull(sources, "sources");
        if (maxBodyBytes < 1 || maxBodyBytes > MOST) {
            throw new IllegalArgumentException("maxBodyBytes must be 1 to " + MOST + ": " + maxBodyBytes);
        }
        if (maxEvents < 1 || maxEvents > MOST_EVENTS) {
            throw new IllegalArgumentException("maxEvents must be 1 to " + MOST_EVENTS + ": " + maxEvents);
        }
    }

    static CallbackReceiverConfig from(Settings settings) {
        return new CallbackReceiverConfig(
                settings.text("CALLBACKS_TABLE"),
                settings.text("CALLBACK_SECRET"),
                settings.text("CALLBACK_HMAC_SECRET"),
                settings.number("MAX_BODY_BYTES", 1, MOST),
                settings.number("MAX_EVENTS_PER_BODY", 1, MOST_EVENTS),
                settings.optional("ACCOUNT"),
                new Headers(
                        header(settings, "STREAM_KEY_HEADER", settings.text("STREAM_KEY_HEADER")),
                        header(settings, "HMAC_HEADER", settings.text("HMAC_HEADER"))),
                sources(settings));
    }

    /** How bodies are taken apart. */
    Intake intake() {
        return new Intake(account, maxEvents);
    }

    private static String header(Settings settings, String name, String text) {
        String header = text.strip().toLowerCase(Locale.ROOT);
        if (!header.matches("[a-z0-9-]{1,64}")) {
            throw settings.bad(name, "is no header", "the name of a header: letters, digits and hyphens");
        }
        return header;
    }

    private static SourceAddresses sources(Settings settings) {
        try {
            return SourceAddresses.parse(settings.optional("SOURCE_ADDRESSES").orElse(""));
        } catch (IllegalArgumentException e) {
            throw settings.bad("SOURCE_ADDRESSES", "is no list of address blocks", SourceAddresses.FORM);
        }
    }
}
