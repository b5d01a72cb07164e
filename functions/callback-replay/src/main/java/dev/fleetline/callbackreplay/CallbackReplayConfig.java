package dev.fleetline.callbackreplay;

import static java.util.Objects.requireNonNull;

import dev.fleetline.callback.Accounts;
import dev.fleetline.device.HealthSettings;
import dev.fleetline.healthsettings.HealthSettingsReader;
import dev.fleetline.lambda.Settings;

/**
 * The settings of callback-replay.
 *
 * @param accounts whose messages are ours
 * @param health the numbers by which devices are judged
 * @param runbooks address under which the runbook of each condition is found
 */
record CallbackReplayConfig(Stores stores, String busName, Accounts accounts, HealthSettings health, String runbooks) {

    CallbackReplayConfig {
        requireNonNull(stores, "stores");
        requireNonNull(busName, "busName");
        requireNonNull(accounts, "accounts");
        requireNonNull(health, "health");
        requireNonNull(runbooks, "runbooks");
    }

    /** The tables that it works on. */
    record Stores(String devices, String identities, String callbacks, String alerts, String history, String outbox) {}

    static CallbackReplayConfig from(Settings settings) {
        return new CallbackReplayConfig(
                new Stores(
                        settings.text("DEVICES_TABLE"),
                        settings.text("IDENTITIES_TABLE"),
                        settings.text("CALLBACKS_TABLE"),
                        settings.text("ALERTS_TABLE"),
                        settings.text("HISTORY_TABLE"),
                        settings.text("OUTBOX_TABLE")),
                settings.text("BUS_NAME"),
                Accounts.of(settings.optional("ACCOUNT")),
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
