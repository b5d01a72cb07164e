package dev.fleetline.alertnotifier;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes about what is no alert and must be known all the same. */
final class NoticeLetter {

    /** Told in the sentence, or of no use to a person. */
    private static final Set<String> NO_FACTS = Set.of("schemaVersion", "eventId", "reason", "fix");

    private final URI runbooks;

    /** {@code runbooks} is the address under which they are found. */
    NoticeLetter(URI runbooks) {
        this.runbooks = runbooks;
    }

    Letter write(NoticeKind kind, BusEvent event) {
        JsonNode detail = event.detail();
        Facts.required(detail, "eventId");
        String about = about(detail);
        return new Letter(
                Optional.of(Plain.subject(kind.title() + (about.isEmpty() ? "" : ": " + about))),
                WriteLetter.text(List.of(
                        List.of(sentence(kind, detail)),
                        facts(detail),
                        List.of("What to do: " + runbooks + "/" + kind.runbook() + ".md"))),
                WriteLetter.attributes(event));
    }

    /** What it is about, fit for a locked screen. */
    private static String about(JsonNode detail) {
        String imei = Facts.text(detail.path("imei"));
        return imei.isEmpty()
                ? WriteLetter.first(detail, "realm", "stream", "file", "onboardingId")
                : "device " + Facts.masked(imei);
    }

    private static String sentence(NoticeKind kind, JsonNode detail) {
        return Stream.of(kind.title(), Facts.text(detail.path("reason")), Facts.text(detail.path("fix")))
                .map(Plain::line)
                .filter(text -> !text.isEmpty())
                .map(text -> text.matches(".*[.!?]") ? text : text + ".")
                .collect(Collectors.joining(" "));
    }

    private static List<String> facts(JsonNode detail) {
        var facts = new Facts();
        for (Map.Entry<String, JsonNode> field : detail.properties()) {
            if (field.getValue().isValueNode() && !NO_FACTS.contains(field.getKey())) {
                facts.with(field.getKey(), Facts.moment(field.getValue()));
            }
        }
        detail.path("faults")
                .forEach(fault -> facts.with(
                        "fault",
                        Stream.of("field", "rule", "fix")
                                .map(part -> Facts.text(fault.path(part)))
                                .filter(text -> !text.isBlank())
                                .collect(Collectors.joining(": "))));
        return facts.lines();
    }
}
