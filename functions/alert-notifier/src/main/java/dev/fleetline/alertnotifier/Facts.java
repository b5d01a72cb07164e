package dev.fleetline.alertnotifier;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Lines of a name and a value, under each other; what has no value has no line. */
final class Facts {

    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern(
                    "d MMM uuuu HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private final List<String> lines = new ArrayList<>();

    /** A line, unless the value is empty. */
    Facts with(String name, String value) {
        if (!value.isBlank()) {
            lines.add("%-12s %s".formatted(name, Plain.line(value)));
        }
        return this;
    }

    List<String> lines() {
        return List.copyOf(lines);
    }

    /** Empty when there is none. */
    static String text(JsonNode value) {
        return value.isNull() ? "" : value.asText();
    }

    /** A time as people read it; what is no time as it is. */
    static String moment(JsonNode value) {
        return text(value).isEmpty() ? "" : moment(text(value));
    }

    static String moment(Instant at) {
        return MOMENT.format(at);
    }

    private static String moment(String text) {
        try {
            return moment(Instant.parse(text));
        } catch (DateTimeException noTime) {
            return text;
        }
    }

    /** The last four digits. */
    static String masked(String imei) {
        return "\u2026" + imei.substring(Math.max(0, imei.length() - 4));
    }

    /** A text that must be there; the complaint names it. */
    static String required(JsonNode detail, String field) {
        return Optional.of(text(detail.path(field)))
                .filter(text -> !text.isBlank())
                .orElseThrow(() -> new Unreadable("the event has no " + field));
    }

    /** An event that nobody can write about. */
    static final class Unreadable extends RuntimeException {
        Unreadable(String reason) {
            super(reason);
        }

        String reason() {
            return String.valueOf(getMessage());
        }
    }
}
