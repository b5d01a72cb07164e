package dev.fleetline.fleetdynamodb;

import dev.fleetline.fleetevents.Outbox;
import dev.fleetline.fleetevents.Outgoing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** Events on their way in the outbox table, which is nearly empty while the bus works. */
public final class DynamoOutbox implements Outbox {

    /** As many as DynamoDB takes in one batch. */
    private static final int BATCH = 25;

    /** How often the rest of a batch is tried again before it counts as failed. */
    private static final int TRIES = 5;

    private static final Logger LOG = LoggerFactory.getLogger(DynamoOutbox.class);

    private static final Comparator<Outgoing> OLDEST_FIRST =
            Comparator.comparing(Outgoing::time).thenComparing(Outgoing::eventId);

    private final DynamoDbClient dynamo;
    private final Tables tables;

    public DynamoOutbox(DynamoDbClient dynamo, Tables tables) {
        this.dynamo = dynamo;
        this.tables = tables;
    }

    @Override
    public void put(List<Outgoing> events) {
        for (Outgoing event : events) {
            put(event);
        }
    }

    private void put(Outgoing event) {
        try {
            dynamo.putItem(put -> put.tableName(tables.outbox())
                    .item(OutgoingItem.of(event))
                    .conditionExpression("attribute_not_exists(#id)")
                    .expressionAttributeNames(Map.of("#id", "eventId")));
        } catch (ConditionalCheckFailedException e) {
            // it waits there already, as it was first decided
        }
    }

    @Override
    public List<Outgoing> decidedBefore(Instant moment, int limit) {
        List<Outgoing> decided = new ArrayList<>();
        dynamo.scanPaginator(scan -> scan.tableName(tables.outbox())
                        .consistentRead(true)
                        .filterExpression("#decided < :moment")
                        .expressionAttributeNames(Map.of("#decided", "decidedAt"))
                        .expressionAttributeValues(Map.of(":moment", ItemWriter.moment(moment))))
                .items()
                .forEach(item -> read(item).ifPresent(decided::add));
        return decided.stream().sorted(OLDEST_FIRST).limit(limit).toList();
    }

    /** One that cannot be read stays where it is for a person, and holds nobody up. */
    private static Optional<Outgoing> read(Map<String, AttributeValue> item) {
        try {
            return Optional.of(OutgoingItem.read(item));
        } catch (UnreadableItem e) {
            LOG.error("passed over, the event {} in the outbox cannot be read", item.get("eventId"), e);
            return Optional.empty();
        }
    }

    @Override
    public void delete(Collection<String> eventIds) {
        List<WriteRequest> batch = new ArrayList<>();
        for (String eventId : new LinkedHashSet<>(eventIds)) {
            batch.add(WriteRequest.builder()
                    .deleteRequest(delete -> delete.key(Map.of("eventId", AttributeValue.fromS(eventId))))
                    .build());
            if (batch.size() == BATCH) {
                delete(batch);
                batch.clear();
            }
        }
        if (!batch.isEmpty()) {
            delete(batch);
        }
    }

    private void delete(List<WriteRequest> batch) {
        List<WriteRequest> rest = List.copyOf(batch);
        for (int count = 0; count < TRIES && !rest.isEmpty(); count++) {
            List<WriteRequest> now = rest;
            rest = dynamo.batchWriteItem(write -> write.requestItems(Map.of(tables.outbox(), now)))
                    .unprocessedItems()
                    .getOrDefault(tables.outbox(), List.of());
        }
        if (!rest.isEmpty()) {
            throw new IllegalStateException("the outbox did not delete " + rest.size() + " published events in " + TRIES
                    + " tries; they will be published once more");
        }
    }
}
