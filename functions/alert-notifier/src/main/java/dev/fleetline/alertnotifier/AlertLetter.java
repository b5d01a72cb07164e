package dev.fleetline.alertnotifier;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes about an alert. */
final class AlertLetter {

    private static final String ALERT_ID = "[0-9a-f]{32}";

    private final ActionLinks links;

    AlertLetter(ActionLinks links) {
        this.links = links;
    }

    Letter write(AlertWord word, BusEvent event) {
        JsonNode detail = event.detail();
        String condition = Facts.required(detail, "condition");
        String alertId = Facts.required(detail, "alertId");
        if (!alertId.matches(ALERT_ID)) {
            throw new Facts.Unreadable("the event's alertId is none");
        }
        return new Letter(
                Optional.of(Plain.subject(headline(word, detail, condition) + ": " + who(detail))),
                WriteLetter.text(List.of(
                        List.of(Plain.line(Facts.required(detail, "summary"))),
                        facts(detail, condition),
                        List.of("What to do: " + Plain.line(Facts.required(detail, "runbookUrl"))),
                        word.wantsSomebody() ? links.lines(alertId, condition) : List.of())),
                WriteLetter.attributes(event));
    }

    /** How bad comes first: a telephone shows some thirty characters. */
    private static String headline(AlertWord word, JsonNode detail, String condition) {
        String severity = Facts.required(detail, "severity");
        String was = Facts.text(detail.path("previousSeverity"));
        return switch (word) {
            case RAISED -> severity + " " + condition;
            case ESCALATED -> severity + " " + condition + " (worse" + (was.isEmpty() ? "" : ", was " + was) + ")";
            case EASED -> severity + " " + condition + " (better" + (was.isEmpty() ? "" : ", was " + was) + ")";
            case REMINDED -> severity + " " + condition + " (still)";
            case FLAPPING -> severity + " " + condition + " (comes and goes)";
            case ACKNOWLEDGED -> "Somebody looks after " + condition;
            case SNOOZED -> "Silent for a while: " + condition;
            case CLEARED -> "Over: " + condition;
        };
    }

    /** Without the full IMEI: a subject is shown on locked screens and kept in many places. */
    private static String who(JsonNode detail) {
        JsonNode device = detail.path("device");
        if (!device.isObject()) {
            return subject(detail);
        }
        String name = Facts.text(device.path("name"));
        String site = Facts.text(device.path("site"));
        return (name.isEmpty() ? "Device" : name) + " (" + Facts.masked(Facts.text(device.path("imei"))) + ")"
                + (site.isEmpty() ? "" : ", " + site);
    }

    /** {@code site north-yard}. */
    private static String subject(JsonNode detail) {
        return Facts.required(detail, "subject").replace('#', ' ');
    }

    private static List<String> facts(JsonNode detail, String condition) {
        JsonNode device = detail.path("device");
        String severity = Facts.required(detail, "severity");
        Facts facts = new Facts()
                .with(
                        "Condition",
                        condition + ", "
                                + Stream.of(severity, was(detail))
                                        .filter(text -> !text.isEmpty())
                                        .collect(Collectors.joining(", ")))
                .with(
                        "Cause",
                        Facts.text(detail.path("cause"))
                                .toLowerCase(Locale.ROOT)
                                .replace('_', ' '))
                .with("State", Facts.text(detail.path("status")))
                .with("Since", Facts.moment(detail.path("since")))
                .with("Last seen", Facts.moment(detail.path("lastSeen")))
                .with("Observed", observed(detail.path("observed")))
                .with("Limit", limit(detail))
                .with("Verified", verified(detail.path("verified")))
                .with("Comes, goes", detail.path("flapping").asBoolean() ? "too often to be told each time" : "")
                .with("Held back", held(detail.path("held")))
                .with("Said by", Facts.text(detail.at("/person/by")))
                .with("Reason", Facts.text(detail.at("/person/why")))
                .with("Silent until", Facts.moment(detail.at("/person/until")));
        if (device.isObject()) {
            facts.with(
                            "Device",
                            Stream.of("name", "model", "group", "site")
                                    .map(field -> Facts.text(device.path(field)))
                                    .filter(text -> !text.isBlank())
                                    .collect(Collectors.joining(", ")))
                    .with("IMEI", Facts.text(device.path("imei")))
                    .with("ThingSpace", Facts.text(device.path("uid")));
        } else {
            facts.with("Of", subject(detail)).with("Devices", devices(detail.path("devices")));
        }
        return facts.with(
                        "Alert", Facts.text(detail.path("alertId")) + ", change " + Facts.text(detail.path("sequence")))
                .lines();
    }

    private static String was(JsonNode detail) {
        String was = Facts.text(detail.path("previousSeverity"));
        return was.isEmpty() ? "" : "was " + was;
    }

    private static String observed(JsonNode observed) {
        return observed.isObject()
                ? amount(observed.path("value"), observed.path("unit")) + " at " + Facts.moment(observed.path("at"))
                        + " (" + Facts.text(observed.path("source")) + ")"
                : "";
    }

    private static String limit(JsonNode detail) {
        JsonNode threshold = detail.path("threshold");
        JsonNode unit = detail.path("observed").path("unit");
        JsonNode clearAt = threshold.path("clearAt");
        String origin = Facts.text(threshold.path("origin"));
        return threshold.isObject()
                ? amount(threshold.path("value"), unit)
                        + (clearAt.isNumber() ? ", over at " + amount(clearAt, unit) : "")
                        + (origin.equals("learned") ? "; as learned from the device" : "; as set for the " + origin)
                : "";
    }

    private static String amount(JsonNode value, JsonNode unit) {
        String number =
                value.isNumber() ? value.decimalValue().stripTrailingZeros().toPlainString() : "?";
        return (number + " " + Facts.text(unit)).strip();
    }

    private static String devices(JsonNode devices) {
        return devices.isObject()
                ? Facts.text(devices.path("lost")) + " lost of " + Facts.text(devices.path("of")) + ", first "
                        + devices.path("first")
                                .valueStream()
                                .map(JsonNode::asText)
                                .collect(Collectors.joining(", "))
                : "";
    }

    private static String verified(JsonNode verified) {
        return verified.isBoolean()
                ? verified.asBoolean() ? "the carrier has heard nothing newer" : "no, the carrier was not asked"
                : "";
    }

    private static String held(JsonNode held) {
        return held.asInt() > 0 ? held.asInt() + " changes since the last message" : "";
    }
}
