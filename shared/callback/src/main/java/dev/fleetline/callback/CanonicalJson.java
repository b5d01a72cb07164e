package dev.fleetline.callback;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * What a message says, written one way, so that the same message sent again is the same text: fields sorted by name,
 * lists of device ids sorted and their kinds in lower case, numbers by value, and without what the platform counts up
 * from one try to the next.
 */
final class CanonicalJson {

    private static final List<String> COUNTERS = List.of("callbackCount", "maxCallbackThreshold");

    private CanonicalJson() {}

    static String of(ObjectNode message) {
        return object(message.propertyStream()
                .filter(field -> COUNTERS.stream().noneMatch(field.getKey()::equalsIgnoreCase)));
    }

    private static String write(JsonNode node) {
        if (node.isObject()) {
            return object(node.propertyStream());
        }
        if (node.isArray()) {
            return isDeviceIds(node)
                    ? elements(node).map(CanonicalJson::deviceId).sorted().collect(joining(",", "[", "]"))
                    : elements(node).map(CanonicalJson::write).collect(joining(",", "[", "]"));
        }
        if (node.isNumber()) {
            return node.decimalValue().stripTrailingZeros().toString();
        }
        return node.toString();
    }

    private static String object(Stream<Map.Entry<String, JsonNode>> fields) {
        return fields.sorted(Map.Entry.comparingByKey())
                .map(field -> TextNode.valueOf(field.getKey()) + ":" + write(field.getValue()))
                .collect(joining(",", "{", "}"));
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    private static boolean isDeviceIds(JsonNode array) {
        return !array.isEmpty()
                && elements(array)
                        .allMatch(one ->
                                one.path("id").isTextual() && one.path("kind").isTextual());
    }

    private static String deviceId(JsonNode id) {
        ObjectNode folded = id.deepCopy();
        folded.put("kind", id.path("kind").textValue().toLowerCase(Locale.ROOT));
        return write(folded);
    }
}
