package dev.fleetline.alert;

import dev.fleetline.device.Charging;
import dev.fleetline.device.Device;
import dev.fleetline.device.Finding;
import dev.fleetline.device.Finding.Observed;
import dev.fleetline.device.Finding.Trend;
import dev.fleetline.device.Lifecycle;
import dev.fleetline.device.Measure;
import dev.fleetline.fleetevents.AlertDetail.Person;
import dev.fleetline.fleetevents.FleetEvent.Word;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/** The one sentence that a person reads at three in the morning: what, how bad, since when, why, what to do first. */
final class AlertWording {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("d MMM HH:mm", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    private AlertWording() {}

    /** Of one device; {@code person} said so, where one did. */
    static String summary(Device device, Finding finding, Word word, Optional<Person> person, Instant now) {
        String who = device.profile().name().orElse("Device") + " (" + device.imei() + "): ";
        if (person.isPresent()) {
            return who + said(word, person.get(), now) + what(device, finding, word, now);
        }
        if (word == Word.CLEARED && !device.lifecycle().isJudged()) {
            return who + "not watched any more, it is " + state(device) + ". Nothing to do.";
        }
        return who + manner(word) + what(device, finding, word, now);
    }

    /** Of more than one device; {@code person} said so, where one did. */
    static String summary(Trouble trouble, Instant since, Word word, Optional<Person> person, Instant now) {
        String who =
                switch (trouble.subject()) {
                    case Subject.OfSite(var name) -> "Site " + name + ": ";
                    case Subject.OfCell(var id) -> "Cell " + id + ": ";
                    case Subject.OfFleet _ -> "The fleet: ";
                    case Subject.OfPlatform(var service) -> "Our connection to the platform (" + service + "): ";
                    case Subject.OfDevice _ ->
                        throw new IllegalArgumentException("a single device has its own sentence");
                };
        return who
                + person.map(one -> said(word, one, now)).orElseGet(() -> manner(word))
                + (word == Word.CLEARED ? overTogether(trouble) : together(trouble, since, now));
    }

    private static String together(Trouble trouble, Instant since, Instant now) {
        String from = " since " + time(since, now);
        String count = trouble.devices()
                .map(devices -> devices.lost() + " of " + devices.of() + " devices are lost")
                .orElse("its devices are lost");
        return switch (trouble.subject()) {
            case Subject.OfSite _ -> count + from + ". Likely one cause: check its power and its network first.";
            case Subject.OfCell _ -> count + from + ". Likely the cell: ask the carrier about an outage there.";
            case Subject.OfFleet _ ->
                count + from + ". Likely the carrier or we ourselves: look at both before you send anybody.";
            case Subject.OfDevice _, Subject.OfPlatform _ ->
                switch (trouble.condition()) {
                    case TOKEN ->
                        "its token cannot be renewed" + reason(trouble) + from + ". No reports may reach us: renew it.";
                    case STREAM ->
                        "a stream is broken or silent" + reason(trouble) + from + ". Reports are missing: repair it.";
                    case REPORTS_MISSED ->
                        "the carrier has newer readings than we do" + reason(trouble) + from + ". Look at the streams.";
                    case BATTERY_LOW,
                            BATTERY_UNKNOWN,
                            NETWORK_LOST,
                            SIGNAL_WEAK,
                            NEVER_SEEN,
                            SIM_NOT_ACTIVE,
                            IDENTITY_CONFLICT -> trouble.condition() + reason(trouble) + from + ".";
                };
        };
    }

    private static String reason(Trouble trouble) {
        return trouble.reason().map(why -> " (" + why + ")").orElse("");
    }

    private static String overTogether(Trouble trouble) {
        return trouble.subject() instanceof Subject.OfPlatform
                ? "it is well again. Nothing to do."
                : "not lost together any more; those that still are, are told one by one.";
    }

    /** What a person did, before what it is about. */
    private static String said(Word word, Person person, Instant now) {
        String does =
                switch (word) {
                    case ACKNOWLEDGED -> " acknowledged this";
                    case SNOOZED ->
                        " wants to hear nothing of this"
                                + person.until()
                                        .map(until -> " until " + time(until, now))
                                        .orElse("");
                    case CLEARED -> " resolved this";
                    case RAISED, ESCALATED, EASED, REMINDED, FLAPPING -> " looked at this";
                };
        return person.by() + does + " (" + person.why() + "): ";
    }

    private static String manner(Word word) {
        return switch (word) {
            case REMINDED -> "still ";
            case ESCALATED -> "worse, ";
            case EASED -> "better, ";
            case FLAPPING -> "comes and goes too often to be told each time, now ";
            case RAISED, ACKNOWLEDGED, SNOOZED, CLEARED -> "";
        };
    }

    private static String what(Device device, Finding finding, Word word, Instant now) {
        boolean isOver = word == Word.CLEARED;
        return switch (finding.condition()) {
            case BATTERY_LOW -> isOver ? batteryEnded(finding) : battery(finding, now);
            case NETWORK_LOST -> isOver ? networkEnded(device, now) : network(device, finding, now);
            case SIGNAL_WEAK -> isOver ? signalEnded(finding) : signal(finding, now);
            case BATTERY_UNKNOWN ->
                isOver
                        ? "its battery is known again. Nothing to do."
                        : "reports, but no battery since " + time(finding.since(), now)
                                + ". Likely its firmware or its sensor: look at its settings.";
            case NEVER_SEEN ->
                isOver
                        ? "has reported for the first time. Nothing to do."
                        : "active since " + time(finding.since(), now) + " ("
                                + words(Duration.between(finding.since(), now))
                                + "), and not one report. Likely not switched on, or its SIM is not in it: check both.";
            case SIM_NOT_ACTIVE -> isOver ? "its line is as we hold it. Nothing to do." : sim(device, finding, now);
            case IDENTITY_CONFLICT ->
                isOver
                        ? "it is who it is said to be. Nothing to do."
                        : "its reports name another device or SIM than was registered, since "
                                + time(finding.since(), now)
                                + ". Likely the SIM or the module was swapped: find out, and resolve this by hand.";
            case TOKEN, STREAM, REPORTS_MISSED ->
                throw new IllegalArgumentException(finding.condition() + " is of no device");
        };
    }

    private static String sim(Device device, Finding finding, Instant now) {
        if (device.lifecycle() instanceof Lifecycle.Suspended suspended && suspended.asked()) {
            return "its line is suspended, as we asked, and the carrier puts it back by itself"
                    + suspended.until().map(until -> " at " + time(until, now)).orElse("")
                    + ". Prolong the suspension, or let it resume.";
        }
        return "its line is " + state(device) + " since " + time(finding.since(), now)
                + ", and we did not ask for that. Until it is back nothing reaches us: ask the carrier why.";
    }

    private static String state(Device device) {
        return device.lifecycle().name().toLowerCase(Locale.ROOT).replace('_', ' ');
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
        String expected = finding.expected()
                .map(expects -> ", it should report every " + words(expects.interval()))
                .orElse("");
        return heard + expected + ". "
                + switch (finding.cause()) {
                    case SIM_INACTIVE -> "Its line is not active: ask the carrier why.";
                    case FLAT_BATTERY -> "Its battery was at its end: charge it or swap the battery.";
                    case OUT_OF_COVERAGE -> "Its last signal was bad: look where it is and move it into coverage.";
                    case APP_SILENT -> "The network has seen it since: look at its software, or restart it.";
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
        boolean today = Duration.between(moment, now).abs().compareTo(Duration.ofHours(12)) < 0;
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
