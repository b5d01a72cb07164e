package dev.fleetline.alertdesk;

import dev.fleetline.device.HealthSettings;
import dev.fleetline.healthsettings.HealthSettingsReader;
import dev.fleetline.lambda.Settings;

/**
 * What a deployment sets for this function.
 *
 * @param runbooks the address under which {@code <CONDITION>.md} is found
 * @param health by which it is seen whether something still holds
 */
record AlertDeskConfig(
        Stores stores, String busName, String linksSecret, String account, String runbooks, HealthSettings health) {

    /** Tables. */
    record Stores(String devices, String alerts, String history, String outbox) {}

    static AlertDeskConfig from(Settings settings) {
        return new AlertDeskConfig(
                new Stores(
                        settings.text("DEVICES_TABLE"),
                        settings.text("ALERTS_TABLE"),
                        settings.text("HISTORY_TABLE"),
                        settings.text("OUTBOX_TABLE")),
                settings.text("BUS_NAME"),
                settings.text("ALERT_LINKS_SECRET"),
                settings.text("ACCOUNT"),
                settings.address("RUNBOOKS_URL").toString().replaceAll("/+$", ""),
                health(settings));
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
