package dev.fleetline.local.bus;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetline.lambda.EdgeJson;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a target gets to see of an event. */
public sealed interface TargetInput {

    /** The event as it is. */
    record Whole() implements TargetInput {
        @Override
        public String of(JsonNode event) {
            return event.toString();
        }
    }

    /** Always the same text. */
    record Constant(String text) implements TargetInput {
        @Override
        public String of(JsonNode event) {
            return text;
        }
    }

    /** A part of the event. */
    record Part(JsonPointer path) implements TargetInput {
        @Override
        public String of(JsonNode event) {
            return event.at(path).toString();
        }
    }

    /**
     * A template with parts of the event put in: {@code <name>} outside of quotes becomes the part as JSON, inside of
     * quotes its text.
     */
    record Transformed(Map<String, JsonPointer> parts, String template) implements TargetInput {

        private static final Pattern PLACE = Pattern.compile("<([A-Za-z0-9_.-]+)>");

        /** Copies the parts. */
        public Transformed {
            parts = Map.copyOf(parts);
        }

        @Override
        public String of(JsonNode event) {
            var filled = new StringBuilder();
            Matcher place = PLACE.matcher(template);
            int from = 0;
            boolean quoted = false;
            while (place.find()) {
                String before = template.substring(from, place.start());
                quoted = endsQuoted(before, quoted);
                filled.append(before).append(value(place.group(1), event, quoted));
                from = place.end();
            }
            return filled.append(template.substring(from)).toString();
        }

        private String value(String name, JsonNode event, boolean quoted) {
            if (name.equals("aws.events.event.json") || name.equals("aws.events.event")) {
                return event.toString();
            }
            JsonPointer path = Optional.ofNullable(parts.get(name))
                    .orElseThrow(() -> new IllegalArgumentException(
                            "InputTemplate names <" + name + ">, and InputPathsMap has no such entry"));
            JsonNode part = event.at(path);
            if (!quoted) {
                return part.isMissingNode() ? "\"\"" : part.toString();
            }
            if (!part.isTextual()) {
                return part.isMissingNode() ? "" : part.toString();
            }
            String json = part.toString();
            return json.substring(1, json.length() - 1);
        }

        private static boolean endsQuoted(String text, boolean quoted) {
            boolean inside = quoted;
            for (int i = 0; i < text.length(); i++) {
                if (text.charAt(i) == '\\') {
                    i++;
                } else if (text.charAt(i) == '"') {
                    inside = !inside;
                }
            }
            return inside;
        }
    }

    /** The text that the target receives. */
    String of(JsonNode event);

    /** As a target or an event of SAM declares it. */
    static TargetInput declaredBy(JsonNode declared) {
        if (declared.has("InputTransformer")) {
            JsonNode transformer = declared.path("InputTransformer");
            var parts = new LinkedHashMap<String, JsonPointer>();
            transformer
                    .path("InputPathsMap")
                    .properties()
                    .forEach(part ->
                            parts.put(part.getKey(), pointer(part.getValue().asText())));
            return new Transformed(parts, transformer.path("InputTemplate").asText());
        }
        if (declared.has("Input")) {
            return new Constant(declared.path("Input").asText());
        }
        return declared.has("InputPath")
                ? new Part(pointer(declared.path("InputPath").asText()))
                : new Whole();
    }

    /** {@code $.detail.imei}, the only form of a path that Fleetline's rules use. */
    private static JsonPointer pointer(String path) {
        if (!path.matches("\\$(\\.[A-Za-z0-9_-]+)*")) {
            throw new IllegalArgumentException("path " + path + " must be made of names alone, such as $.detail.imei");
        }
        return JsonPointer.compile(path.substring(1).replace('.', '/'));
    }

    /** Reads what {@link #of} gave as JSON, for a target that takes JSON. */
    static JsonNode json(String text) {
        try {
            return EdgeJson.JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the input that a rule makes is not JSON: " + e.getOriginalMessage(), e);
        }
    }
}
