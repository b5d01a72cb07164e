package dev.fleetline.fleetdynamodb;

import dev.fleetline.callback.Hearing;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/**
 * What was heard, as {@code heard#<source>} in the claims table: an item of the callbacks table would wake who notes it,
 * and age away. Never forgotten by DynamoDB.
 */
public final class DynamoHearing implements Hearing {

    private final DynamoDbClient dynamo;
    private final Tables tables;

    public DynamoHearing(DynamoDbClient dynamo, Tables tables) {
        this.dynamo = dynamo;
        this.tables = tables;
    }

    @Override
    public void heard(String source, Instant at) {
        Optional<Heard> had = of(source);
        Heard now = had.map(it -> it.again(at)).orElseGet(() -> Heard.forTheFirstTime(at));
        if (had.equals(Optional.of(now))) {
            return;
        }
        try {
            dynamo.putItem(put -> {
                put.tableName(tables.claims())
                        .item(new ItemWriter()
                                .text("claim", key(source))
                                .time("first", now.first())
                                .time("last", now.last())
                                .number("usualGapMillis", now.usualGap().toMillis())
                                .item());
                if (had.isPresent()) {
                    put.conditionExpression("#last = :last")
                            .expressionAttributeNames(Map.of("#last", "last"))
                            .expressionAttributeValues(Map.of(
                                    ":last",
                                    AttributeValue.fromS(had.get().last().toString())));
                } else {
                    put.conditionExpression("attribute_not_exists(#claim)")
                            .expressionAttributeNames(Map.of("#claim", "claim"));
                }
            });
        } catch (ConditionalCheckFailedException e) {
            // somebody noted the same in this moment
        }
    }

    @Override
    public Optional<Heard> of(String source) {
        Map<String, AttributeValue> stored = dynamo.getItem(get -> get.tableName(tables.claims())
                        .consistentRead(true)
                        .key(Map.of("claim", AttributeValue.fromS(key(source)))))
                .item();
        if (stored.isEmpty()) {
            return Optional.empty();
        }
        ItemReader item = new ItemReader("what was heard of " + source, stored);
        return Optional.of(
                new Heard(item.time("first"), item.time("last"), Duration.ofMillis(item.number("usualGapMillis"))));
    }

    @Override
    public void forget(String source) {
        dynamo.deleteItem(
                delete -> delete.tableName(tables.claims()).key(Map.of("claim", AttributeValue.fromS(key(source)))));
    }

    private static String key(String source) {
        return "heard#" + source;
    }
}
