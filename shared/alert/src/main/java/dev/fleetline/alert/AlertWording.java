package dev.fleetline.alert;

import dev.fleetline.device.Charging;
import dev.fleetline.device.Device;
import dev.fleetline.device.Finding;
import dev.fleetline.device.Finding.Observed;
import dev.fleetline.device.Finding.Trend;
import dev.fleetline.device.Measure;
import dev.fleetline.fleetevents.FleetEvent.Word;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The one sentence that a person reads at three in the morning: what, how bad, since when, why, what to do first. */
final class AlertWording {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("d MMM HH:mm", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    private AlertWording() {}

    static String summary(Device device, Finding finding, Word word, Instant now) {
        String who = device.profile().name().orElse("Device") + " (" + device.imei() + "): ";
        if (word == Word.CLEARED && !device.lifecycle().isJudged()) {
            return who + "not watched any more, it is "
                    + device.lifecycle().name().toLowerCase(Locale.ROOT).replace('_', ' ') + ". Nothing to do.";
        }
        return who
                + switch (finding.condition()) {
                    case BATTERY_LOW -> word == Word.CLEARED ? batteryEnded(finding) : battery(finding, now);
                    case NETWORK_LOST ->
                        word == Word.CLEARED ? networkEnded(device, now) : network(device, finding, now);
                    case SIGNAL_WEAK -> word == Word.CLEARED ? signalEnded(finding) : signal(finding, now);
                    case BATTERY_UNKNOWN,
                            NEVER_SEEN,
                            SIM_NOT_ACTIVE,
                            IDENTITY_CONFLICT,
                            TOKEN,
                            STREAM,
                            REPORTS_MISSED -> finding.condition() + (word == Word.CLEARED ? " is over." : ".");
                };
    }

    private static String battery(Finding finding, Instant now) {
        String charging = finding.observed()
                .map(observed -> observed.reading().charging() == Charging.YES ? ", charging" : ", not charging")
                .orElse("");
        return "battery " + value(finding) + trend(finding) + charging + " since " + time(finding.since(), now)
                + ". Charge it or swap the battery.";
    }

    private static String batteryEnded(Finding finding) {
        return "battery " + value(finding) + ", good again. Nothing to do.";
    }

    private static String network(Device device, Finding finding, Instant now) {
        String heard = device.vitals()
                .lastSeen()
                .map(seen -> "no report since " + time(seen, now) + " (" + words(Duration.between(seen, now)) + ")")
                .orElse("no report");
        String expected = device.profile()
                .reportingInterval()
                .map(interval -> ", it should report every " + words(interval))
                .orElse("");
        return heard + expected + ". "
                + switch (finding.cause()) {
                    case SIM_INACTIVE -> "Its line is not active: ask the carrier why.";
                    case FLAT_BATTERY -> "Its battery was at its end: charge it or swap the battery.";
                    case OUT_OF_COVERAGE -> "Its last signal was bad: look where it is and move it into coverage.";
                    case APP_SILENT -> "The network saw it since: look at its software.";
                    case UNKNOWN -> "Cause unknown: check its power and where it is.";
                };
    }

    private static String networkEnded(Device device, Instant now) {
        return "reports again"
                + device.vitals()
                        .lastSeen()
                        .map(seen -> " since " + time(seen, now))
                        .orElse("") + ". Nothing to do.";
    }

    private static String signal(Finding finding, Instant now) {
        return "signal " + value(finding) + trend(finding) + ", weak since " + time(finding.since(), now)
                + ". Look where it is, and at its antenna.";
    }

    private static String signalEnded(Finding finding) {
        return "signal " + value(finding) + ", good again. Nothing to do.";
    }

    private static String value(Finding finding) {
        return finding.observed()
                .map(observed -> name(observed.measure())
                        + BigDecimal.valueOf(observed.reading().value())
                                .stripTrailingZeros()
                                .toPlainString()
                        + " " + observed.measure().unit())
                .orElse("unknown");
    }

    private static String name(Measure measure) {
        return switch (measure) {
            case RSRP -> "RSRP ";
            case RSRQ -> "RSRQ ";
            case SINR -> "SINR ";
            case BATTERY, SERVICE -> "";
        };
    }

    private static String trend(Finding finding) {
        return switch (finding.observed().map(Observed::trend).orElse(Trend.STEADY)) {
            case FALLING -> ", falling";
            case RISING -> ", rising";
            case STEADY -> "";
        };
    }

    private static String time(Instant moment, Instant now) {
        boolean today = Duration.between(moment, now).compareTo(Duration.ofHours(12)) < 0;
        return (today ? TIME : DAY).format(moment) + " UTC";
    }

    private static String words(Duration duration) {
        long hours = duration.toHours();
        if (hours >= 48) {
            return duration.toDays() + " days";
        }
        return hours >= 1
                ? hours + " h" + (duration.toMinutesPart() > 0 ? " " + duration.toMinutesPart() + " min" : "")
                : duration.toMinutes() + " min";
    }
}
