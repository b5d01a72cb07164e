package dev.fleetline.callback;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;

import dev.fleetline.callback.PlatformJson.Parsed;
import dev.fleetline.callback.WrittenObject.Extent;
import dev.fleetline.callback.WrittenObject.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Takes a body apart into the messages that it holds: one, an array of them, one after the other (NDJSON), or one whose
 * {@code data} is an array.
 *
 * <p>A message is a well-formed object with an end of a message behind it. One may begin where the body does, behind
 * another one, at the beginning of a line, and in an array behind a comma. What stands there and is none is a part that
 * cannot be read; whatever bracket or quote it leaves open, it reaches to the next such place and no further.
 *
 * <p>It looks at the bytes as if they were Latin-1, in which brackets, quotes and commas are what they are in UTF-8, so
 * that a text in another encoding takes no other message with it either.
 */
final class Unpacking {

    /** What stands round events is kept with each of them: what is good by itself, and together no longer than this. */
    private static final int LONGEST_ENVELOPE = 1_000;

    /** How often a body may be read in search of a message where there is none; what comes behind that is one part. */
    private static final int MOST_READINGS = 64;

    /** As UTF-8 writes it. */
    private static final String BYTE_ORDER_MARK = "\u00ef\u00bb\u00bf";

    private enum Layout {
        /** {@code [message, message]}. */
        ARRAY("(?:,\\s*+|(?<=[\\r\\n]))(?=\\{\\s*+[\"}])", "\\s*+(?:[,\\]]|\\z)|[ \\t]*+[\\r\\n{]"),
        /** {@code message message}, mostly with a line break in between. */
        LINES("(?<=[\\r\\n])(?=\\{\\s*+[\"}])", "\\s*+\\z|[ \\t]*+[\\r\\n{]");

        private final Pattern begin;
        private final Pattern end;

        Layout(String begin, String end) {
            this.begin = Pattern.compile(begin);
            this.end = Pattern.compile(end);
        }

        private boolean separates(char c) {
            return Character.isWhitespace(c) || (this == ARRAY && c == ',');
        }
    }

    private Unpacking() {}

    /** The messages of a stream's body; of more than that many, one more. */
    static List<byte[]> stream(byte[] body, int most) {
        return messages(text(body), most).stream()
                .flatMap(message ->
                        EventList.in(message, most).map(EventList::events).orElseGet(() -> Stream.of(message)))
                .limit(most + 1L)
                .map(Unpacking::bytes)
                .toList();
    }

    /** The messages of a service's body, whose {@code data} is its own affair; of more than that many, one more. */
    static List<byte[]> service(byte[] body, int most) {
        return messages(text(body), most).stream().map(Unpacking::bytes).toList();
    }

    /**
     * The body of a stream with the same messages, each as {@code kept} makes it. As long as that makes none longer, it
     * is at most half as long again as the body: when messages of two characters stood side by side there.
     */
    static byte[] streamAgain(byte[] body, UnaryOperator<byte[]> kept) {
        UnaryOperator<String> part = message -> latin(kept.apply(bytes(message)));
        return again(body, message -> EventList.in(message, Integer.MAX_VALUE)
                .map(list -> list.again(part))
                .orElseGet(() -> part.apply(message)));
    }

    /** As {@link #streamAgain}, of a service. */
    static byte[] serviceAgain(byte[] body, UnaryOperator<byte[]> kept) {
        return again(body, message -> latin(kept.apply(bytes(message))));
    }

    private static byte[] again(byte[] body, UnaryOperator<String> kept) {
        return bytes(messages(text(body), Integer.MAX_VALUE).stream().map(kept).collect(joining(",", "[", "]")));
    }

    private static String text(byte[] body) {
        String text = latin(body);
        return (text.startsWith(BYTE_ORDER_MARK) ? text.substring(BYTE_ORDER_MARK.length()) : text).strip();
    }

    private static String latin(byte[] bytes) {
        return new String(bytes, ISO_8859_1);
    }

    private static byte[] bytes(String latin) {
        return latin.getBytes(ISO_8859_1);
    }

    private static List<String> messages(String body, int most) {
        return parts(body, body.startsWith("[") ? Layout.ARRAY : Layout.LINES, most);
    }

    /**
     * Events that stand in the {@code data} of one message.
     *
     * @param envelope the fields that stand round them, a comma behind each
     */
    private record EventList(String envelope, List<String> elements) {

        /** Where {@code data} is an array of objects, or an empty one. */
        static Optional<EventList> in(String message, int most) {
            WrittenObject written = WrittenObject.read(message);
            List<String> data = written.values("data");
            if (data.size() != 1 || !data.getFirst().startsWith("[")) {
                return Optional.empty();
            }
            List<String> elements = parts(data.getFirst(), Layout.ARRAY, most);
            if (!elements.isEmpty() && elements.stream().noneMatch(EventList::isObject)) {
                return Optional.empty();
            }
            return Optional.of(new EventList(
                    envelope(written.fields()),
                    elements.stream()
                            // behind the array of a message that is not whole stands what is left of the message
                            .filter(element -> !element.startsWith("]"))
                            .toList()));
        }

        /** One for each element of the array, with what stands round it. */
        Stream<String> events() {
            return elements.stream()
                    .map(element -> isObject(element) ? "{" + envelope + "\"data\":" + element + "}" : element);
        }

        /** The same in one message; without an event in it, it would be one itself. */
        String again(UnaryOperator<String> kept) {
            String events = elements.stream().map(kept).collect(joining(",", "[", "]"));
            if (!elements.isEmpty() && !events.contains("{")) {
                return events.substring(1, events.length() - 1);
            }
            String round = kept.apply("{" + envelope.replaceFirst(",$", "") + "}");
            String fields = isObject(round) ? round.substring(1, round.length() - 1) : "";
            return "{" + fields + (fields.isEmpty() ? "" : ",") + "\"data\":" + events + "}";
        }

        private static boolean isObject(String element) {
            return element.startsWith("{");
        }

        private static String envelope(List<Field> fields) {
            Map<String, Long> times = fields.stream().collect(groupingBy(Field::name, counting()));
            var envelope = new StringBuilder();
            for (Field field : fields) {
                String written = "\"" + field.name() + "\":" + field.value();
                if (!field.name().equals("data")
                        && times.getOrDefault(field.name(), 0L) == 1
                        && envelope.length() + written.length() < LONGEST_ENVELOPE
                        && PlatformJson.parse(bytes("{" + written + "}")) instanceof Parsed.Good) {
                    envelope.append(written).append(',');
                }
            }
            return envelope.toString();
        }
    }

    private static List<String> parts(String text, Layout layout, int most) {
        List<String> parts = new ArrayList<>();
        char[] characters = text.toCharArray();
        Matcher begin = layout.begin.matcher(text);
        Matcher end = layout.end.matcher(text);
        long patience = (long) MOST_READINGS * text.length();
        int rest = layout == Layout.ARRAY ? 1 : 0;
        int at = beside(rest, text, begin);
        while (at < text.length() && parts.size() <= most && patience > 0) {
            Extent object = WrittenObject.extent(characters, at);
            addUnreadable(parts, text.substring(rest, at), layout);
            rest = at;
            if (object.isWhole() && end.region(object.end(), text.length()).lookingAt()) {
                parts.add(text.substring(at, object.end()));
                rest = object.end();
                at = beside(rest, text, begin);
            } else {
                patience -= object.end() - at;
                at = next(at + 1, text, begin);
            }
        }
        String last = text.substring(rest).stripTrailing();
        boolean isClosed = layout == Layout.ARRAY && last.endsWith("]");
        addUnreadable(parts, isClosed ? last.substring(0, last.length() - 1) : last, layout);
        return parts;
    }

    /** Where the next message may begin: at once, or further on. */
    private static int beside(int from, String text, Matcher begin) {
        int at = from;
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at < text.length() && text.charAt(at) == '{' ? at : next(from, text, begin);
    }

    private static int next(int from, String text, Matcher begin) {
        return begin.find(from) ? begin.end() : text.length();
    }

    private static void addUnreadable(List<String> parts, String between, Layout layout) {
        int begin = 0;
        int end = between.length();
        while (begin < end && layout.separates(between.charAt(begin))) {
            begin++;
        }
        while (begin < end && layout.separates(between.charAt(end - 1))) {
            end--;
        }
        if (begin < end) {
            parts.add(between.substring(begin, end));
        }
    }
}
