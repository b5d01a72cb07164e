package dev.fleetline.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.callback.Delivery;
import dev.fleetline.callback.Delivery.Status;
import dev.fleetline.device.Device;
import dev.fleetline.device.Measure;
import dev.fleetline.lambda.EdgeJson;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Counts all that is stored, in so few words that a hundred thousand deliveries fit into one answer: of each device how many
 * reports are kept, a sum over their ids, and which of them are in its windows; and how many devices are in which state.
 */
final class Tally {

    private final FleetView view;
    private final DynamoDbClient dynamo;
    private final String historyTable;

    Tally(FleetView view, DynamoDbClient dynamo, String historyTable) {
        this.view = view;
        this.dynamo = dynamo;
        this.historyTable = historyTable;
    }

    /** The reports of one device. */
    private static final class Kept {
        private int reports;
        private long ids;
    }

    ObjectNode toJson() {
        ObjectNode json = EdgeJson.JSON.createObjectNode();
        Map<String, Kept> byDevice = new HashMap<>();
        Map<String, Integer> setAside = new TreeMap<>();
        Set<String> seen = new HashSet<>();
        int deliveries = 0;
        int doubled = 0;
        for (Delivery one : (Iterable<Delivery>) view.deliveries()::iterator) {
            deliveries++;
            reason(one.status()).ifPresent(reason -> setAside.merge(reason, 1, Integer::sum));
            Optional<String> event = eventId(one);
            if (event.isPresent() && !seen.add(event.get())) {
                doubled++;
            } else if (event.isPresent()) {
                Kept kept = byDevice.computeIfAbsent(one.id().device(), _ -> new Kept());
                kept.reports++;
                kept.ids += EventIds.number(event.get());
            }
        }
        json.put("deliveries", deliveries).put("underTwoKeys", doubled).put("movesTwice", movesTwice());
        ObjectNode aside = json.putObject("setAside");
        setAside.forEach(aside::put);
        ArrayNode list = json.putArray("devices");
        Map<String, Integer> states = new TreeMap<>();
        view.all().forEach(device -> {
            add(device, byDevice, list.addObject());
            states.merge(device.lifecycle().name(), 1, Integer::sum);
        });
        states.forEach(json.putObject("states")::put);
        return json;
    }

    private static void add(Device device, Map<String, Kept> byDevice, ObjectNode json) {
        Kept kept = device.uid()
                .flatMap(uid -> Optional.ofNullable(byDevice.get("uid#" + uid.value())))
                .orElseGet(Kept::new);
        json.put("imei", device.imei().digits()).put("kept", kept.reports).put("ids", Long.toHexString(kept.ids));
        device.vitals().lastSeen().ifPresent(at -> json.put("lastSeen", at.toString()));
        ArrayNode times = json.putArray("applied");
        Stream.of(Measure.RSRP, Measure.BATTERY)
                .flatMap(measure -> device.vitals().window(measure).readings().stream())
                .map(reading -> reading.at().toString())
                .distinct()
                .sorted()
                .forEach(times::add);
    }

    private static Optional<String> reason(Status status) {
        return switch (status) {
            case Status.Received _ -> Optional.empty();
            case Status.Quarantined(var reason, var _) -> Optional.of(reason);
            case Status.Unhandled _ -> Optional.of("UNHANDLED");
        };
    }

    /** The platform's id of the event that a readable report carries. */
    private static Optional<String> eventId(Delivery one) {
        try {
            JsonNode id = EdgeJson.JSON.readTree(one.payload()).path("data").path("id");
            return Optional.of(id.asText()).filter(text -> !text.isEmpty());
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /** How often callback-processor says of a device that it came into a state, and has said so before. */
    private int movesTwice() {
        Set<AttributeValue> subjects = new HashSet<>();
        int twice = 0;
        for (Map<String, AttributeValue> entry : dynamo.scanPaginator(scan -> scan.tableName(historyTable)
                        .filterExpression("#by = :processor AND what = :inService")
                        .expressionAttributeNames(Map.of("#by", "by"))
                        .expressionAttributeValues(Map.of(
                                ":processor",
                                AttributeValue.fromS("callback-processor"),
                                ":inService",
                                AttributeValue.fromS("IN_SERVICE"))))
                .items()) {
            twice += subjects.add(entry.get("subject")) ? 0 : 1;
        }
        return twice;
    }
}
