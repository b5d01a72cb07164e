package dev.fleetline.callbackreceiver;

import static java.util.Objects.requireNonNull;

import dev.fleetline.lambda.Settings;

/**
 * The settings of callback-receiver.
 *
 * @param callbackSecret the secret that holds the stream key
 * @param maxBodyBytes how large a delivery may be
 */
record CallbackReceiverConfig(String callbacksTable, String callbackSecret, int maxBodyBytes) {

    /** What still fits into one item of the table when it has to be kept in Base64. */
    private static final int MOST = 262_144;

    CallbackReceiverConfig {
        requireNonNull(callbacksTable, "callbacksTable");
        requireNonNull(callbackSecret, "callbackSecret");
        if (maxBodyBytes < 1 || maxBodyBytes > MOST) {
            throw new IllegalArgumentException("maxBodyBytes must be 1 to " + MOST + ": " + maxBodyBytes);
        }
    }

    static CallbackReceiverConfig from(Settings settings) {
        return new CallbackReceiverConfig(
                settings.text("CALLBACKS_TABLE"),
                settings.text("CALLBACK_SECRET"),
                settings.number("MAX_BODY_BYTES", 1, MOST));
    }
}
