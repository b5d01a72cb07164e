package dev.fleetline.alertnotifier;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetline.alertnotifier.Facts.Unreadable;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Writes an event as a message for people: the sentence, the facts, what to do, and what can be done at once. */
final class WriteLetter {

    private static final Pattern ALERT = Pattern.compile("(Device|Site|Cell|Fleet|Platform)Alert([A-Z][a-z]+)");

    private final AlertLetter alerts;
    private final NoticeLetter notices;

    WriteLetter(ActionLinks links, URI runbooks) {
        this.alerts = new AlertLetter(links);
        this.notices = new NoticeLetter(runbooks);
    }

    /**
     * The message; empty for an alert that another one speaks for.
     *
     * @throws Unreadable when nobody could make sense of the event
     */
    Optional<Letter> forPeople(BusEvent event) {
        Matcher alert = ALERT.matcher(event.detailType());
        if (alert.matches()) {
            AlertWord word = AlertWord.of(alert.group(2))
                    .orElseThrow(
                            () -> new Unreadable("no word of an alert that this version knows: " + alert.group(2)));
            boolean isSpokenFor = Facts.text(event.detail().path("status")).equals("suppressed");
            return isSpokenFor ? Optional.empty() : Optional.of(alerts.write(word, event));
        }
        NoticeKind kind = NoticeKind.of(event.detailType())
                .orElseThrow(() -> new Unreadable("nobody writes about a " + event.detailType() + " here"));
        return Optional.of(notices.write(kind, event));
    }

    /** The event as it is, for machines. */
    static Letter forMachines(BusEvent event, String body) {
        return new Letter(Optional.empty(), body, attributes(event));
    }

    /** By which a subscription can choose: what SNS takes no empty value for is left out. */
    static Map<String, String> attributes(BusEvent event) {
        var attributes = new LinkedHashMap<String, String>();
        attributes.put("event", event.detailType());
        for (String name : List.of("severity", "condition", "status")) {
            String value = Facts.text(event.detail().path(name));
            if (value.matches("[A-Za-z_]{1,64}")) {
                attributes.put(name, value);
            }
        }
        return attributes;
    }

    /** Paragraphs with an empty line between them. */
    static String text(List<List<String>> paragraphs) {
        var lines = new ArrayList<String>();
        for (List<String> paragraph : paragraphs) {
            if (!paragraph.isEmpty() && !lines.isEmpty()) {
                lines.add("");
            }
            lines.addAll(paragraph);
        }
        return String.join("\n", lines) + "\n";
    }

    /** The first of them that is not empty. */
    static String first(JsonNode detail, String... fields) {
        return Stream.of(fields)
                .map(field -> Facts.text(detail.path(field)))
                .filter(text -> !text.isBlank())
                .findFirst()
                .orElse("");
    }
}
