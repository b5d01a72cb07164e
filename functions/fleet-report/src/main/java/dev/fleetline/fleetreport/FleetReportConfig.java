package dev.fleetline.fleetreport;

import static java.util.Objects.requireNonNull;

import dev.fleetline.device.HealthNumbers;
import dev.fleetline.device.HealthSetting;
import dev.fleetline.fleetreport.FleetReport.Line;
import dev.fleetline.fleetreport.NightsCompared.JudgedBy;
import dev.fleetline.healthsettings.HealthSettingsReader;
import dev.fleetline.lambda.Settings;
import java.time.Period;
import java.util.List;

/**
 * What a deployment sets for this function.
 *
 * @param filesBucket where the passes' files are and reports are put
 * @param nextVisit how long it is, at the longest, until somebody can replace a battery
 * @param judgedBy the lines in the plots
 */
record FleetReportConfig(String filesBucket, Period nextVisit, JudgedBy judgedBy) {

    private static final int MOST_DAYS = 365;

    FleetReportConfig {
        requireNonNull(filesBucket, "filesBucket");
        requireNonNull(nextVisit, "nextVisit");
        requireNonNull(judgedBy, "judgedBy");
    }

    static FleetReportConfig from(Settings settings) {
        HealthNumbers fleet = new HealthSettingsReader(settings)
                .number("BATTERY_WARNING")
                .number("BATTERY_CRITICAL")
                .optional("HEALTH_SETTINGS")
                .ofFleet();
        return new FleetReportConfig(
                settings.text("FILES_BUCKET"),
                Period.ofDays(settings.number("VISIT_DAYS", 1, MOST_DAYS)),
                new JudgedBy(
                        lines(fleet, HealthSetting.BATTERY_WARNING, HealthSetting.BATTERY_CRITICAL),
                        lines(fleet, HealthSetting.RSRP_WARNING, HealthSetting.RSRP_CRITICAL)));
    }

    private static List<Line> lines(HealthNumbers fleet, HealthSetting warning, HealthSetting critical) {
        return List.of(new Line("warning", fleet.number(warning)), new Line("critical", fleet.number(critical)));
    }
}
