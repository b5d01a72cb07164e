package dev.fleetline.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What the store keeps of deliveries, and what of it is new since a mark. */
final class Kept {

    private final Scene scene;
    private Set<String> before = Set.of();

    Kept(Scene scene) {
        this.scene = scene;
    }

    /** From here on what comes is new. */
    void mark() {
        scene.fleetline().settle();
        before = all().stream().map(Kept::id).collect(Collectors.toSet());
    }

    /** Every delivery, as a line of the list. */
    List<JsonNode> all() {
        return scene.desk().local("callbacks").valueStream().toList();
    }

    /** Those since the mark, as they are by now, once nothing is under way any more. */
    List<JsonNode> fresh() {
        scene.fleetline().settle();
        return all().stream().filter(one -> !before.contains(id(one))).toList();
    }

    /** The message of one, as it is stored. */
    JsonNode payload(JsonNode line) {
        return scene.desk().local("callbacks/" + id(line)).path("payload");
    }

    /** How many of them are kept more than once. */
    long twice() {
        List<JsonNode> all = all();
        return all.size() - all.stream().map(Kept::id).distinct().count();
    }

    static String id(JsonNode line) {
        return line.path("deliveryId").asText();
    }

    /** {@code RECEIVED}, {@code UNHANDLED}, or the reason why it is set aside. */
    static String status(JsonNode line) {
        return line.path("reason").asText(line.path("status").asText());
    }

    /** How many there are of each status, {@code 3 NOT_JSON, 6 RECEIVED}. */
    static String counts(List<JsonNode> lines) {
        Map<String, Long> counts =
                lines.stream().collect(Collectors.groupingBy(Kept::status, TreeMap::new, Collectors.counting()));
        return counts.isEmpty()
                ? "nothing"
                : counts.entrySet().stream()
                        .map(status -> status.getValue() + " " + status.getKey())
                        .collect(Collectors.joining(", "));
    }

    /** Why it is set aside, by code and in words. */
    static String why(JsonNode line) {
        return status(line) + ", \"" + line.path("error").asText() + "\"";
    }
}
