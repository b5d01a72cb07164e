package dev.fleetline.fleetdynamodb;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetline.callback.CallbackInbox;
import dev.fleetline.callback.Delivery;
import dev.fleetline.callback.Delivery.Status;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;

/** Deliveries in the callbacks table, for 90 days. */
public final class DynamoCallbackInbox implements CallbackInbox {

    private static final Comparator<Delivery> OLDEST_FIRST = Comparator.<Delivery, Instant>comparing(
                    delivery -> delivery.id().eventTime().orElse(Instant.MIN))
            .thenComparing(delivery -> delivery.id().deliveryId());

    private static final Set<String> TABLE_KEY = Set.of("device", "eventKey");

    /** What the index's position is made of. */
    private static final Set<String> INDEX_KEY = Set.of("setAside", "receivedAt", "device", "eventKey");

    /** A scan reads more than it finds. */
    private static final int SCANNED_PER_WANTED = 8;

    private final DynamoDbClient dynamo;
    private final Tables tables;

    public DynamoCallbackInbox(DynamoDbClient dynamo, Tables tables) {
        this.dynamo = dynamo;
        this.tables = tables;
    }

    /** The delivery in a record of the table's stream, whose image is in DynamoDB's own JSON. */
    public static Delivery fromStream(JsonNode newImage) {
        Map<String, AttributeValue> item = new HashMap<>();
        newImage.properties().forEach(attribute -> {
            JsonNode typed = attribute.getValue();
            if (typed.has("S")) {
                item.put(
                        attribute.getKey(), AttributeValue.fromS(typed.path("S").asText()));
            } else if (typed.has("N")) {
                item.put(
                        attribute.getKey(), AttributeValue.fromN(typed.path("N").asText()));
            }
        });
        return DeliveryItem.read(item);
    }

    @Override
    public boolean put(Delivery delivery) {
        try {
            dynamo.putItem(put -> put.tableName(tables.callbacks())
                    .item(DeliveryItem.of(delivery))
                    .conditionExpression("attribute_not_exists(#device)")
                    .expressionAttributeNames(Map.of("#device", "device")));
            return true;
        } catch (ConditionalCheckFailedException e) {
            return false;
        }
    }

    @Override
    public boolean has(Delivery.DeliveryId id) {
        return dynamo.getItem(get -> get.tableName(tables.callbacks())
                        .key(DeliveryItem.key(id))
                        .consistentRead(true)
                        .projectionExpression("#device")
                        .expressionAttributeNames(Map.of("#device", "device")))
                .hasItem();
    }

    @Override
    public boolean mark(Delivery.DeliveryId id, Status status) {
        Map<String, String> names = Map.of(
                "#device", "device", "#status", "status", "#shelf", "setAside", "#reason", "reason", "#error", "error");
        Map<String, AttributeValue> values = new HashMap<>();
        DeliveryItem.shelf(id, status).ifPresent(shelf -> values.put(":shelf", AttributeValue.fromS(shelf)));
        values.put(":status", AttributeValue.fromS(DeliveryItem.status(status)));
        String update =
                switch (status) {
                    case Status.Quarantined quarantined -> {
                        values.put(":reason", AttributeValue.fromS(quarantined.reason()));
                        values.put(":error", AttributeValue.fromS(quarantined.error()));
                        yield "SET #status = :status, #shelf = :shelf, #reason = :reason, #error = :error";
                    }
                    case Status.Unhandled _ -> "SET #status = :status, #shelf = :shelf REMOVE #reason, #error";
                    case Status.Received _ -> "SET #status = :status REMOVE #shelf, #reason, #error";
                };
        try {
            dynamo.updateItem(request -> request.tableName(tables.callbacks())
                    .key(DeliveryItem.key(id))
                    .updateExpression(update)
                    .conditionExpression("attribute_exists(#device)")
                    .expressionAttributeNames(names)
                    .expressionAttributeValues(values));
            return true;
        } catch (ConditionalCheckFailedException e) {
            return false;
        }
    }

    @Override
    public List<Delivery> of(String device) {
        return under(device).deliveries();
    }

    @Override
    public Page under(String device) {
        List<Map<String, AttributeValue>> items = new ArrayList<>();
        dynamo.queryPaginator(query -> query.tableName(tables.callbacks())
                        .consistentRead(true)
                        .keyConditionExpression("#device = :device")
                        .expressionAttributeNames(Map.of("#device", "device"))
                        .expressionAttributeValues(Map.of(":device", AttributeValue.fromS(device))))
                .items()
                .forEach(items::add);
        Page page = page(items.stream(), _ -> true, Optional.empty());
        return new Page(page.deliveries().stream().sorted(OLDEST_FIRST).toList(), page.unreadable(), Optional.empty());
    }

    /** Those that are wanted, and why others cannot be read: one that is spoilt does not hide its neighbours. */
    private static Page page(
            Stream<Map<String, AttributeValue>> items, Predicate<Delivery> wanted, Optional<String> next) {
        List<Delivery> deliveries = new ArrayList<>();
        List<String> unreadable = new ArrayList<>();
        items.forEach(item -> {
            try {
                Delivery delivery = DeliveryItem.read(item);
                if (wanted.test(delivery)) {
                    deliveries.add(delivery);
                }
            } catch (UnreadableItem e) {
                unreadable.add(String.valueOf(e.getMessage()));
            }
        });
        return new Page(deliveries, unreadable, next);
    }

    /** The filter is whole minutes with one to spare: text of times compares well only without fractions of a second. */
    @Override
    public Page received(Instant from, Instant to, Optional<String> startAfter, int limit) {
        ScanRequest.Builder request = ScanRequest.builder()
                .tableName(tables.callbacks())
                .consistentRead(true)
                .filterExpression("receivedAt BETWEEN :from AND :to")
                .expressionAttributeValues(Map.of(
                        ":from",
                        minute(from.minus(Duration.ofMinutes(1))),
                        ":to",
                        minute(to.plus(Duration.ofMinutes(2)))))
                .limit(SCANNED_PER_WANTED * limit);
        startAfter
                .map(Position::read)
                .ifPresent(position ->
                        request.exclusiveStartKey(position.only(TABLE_KEY).key()));
        ScanResponse answer = dynamo.scan(request.build());
        return page(
                answer.items().stream(),
                delivery -> !delivery.receivedAt().isBefore(from)
                        && delivery.receivedAt().isBefore(to),
                answer.hasLastEvaluatedKey() && !answer.lastEvaluatedKey().isEmpty()
                        ? Optional.of(new Position(0, answer.lastEvaluatedKey()).text())
                        : Optional.empty());
    }

    @Override
    public Page setAside(String reason, Optional<String> startAfter, int limit) {
        Position begin = startAfter.map(Position::read).orElseGet(() -> new Position(0, Map.of()));
        boolean unhandled = reason.equals(UNHANDLED);
        Map<String, String> names = new HashMap<>(Map.of("#shelf", "setAside"));
        Map<String, AttributeValue> values = new HashMap<>();
        values.put(":shelf", AttributeValue.fromS((unhandled ? "UNHANDLED#" : "QUARANTINED#") + begin.shelf()));
        QueryRequest.Builder request = QueryRequest.builder()
                .tableName(tables.callbacks())
                .indexName("setAside")
                .keyConditionExpression("#shelf = :shelf")
                .limit(limit);
        if (!unhandled) {
            names.put("#reason", "reason");
            values.put(":reason", AttributeValue.fromS(reason));
            request.filterExpression("#reason = :reason");
        }
        if (!begin.key().isEmpty()) {
            request.exclusiveStartKey(begin.only(INDEX_KEY).key());
        }
        QueryResponse answer = dynamo.query(request.expressionAttributeNames(names)
                .expressionAttributeValues(values)
                .build());
        return page(
                answer.items().stream().flatMap(item -> get(item).stream()),
                delivery -> isSetAside(delivery.status(), reason),
                next(begin.shelf(), answer));
    }

    @Override
    public String behind(Delivery delivery) {
        return new Position(DeliveryItem.shelf(delivery.id()), DeliveryItem.of(delivery))
                .only(INDEX_KEY)
                .text();
    }

    private static Optional<String> next(int shelf, QueryResponse answer) {
        if (answer.hasLastEvaluatedKey() && !answer.lastEvaluatedKey().isEmpty()) {
            return Optional.of(new Position(shelf, answer.lastEvaluatedKey()).text());
        }
        return shelf + 1 < DeliveryItem.SHELVES
                ? Optional.of(new Position(shelf + 1, Map.of()).text())
                : Optional.empty();
    }

    private static boolean isSetAside(Status status, String reason) {
        return switch (status) {
            case Status.Received _ -> false;
            case Status.Quarantined(var code, var _) -> code.equals(reason);
            case Status.Unhandled _ -> reason.equals(UNHANDLED);
        };
    }

    private Optional<Map<String, AttributeValue>> get(Map<String, AttributeValue> indexed) {
        GetItemResponse answer = dynamo.getItem(request -> request.tableName(tables.callbacks())
                .key(Map.of("device", indexed.get("device"), "eventKey", indexed.get("eventKey")))
                .consistentRead(true));
        return answer.hasItem() ? Optional.of(answer.item()) : Optional.empty();
    }

    private static AttributeValue minute(Instant time) {
        return AttributeValue.fromS(
                time.truncatedTo(ChronoUnit.MINUTES).toString().substring(0, 16));
    }

    /** Where to go on: the shelf that is read, and the key of the item before, all of whose attributes are texts. */
    private record Position(int shelf, Map<String, AttributeValue> key) {

        private static final String BETWEEN = "\n";

        static Position read(String text) {
            try {
                String[] parts = new String(Base64.getUrlDecoder().decode(text), UTF_8).split(BETWEEN, -1);
                Map<String, AttributeValue> key = new HashMap<>();
                for (int i = 1; i + 1 < parts.length; i += 2) {
                    key.put(parts[i], AttributeValue.fromS(parts[i + 1]));
                }
                return new Position(Integer.parseInt(parts[0]), key);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("startAfter is not what an earlier page ended with", e);
            }
        }

        Position only(Set<String> names) {
            Map<String, AttributeValue> named = new HashMap<>(key);
            named.keySet().retainAll(names);
            return new Position(shelf, named);
        }

        String text() {
            StringBuilder text = new StringBuilder().append(shelf);
            key.forEach((name, value) ->
                    text.append(BETWEEN).append(name).append(BETWEEN).append(value.s()));
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(text.toString().getBytes(UTF_8));
        }
    }
}
