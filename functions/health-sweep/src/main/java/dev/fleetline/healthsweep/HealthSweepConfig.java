package dev.fleetline.healthsweep;

import static java.util.Objects.requireNonNull;

import dev.fleetline.device.HealthSettings;
import dev.fleetline.healthsettings.HealthSettingsReader;
import dev.fleetline.lambda.Settings;

/**
 * What a deployment sets for this function.
 *
 * @param runbooks the address under which {@code <CONDITION>.md} is found
 * @param pageSize how many devices are read at once
 */
record HealthSweepConfig(
        String devicesTable,
        String alertsTable,
        String historyTable,
        String outboxTable,
        String claimsTable,
        String busName,
        String runbooks,
        HealthSettings health,
        int pageSize) {

    HealthSweepConfig {
        requireNonNull(health, "health");
        if (pageSize < 1 || pageSize > 500) {
            throw new IllegalArgumentException("pageSize must be from 1 to 500: " + pageSize);
        }
    }

    static HealthSweepConfig from(Settings settings) {
        return new HealthSweepConfig(
                settings.text("DEVICES_TABLE"),
                settings.text("ALERTS_TABLE"),
                settings.text("HISTORY_TABLE"),
                settings.text("OUTBOX_TABLE"),
                settings.text("CLAIMS_TABLE"),
                settings.text("BUS_NAME"),
                settings.address("RUNBOOKS_URL").toString().replaceAll("/+$", ""),
                health(settings),
                settings.number("PAGE_SIZE", 1, 500));
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
