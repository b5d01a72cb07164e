package dev.fleetline.callbackreplay;

import static java.util.Objects.requireNonNull;

import dev.fleetline.callback.Intake;
import dev.fleetline.device.HealthSettings;
import dev.fleetline.device.Lines;
import dev.fleetline.lambda.Settings;
import java.time.Duration;
import java.util.Optional;

/**
 * The settings of callback-replay.
 *
 * @param health the fleet's lines and intervals
 * @param runbooks address under which the runbook of each condition is found
 * @param account whose messages are ours; empty when that is not looked at
 */
record CallbackReplayConfig(
        Stores stores, String busName, HealthSettings health, String runbooks, Optional<String> account) {

    private static final int BATTERY_CLEARS_BY = 5;

    CallbackReplayConfig {
        requireNonNull(stores, "stores");
        requireNonNull(busName, "busName");
        requireNonNull(health, "health");
        requireNonNull(runbooks, "runbooks");
        requireNonNull(account, "account");
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
                health(settings),
                settings.address("RUNBOOKS_URL").toString(),
                settings.optional("ACCOUNT"));
    }

    /** How bodies that were kept whole are taken apart, however much they hold. */
    Intake intake() {
        return new Intake(account, Integer.MAX_VALUE);
    }

    private static HealthSettings health(Settings settings) {
        double warning = settings.decimal("BATTERY_WARNING", 1, 95);
        double critical = settings.decimal("BATTERY_CRITICAL", 0, 94);
        if (critical >= warning) {
            throw settings.bad("BATTERY_CRITICAL", "is not under BATTERY_WARNING", "less than BATTERY_WARNING");
        }
        return new HealthSettings(
                new Lines(warning, critical, BATTERY_CLEARS_BY, true),
                HealthSettings.DEFAULTS.rsrp(),
                HealthSettings.DEFAULTS.rsrq(),
                settings.duration("REPORTING_INTERVAL", Duration.ofMinutes(5), Duration.ofDays(7)),
                settings.number("SLACK_PERCENT", 0, 100),
                "fleet");
    }
}
