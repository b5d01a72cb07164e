package dev.fleetline.alertdesk;

import dev.fleetline.device.HealthSettings;
import dev.fleetline.device.Lines;
import dev.fleetline.lambda.Settings;
import java.time.Duration;

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
