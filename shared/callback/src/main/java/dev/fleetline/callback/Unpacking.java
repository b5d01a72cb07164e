package dev.fleetline.callback;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Takes a body apart into the messages that it holds: one, an array of them, one line each (NDJSON), or one whose {@code
 * data} is an array.
 *
 * <p>It looks at brackets and quotes alone and reads nothing, so that a message which cannot be read does not take the
 * others with it. What comes behind a text that never ends, or the last of a body that was cut off, is a part of its own.
 */
final class Unpacking {

    /** What stands around the events is kept with each of them. */
    private static final int LONGEST_ENVELOPE = 4_096;

    private Unpacking() {}

    /** The messages of a stream's body. */
    static List<String> stream(String body) {
        return messages(body).stream().flatMap(Unpacking::events).toList();
    }

    /** The messages of a service's body, whose {@code data} is its own affair. */
    static List<String> messages(String body) {
        String text = body.strip();
        if (text.startsWith("[")) {
            return new Scan(text).elements(0);
        }
        if (!isObject(text)) {
            List<String> lines = text.lines()
                    .map(String::strip)
                    .filter(Predicate.not(String::isEmpty))
                    .toList();
            if (lines.size() > 1 && lines.stream().anyMatch(Unpacking::isObject)) {
                return lines;
            }
        }
        return List.of(text);
    }

    /** One event for each element of {@code data}, where that is an array, with all that stands around it. */
    private static Stream<String> events(String message) {
        if (!isObject(message)) {
            return Stream.of(message);
        }
        List<Member> members = new Scan(message)
                .elements(0).stream().map(Member::of).flatMap(Optional::stream).toList();
        List<Member> data = members.stream().filter(Member::isData).toList();
        if (data.size() != 1 || !data.getFirst().value().startsWith("[")) {
            return Stream.of(message);
        }
        String around = members.stream()
                .filter(Predicate.not(Member::isData))
                .map(member -> member.name() + ":" + member.value() + ",")
                .collect(Collectors.joining());
        if (around.length() > LONGEST_ENVELOPE) {
            return Stream.of(message);
        }
        return new Scan(data.getFirst().value())
                .elements(0).stream().map(event -> "{" + around + "\"data\":" + event + "}");
    }

    private static boolean isObject(String text) {
        return text.startsWith("{") && new Scan(text).end(0) == text.length();
    }

    /** A field of an object, as it is written. */
    private record Member(String name, String value) {

        static Optional<Member> of(String text) {
            int colon = text.startsWith("\"") ? text.indexOf(':', new Scan(text).end(0)) : -1;
            return colon < 0
                    ? Optional.empty()
                    : Optional.of(new Member(
                            text.substring(0, colon).strip(),
                            text.substring(colon + 1).strip()));
        }

        boolean isData() {
            return name.equals("\"data\"");
        }
    }

    /** Follows brackets and quotes. */
    private record Scan(String text) {

        /** Behind the bracketed or quoted value that begins here; behind the whole text when it never ends. */
        int end(int from) {
            int depth = 0;
            int at = from;
            do {
                char c = text.charAt(at);
                if (c == '"') {
                    at = endOfText(at);
                } else {
                    depth += c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
                    at++;
                }
            } while (depth > 0 && at < text.length());
            return depth > 0 ? text.length() + 1 : at;
        }

        /** What stands between the commas of the array or object that begins here, and what stands behind it. */
        List<String> elements(int from) {
            List<String> elements = new ArrayList<>();
            int depth = 1;
            int start = from + 1;
            int at = start;
            while (depth > 0 && at < text.length()) {
                char c = text.charAt(at);
                if (c == '"') {
                    at = endOfText(at);
                    continue;
                }
                depth += c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
                if (depth == 0 || (depth == 1 && c == ',')) {
                    add(elements, start, at, c == ',' || !elements.isEmpty());
                    start = at + 1;
                }
                at++;
            }
            add(elements, start, text.length(), false);
            return elements;
        }

        private void add(List<String> elements, int start, int end, boolean evenIfEmpty) {
            String element = start < end ? text.substring(start, end).strip() : "";
            if (evenIfEmpty || !element.isEmpty()) {
                elements.add(element);
            }
        }

        private int endOfText(int quote) {
            int at = quote + 1;
            while (at < text.length() && text.charAt(at) != '"') {
                at += text.charAt(at) == '\\' ? 2 : 1;
            }
            return Math.min(at + 1, text.length());
        }
    }
}
