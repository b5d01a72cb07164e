package dev.fleetline.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What was told of alerts, on the bus and to people, and which of them are open. */
record Told(Desk desk) {

    /** A message to people. */
    record Letter(String subject, String text) {

        /** The link by which this is done: {@code acknowledge}, {@code snooze}. */
        Optional<String> link(String action) {
            return Pattern.compile("http\\S+/" + action + "\\?\\S+")
                    .matcher(text)
                    .results()
                    .map(MatchResult::group)
                    .findFirst();
        }

        /** What happened, in a sentence. */
        String sentence() {
            return text.lines().findFirst().orElse("");
        }
    }

    /** All that people were told, in the order of time. */
    List<Letter> letters() {
        return desk.local("messages")
                .valueStream()
                .map(message -> new Letter(
                        message.path("subject").asText(), message.path("text").asText()))
                .toList();
    }

    /** What people were told since there were so many. */
    List<Letter> lettersSince(int count) {
        List<Letter> all = letters();
        return all.subList(count, all.size());
    }

    /** The first whose subject begins so. */
    Optional<Letter> letter(String subject) {
        return letters().stream()
                .filter(letter -> letter.subject().startsWith(subject))
                .findFirst();
    }

    /** The events of a type about a condition. */
    Stream<JsonNode> events(String detailType, String condition) {
        return desk.events(detailType)
                .filter(detail -> detail.path("condition").asText().equals(condition));
    }

    /** Those about one device. */
    Stream<JsonNode> events(String detailType, String condition, Sim sim) {
        return events(detailType, condition)
                .filter(detail -> detail.at("/device/imei").asText().equals(sim.imei()));
    }

    /** The first about one device. */
    Optional<JsonNode> event(String detailType, String condition, Sim sim) {
        return events(detailType, condition, sim).findFirst();
    }

    /** The IMEIs of those of which such an alert is open. */
    List<String> open(String condition) {
        return desk.local("alerts")
                .valueStream()
                .filter(alert -> alert.path("condition").asText().equals(condition))
                .map(alert -> alert.path("subject").asText())
                .filter(subject -> subject.startsWith("device#"))
                .map(subject -> subject.replaceFirst("^device#", ""))
                .sorted()
                .toList();
    }

    /** An alert that is open, as a list shows it. */
    Optional<JsonNode> alert(String condition, Sim sim) {
        return desk.local("alerts")
                .valueStream()
                .filter(alert -> alert.path("condition").asText().equals(condition)
                        && alert.path("subject").asText().equals("device#" + sim.imei()))
                .findFirst();
    }
}
