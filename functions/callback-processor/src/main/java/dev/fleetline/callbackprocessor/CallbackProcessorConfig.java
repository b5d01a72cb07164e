package dev.fleetline.callbackprocessor;

import static java.util.Objects.requireNonNull;

import dev.fleetline.device.HealthSettings;
import dev.fleetline.healthsettings.HealthSettingsReader;
import dev.fleetline.lambda.Settings;

/**
 * The settings of callback-processor.
 *
 * @param health the numbers by which devices are judged
 * @param runbooks address under which the runbook of each condition is found
 */
record CallbackProcessorConfig(
        Stores stores, String busName, String deadLetterQueueUrl, HealthSettings health, String runbooks) {

    CallbackProcessorConfig {
        requireNonNull(stores, "stores");
        requireNonNull(busName, "busName");
        requireNonNull(deadLetterQueueUrl, "deadLetterQueueUrl");
        requireNonNull(health, "health");
        requireNonNull(runbooks, "runbooks");
    }

    /** The tables that it works on. */
    record Stores(
            String devices,
            String identities,
            String callbacks,
            String alerts,
            String history,
            String outbox,
            String claims) {}

    static CallbackProcessorConfig from(Settings settings) {
        return new CallbackProcessorConfig(
                new Stores(
                        settings.text("DEVICES_TABLE"),
                        settings.text("IDENTITIES_TABLE"),
                        settings.text("CALLBACKS_TABLE"),
                        settings.text("ALERTS_TABLE"),
                        settings.text("HISTORY_TABLE"),
                        settings.text("OUTBOX_TABLE"),
                        settings.text("CLAIMS_TABLE")),
                settings.text("BUS_NAME"),
                settings.address("DEAD_LETTER_QUEUE_URL").toString(),
                health(settings),
                settings.address("RUNBOOKS_URL").toString());
    }

    private static HealthSettings health(Settings settings) {
        return new HealthSettingsReader(settings)
                .number("BATTERY_WARNING")
                .number("BATTERY_CRITICAL")
                .duration("REPORTING_INTERVAL")
                .number("SLACK_PERCENT")
                .optional("HEALTH_SETTINGS");
    }
}
