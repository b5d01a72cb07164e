package dev.fleetline.fleetdynamodb;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetline.callback.CallbackInbox;
import dev.fleetline.callback.Delivery;
import dev.fleetline.callback.Delivery.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/** Deliveries in the callbacks table, for 90 days. */
public final class DynamoCallbackInbox implements CallbackInbox {

    private static final Comparator<Delivery> OLDEST_FIRST = Comparator.<Delivery, Instant>comparing(
                    delivery -> delivery.id().eventTime().orElse(Instant.MIN))
            .thenComparing(delivery -> delivery.id().deliveryId());

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
        Map<String, String> names =
                Map.of("#device", "device", "#status", "status", "#reason", "reason", "#error", "error");
        Map<String, AttributeValue> values = new HashMap<>();
        values.put(":status", AttributeValue.fromS(DeliveryItem.status(status)));
        String update =
                switch (status) {
                    case Status.Quarantined quarantined -> {
                        values.put(":reason", AttributeValue.fromS(quarantined.reason()));
                        values.put(":error", AttributeValue.fromS(quarantined.error()));
                        yield "SET #status = :status, #reason = :reason, #error = :error";
                    }
                    case Status.Received _, Status.Unhandled _ -> "SET #status = :status REMOVE #reason, #error";
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
        List<Delivery> deliveries = new ArrayList<>();
        dynamo.queryPaginator(query -> query.tableName(tables.callbacks())
                        .consistentRead(true)
                        .keyConditionExpression("#device = :device")
                        .expressionAttributeNames(Map.of("#device", "device"))
                        .expressionAttributeValues(Map.of(":device", AttributeValue.fromS(device))))
                .items()
                .forEach(item -> deliveries.add(DeliveryItem.read(item)));
        return deliveries.stream().sorted(OLDEST_FIRST).toList();
    }
}
