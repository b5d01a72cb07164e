package dev.fleetline.fleetreport;

import static java.util.Objects.requireNonNull;

import dev.fleetline.fleetreport.FleetReport.Line;
import dev.fleetline.fleetreport.NightsCompared.JudgedBy;
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
        return new FleetReportConfig(
                settings.text("FILES_BUCKET"),
                Period.ofDays(settings.number("VISIT_DAYS", 1, MOST_DAYS)),
                new JudgedBy(
                        List.of(
                                new Line("warning", settings.number("BATTERY_WARNING", 1, 95)),
                                new Line("critical", settings.number("BATTERY_CRITICAL", 1, 95))),
                        List.of(new Line("warning", -110), new Line("critical", -120))));
    }
}
