package dev.fleetline.local.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.lambda.EdgeJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What calls to the tables cost, by caller, operation and tables, as the store's own answers say. */
final class Units {

    private static final class Sum {
        private int calls;
        private double units;
    }

    private final Map<String, Sum> sums = new TreeMap<>();

    /** The call's parameters. */
    static Optional<ObjectNode> read(byte[] body) {
        try {
            return EdgeJson.JSON.readTree(body) instanceof ObjectNode call ? Optional.of(call) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The same call, which asks what it costs. */
    static byte[] asking(ObjectNode call) {
        return call.put("ReturnConsumedCapacity", "TOTAL").toString().getBytes(StandardCharsets.UTF_8);
    }

    /** The tables that a call is about, by the last word of their names. */
    static String tables(ObjectNode call) {
        Stream<String> one = Stream.ofNullable(call.get("TableName")).map(JsonNode::asText);
        Stream<String> transaction = call.path("TransactItems")
                .valueStream()
                .flatMap(JsonNode::valueStream)
                .map(item -> item.path("TableName").asText());
        Stream<String> batch = call.path("RequestItems").propertyStream().map(Map.Entry::getKey);
        return Stream.of(one, transaction, batch)
                .flatMap(names -> names)
                .map(name -> name.substring(name.lastIndexOf('-') + 1))
                .distinct()
                .collect(Collectors.joining("+"));
    }

    void add(String step, byte[] answer) {
        double units;
        try {
            JsonNode consumed = EdgeJson.JSON.readTree(answer).path("ConsumedCapacity");
            units = consumed.isArray()
                    ? consumed.valueStream().mapToDouble(Units::units).sum()
                    : units(consumed);
        } catch (IOException e) {
            throw new UncheckedIOException("the store did not answer JSON", e);
        }
        synchronized (sums) {
            Sum sum = sums.computeIfAbsent(step, _ -> new Sum());
            sum.calls++;
            sum.units += units;
        }
    }

    ArrayNode toJson() {
        ArrayNode list = EdgeJson.JSON.createArrayNode();
        synchronized (sums) {
            sums.forEach((step, sum) ->
                    list.addObject().put("step", step).put("calls", sum.calls).put("units", sum.units));
        }
        return list;
    }

    private static double units(JsonNode consumed) {
        return consumed.path("CapacityUnits").asDouble();
    }
}
