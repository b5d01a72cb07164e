package dev.fleetline.callbacksecretrotation;

import dev.fleetline.lambda.Settings;
import java.net.URI;
import java.time.Duration;

/**
 * The settings of callback-secret-rotation; each is bounded where it is read.
 *
 * @param callbackHost where the platform calls us: what it sends there is ours, and may be changed
 * @param gapDevices how many devices are asked for what they reported while no subscription was there
 */
record CallbackSecretRotationConfig(
        String callbackSecret,
        String callbackHost,
        Platform core,
        Platform m2m,
        String account,
        Kept kept,
        int gapDevices) {

    /** A world of the platform: where it is, the secret that its token is in, how long an answer may take. */
    record Platform(URI url, String tokenSecret, Duration timeout) {}

    /** The tables, and the bus that events go to. */
    record Kept(String devicesTable, String callbacksTable, String claimsTable, String outboxTable, String bus) {}

    static CallbackSecretRotationConfig from(Settings settings) {
        Duration timeout = settings.duration("CARRIER_TIMEOUT", Duration.ofSeconds(3), Duration.ofSeconds(20));
        return new CallbackSecretRotationConfig(
                settings.text("CALLBACK_SECRET"),
                settings.text("CALLBACK_HOST"),
                new Platform(settings.address("THINGSPACE_CORE_URL"), settings.text("CORE_TOKEN_SECRET"), timeout),
                new Platform(settings.address("THINGSPACE_M2M_URL"), settings.text("M2M_TOKEN_SECRET"), timeout),
                settings.text("ACCOUNT"),
                new Kept(
                        settings.text("DEVICES_TABLE"),
                        settings.text("CALLBACKS_TABLE"),
                        settings.text("CLAIMS_TABLE"),
                        settings.text("OUTBOX_TABLE"),
                        settings.text("BUS_NAME")),
                settings.number("GAP_DEVICES", 1, 5_000));
    }
}
