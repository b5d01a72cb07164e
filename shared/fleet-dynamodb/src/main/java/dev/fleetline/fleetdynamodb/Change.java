package dev.fleetline.fleetdynamodb;

import dev.fleetline.device.Consequences;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionCheck;
import software.amazon.awssdk.services.dynamodb.model.Delete;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * One transaction, put together piece by piece.
 *
 * <p>A lost answer is harmless: the SDK repeats the call under the same request token, and DynamoDB answers as it did
 * the first time. That is also why nothing here compares what is stored with what was to be stored: two racers who
 * want the same must not both believe that they were the one.
 */
final class Change {

    /** How often a transaction that ran into another one is tried before it counts as lost. */
    private static final int TRIES = 3;

    private final List<TransactWriteItem> writes = new ArrayList<>();

    /** What came of it. */
    sealed interface Outcome {
        /** All of it happened. */
        record Done() implements Outcome {}

        /** None of it happened; these conditions did not hold, by place, with the item as it is stored (or empty). */
        record Refused(Map<Integer, Map<String, AttributeValue>> conditions) implements Outcome {}

        /** None of it happened, because others were writing the same. */
        record Crossed() implements Outcome {}
    }

    /** Puts the item if the stored one still has {@code version}; 0: if there is none. Answers its place. */
    int putVersioned(String table, String key, long version, Map<String, AttributeValue> item) {
        Put.Builder put = Put.builder().tableName(table).item(item);
        if (version == 0) {
            put.conditionExpression("attribute_not_exists(#key)").expressionAttributeNames(Map.of("#key", key));
        } else {
            put.conditionExpression("#version = :read")
                    .expressionAttributeNames(Map.of("#version", "version"))
                    .expressionAttributeValues(Map.of(":read", AttributeValue.fromN(Long.toString(version))));
        }
        return add(TransactWriteItem.builder().put(put.build()).build());
    }

    /** Checks that the stored item still has {@code version}; 0: that there is none. */
    int checkVersion(String table, Map<String, AttributeValue> key, long version) {
        ConditionCheck.Builder check = ConditionCheck.builder().tableName(table).key(key);
        if (version == 0) {
            check.conditionExpression("attribute_not_exists(#key)")
                    .expressionAttributeNames(
                            Map.of("#key", key.keySet().iterator().next()));
        } else {
            check.conditionExpression("#version = :read")
                    .expressionAttributeNames(Map.of("#version", "version"))
                    .expressionAttributeValues(Map.of(":read", AttributeValue.fromN(Long.toString(version))));
        }
        return add(TransactWriteItem.builder().conditionCheck(check.build()).build());
    }

    /** Checks that {@code holder} has this claim, which is taken once and for all. */
    void checkHolder(String table, String claim, String holder) {
        ConditionCheck check = ConditionCheck.builder()
                .tableName(table)
                .key(Map.of("claim", AttributeValue.fromS("once#" + claim)))
                .conditionExpression("#holder = :holder")
                .expressionAttributeNames(Map.of("#holder", "holder"))
                .expressionAttributeValues(Map.of(":holder", AttributeValue.fromS(holder)))
                .build();
        add(TransactWriteItem.builder().conditionCheck(check).build());
    }

    /** Binds an id to a device unless it is bound to another one. Answers its place. */
    int bind(String table, String id, String imei) {
        Put put = Put.builder()
                .tableName(table)
                .item(new ItemWriter().text("id", id).text("imei", imei).item())
                .conditionExpression("attribute_not_exists(#id) OR #imei = :imei")
                .expressionAttributeNames(Map.of("#id", "id", "#imei", "imei"))
                .expressionAttributeValues(Map.of(":imei", AttributeValue.fromS(imei)))
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
                .build();
        return add(TransactWriteItem.builder().put(put).build());
    }

    /** Removes an id of a device, unless it is another one's by now: then somebody else has changed the device. */
    void free(String table, String id, String imei) {
        Delete delete = Delete.builder()
                .tableName(table)
                .key(Map.of("id", AttributeValue.fromS(id)))
                .conditionExpression("attribute_not_exists(#id) OR #imei = :imei")
                .expressionAttributeNames(Map.of("#id", "id", "#imei", "imei"))
                .expressionAttributeValues(Map.of(":imei", AttributeValue.fromS(imei)))
                .build();
        add(TransactWriteItem.builder().delete(delete).build());
    }

    /** Adds history and events; what is named twice is written once, as a transaction may touch an item only once. */
    void bring(Tables tables, String subject, Consequences consequences) {
        Map<String, Put> puts = new LinkedHashMap<>();
        consequences
                .history()
                .forEach(entry -> puts.put(
                        "history " + entry.at() + "#" + entry.what(),
                        Put.builder()
                                .tableName(tables.history())
                                .item(HistoryItem.of(subject, entry))
                                .build()));
        consequences
                .events()
                .forEach(event -> puts.put(
                        "event " + event.eventId(),
                        Put.builder()
                                .tableName(tables.outbox())
                                .item(OutgoingItem.of(event))
                                .build()));
        puts.values().forEach(put -> add(TransactWriteItem.builder().put(put).build()));
    }

    private int add(TransactWriteItem write) {
        writes.add(write);
        return writes.size() - 1;
    }

    /** Does all of it or nothing. */
    Outcome run(DynamoDbClient dynamo) {
        for (int count = 0; count < TRIES; count++) {
            try {
                dynamo.transactWriteItems(request -> request.transactItems(writes));
                return new Outcome.Done();
            } catch (TransactionCanceledException e) {
                Optional<Outcome> refused = refused(e);
                if (refused.isPresent()) {
                    return refused.get();
                }
            }
        }
        return new Outcome.Crossed();
    }

    /** Empty when another transaction was in the way; anything but that and a condition is an error. */
    private static Optional<Outcome> refused(TransactionCanceledException cancelled) {
        Map<Integer, Map<String, AttributeValue>> conditions = new LinkedHashMap<>();
        boolean crossed = false;
        int place = 0;
        for (CancellationReason reason : cancelled.cancellationReasons()) {
            switch (Optional.ofNullable(reason.code()).orElse("None")) {
                case "ConditionalCheckFailed" -> conditions.put(place, reason.item());
                case "TransactionConflict" -> crossed = true;
                case "None" -> {}
                default -> throw cancelled;
            }
            place++;
        }
        if (!conditions.isEmpty()) {
            return Optional.of(new Outcome.Refused(conditions));
        }
        if (!crossed) {
            throw cancelled;
        }
        return Optional.empty();
    }
}
