package dev.fleetline.healthsweep;

import static java.util.Objects.requireNonNull;

import dev.fleetline.device.HealthSettings;
import dev.fleetline.device.Lines;
import dev.fleetline.lambda.Settings;
import java.time.Duration;

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
        double warning = settings.decimal("BATTERY_WARNING", 1, 95);
        double critical = settings.decimal("BATTERY_CRITICAL", 0, 94);
        if (critical >= warning) {
            throw settings.bad("BATTERY_CRITICAL", "is out of bounds", "a number under BATTERY_WARNING");
        }
        HealthSettings usual = HealthSettings.DEFAULTS;
        return new HealthSettings(
                new Lines(
                        warning,
                        critical,
                        usual.battery().clearBy(),
                        usual.battery().inclusive()),
                usual.rsrp(),
                usual.rsrq(),
                settings.duration("REPORTING_INTERVAL", Duration.ofMinutes(5), Duration.ofDays(7)),
                settings.number("SLACK_PERCENT", 0, 100),
                usual.origin());
    }
}
