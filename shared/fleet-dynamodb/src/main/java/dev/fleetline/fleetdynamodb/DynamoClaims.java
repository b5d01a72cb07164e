package dev.fleetline.fleetdynamodb;

import dev.fleetline.claims.Claims;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

/**
 * Claims in the claims table. A lease is {@code lease#<claim>} and never forgotten by DynamoDB, because its condition
 * judges it; a once is {@code once#<claim>}, an answer {@code answer#<claim>}, a ticket {@code ticket#<ticket>} and what was taken of a bucket in a window
 * {@code taken#<bucket>#<number of the window>}, all forgotten some time after they have ended.
 */
public final class DynamoClaims implements Claims {

    private final DynamoDbClient dynamo;
    private final Tables tables;

    public DynamoClaims(DynamoDbClient dynamo, Tables tables) {
        this.dynamo = dynamo;
        this.tables = tables;
    }

    @Override
    public Lease lease(String claim, String holder, Instant now, Duration length) {
        Instant until = now.plus(length);
        try {
            dynamo.putItem(put -> put.tableName(tables.claims())
                    .item(new ItemWriter()
                            .text("claim", "lease#" + claim)
                            .text("holder", holder)
                            .moment("leaseUntil", until)
                            .item())
                    .conditionExpression("attribute_not_exists(#claim) OR #holder = :holder OR #until <= :now")
                    .expressionAttributeNames(Map.of("#claim", "claim", "#holder", "holder", "#until", "leaseUntil"))
                    .expressionAttributeValues(
                            Map.of(":holder", AttributeValue.fromS(holder), ":now", ItemWriter.moment(now)))
                    .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD));
            return new Lease.Granted(until);
        } catch (ConditionalCheckFailedException e) {
            ItemReader other = new ItemReader("lease " + claim, e.item());
            return new Lease.Taken(other.text("holder"), other.moment("leaseUntil"));
        }
    }

    @Override
    public Optional<String> holder(String claim, Instant now) {
        Map<String, AttributeValue> stored = read("lease#" + claim);
        if (stored.isEmpty()) {
            return Optional.empty();
        }
        ItemReader lease = new ItemReader("lease " + claim, stored);
        return lease.moment("leaseUntil").isAfter(now) ? Optional.of(lease.text("holder")) : Optional.empty();
    }

    @Override
    public void release(String claim, String holder) {
        try {
            dynamo.deleteItem(delete -> delete.tableName(tables.claims())
                    .key(Map.of("claim", AttributeValue.fromS("lease#" + claim)))
                    .conditionExpression("#holder = :holder")
                    .expressionAttributeNames(Map.of("#holder", "holder"))
                    .expressionAttributeValues(Map.of(":holder", AttributeValue.fromS(holder))));
        } catch (ConditionalCheckFailedException e) {
            // somebody else has it, or nobody
        }
    }

    @Override
    public boolean once(String claim, String holder, Instant now, Instant keepUntil) {
        try {
            dynamo.putItem(put -> put.tableName(tables.claims())
                    .item(new ItemWriter()
                            .text("claim", "once#" + claim)
                            .text("holder", holder)
                            .moment("keepUntil", keepUntil)
                            .forgetAfter(keepUntil)
                            .item())
                    .conditionExpression("attribute_not_exists(#claim) OR #until <= :now")
                    .expressionAttributeNames(Map.of("#claim", "claim", "#until", "keepUntil"))
                    .expressionAttributeValues(Map.of(":now", ItemWriter.moment(now)))
                    .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD));
            return true;
        } catch (ConditionalCheckFailedException e) {
            return new ItemReader("claim " + claim, e.item()).text("holder").equals(holder);
        }
    }

    @Override
    public void issue(String ticket, Instant until) {
        dynamo.putItem(put -> put.tableName(tables.claims())
                .item(new ItemWriter()
                        .text("claim", "ticket#" + ticket)
                        .moment("until", until)
                        .forgetAfter(until)
                        .item()));
    }

    @Override
    public boolean redeem(String ticket, Instant now) {
        try {
            dynamo.deleteItem(delete -> delete.tableName(tables.claims())
                    .key(Map.of("claim", AttributeValue.fromS("ticket#" + ticket)))
                    .conditionExpression("#until > :now")
                    .expressionAttributeNames(Map.of("#until", "until"))
                    .expressionAttributeValues(Map.of(":now", ItemWriter.moment(now))));
            return true;
        } catch (ConditionalCheckFailedException e) {
            // never issued, redeemed before, or ended
            return false;
        }
    }

    /** Counts and judges in one write. A write that is repeated because its answer was lost counts twice: on the safe side. */
    @Override
    public boolean take(String bucket, int most, Instant now, Duration window) {
        if (most < 1) {
            return false;
        }
        long number = now.toEpochMilli() / window.toMillis();
        Instant end = Instant.ofEpochMilli((number + 1) * window.toMillis());
        try {
            dynamo.updateItem(update -> update.tableName(tables.claims())
                    .key(Map.of("claim", AttributeValue.fromS("taken#" + bucket + "#" + number)))
                    .updateExpression("SET #schema = :schema, #expires = :expires ADD #taken :one")
                    .conditionExpression("attribute_not_exists(#taken) OR #taken < :most")
                    .expressionAttributeNames(Map.of("#schema", "schema", "#expires", "expiresAt", "#taken", "taken"))
                    .expressionAttributeValues(Map.of(
                            ":schema", AttributeValue.fromN(Integer.toString(ItemWriter.SCHEMA)),
                            ":expires", ItemWriter.forgottenAfter(end),
                            ":one", AttributeValue.fromN("1"),
                            ":most", AttributeValue.fromN(Integer.toString(most)))));
            return true;
        } catch (ConditionalCheckFailedException e) {
            return false;
        }
    }

    @Override
    public void keepAnswer(String claim, String answer, Instant keepUntil) {
        dynamo.putItem(put -> put.tableName(tables.claims())
                .item(new ItemWriter()
                        .text("claim", "answer#" + claim)
                        .text("answer", answer)
                        .moment("keepUntil", keepUntil)
                        .forgetAfter(keepUntil)
                        .item()));
    }

    @Override
    public Optional<String> answer(String claim, Instant now) {
        Map<String, AttributeValue> stored = read("answer#" + claim);
        if (stored.isEmpty()) {
            return Optional.empty();
        }
        ItemReader kept = new ItemReader("answer " + claim, stored);
        return kept.moment("keepUntil").isAfter(now) ? Optional.of(kept.text("answer")) : Optional.empty();
    }

    private Map<String, AttributeValue> read(String key) {
        return dynamo.getItem(get -> get.tableName(tables.claims())
                        .consistentRead(true)
                        .key(Map.of("claim", AttributeValue.fromS(key))))
                .item();
    }
}
