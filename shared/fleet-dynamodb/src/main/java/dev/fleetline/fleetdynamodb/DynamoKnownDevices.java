package dev.fleetline.fleetdynamodb;

import dev.fleetline.device.Iccid;
import dev.fleetline.device.Imei;
import dev.fleetline.onboarding.KnownDevices;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;

/** Reads the devices and identities tables in batches, and of a device only what an order asks for. */
public final class DynamoKnownDevices implements KnownDevices {

    /** As many as DynamoDB takes in one batch. */
    private static final int BATCH = 100;

    /** How often the rest of a batch is asked for again before the store counts as down. */
    private static final int TRIES = 6;

    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);

    private static final Map<String, String> NAMES =
            Map.of("#schema", "schema", "#imei", "imei", "#state", "state", "#iccid", "iccid", "#id", "onboardingId");

    private final DynamoDbClient dynamo;
    private final Tables tables;
    private final Consumer<Duration> pause;

    /** {@code pause} waits, or in a test records that it was asked to. */
    public DynamoKnownDevices(DynamoDbClient dynamo, Tables tables, Consumer<Duration> pause) {
        this.dynamo = dynamo;
        this.tables = tables;
        this.pause = pause;
    }

    @Override
    public Map<Imei, Known> find(Collection<Imei> imeis) {
        KeysAndAttributes wanted = KeysAndAttributes.builder()
                .consistentRead(true)
                .projectionExpression("#schema, #imei, #state, #iccid, #id")
                .expressionAttributeNames(NAMES)
                .keys(List.of())
                .build();
        Map<Imei, Known> found = new HashMap<>();
        List<Map<String, AttributeValue>> keys =
                new LinkedHashSet<>(imeis).stream().map(DeviceItem::key).toList();
        for (Map<String, AttributeValue> item : get(tables.devices(), wanted, keys)) {
            ItemReader read = new ItemReader("device", item);
            found.put(
                    new Imei(read.text("imei")),
                    new Known(read.text("state"), new Iccid(read.text("iccid")), read.text("onboardingId")));
        }
        return found;
    }

    @Override
    public Map<Iccid, Imei> whoHas(Collection<Iccid> iccids) {
        KeysAndAttributes wanted =
                KeysAndAttributes.builder().consistentRead(true).keys(List.of()).build();
        Map<Iccid, Imei> found = new HashMap<>();
        List<Map<String, AttributeValue>> keys = new LinkedHashSet<>(iccids)
                .stream()
                        .map(iccid -> Map.of("id", AttributeValue.fromS("iccid#" + iccid.digits())))
                        .toList();
        for (Map<String, AttributeValue> item : get(tables.identities(), wanted, keys)) {
            ItemReader read = new ItemReader("identity", item);
            found.put(new Iccid(read.text("id").substring("iccid#".length())), new Imei(read.text("imei")));
        }
        return found;
    }

    private List<Map<String, AttributeValue>> get(
            String table, KeysAndAttributes wanted, List<Map<String, AttributeValue>> keys) {
        List<Map<String, AttributeValue>> items = new ArrayList<>();
        for (int from = 0; from < keys.size(); from += BATCH) {
            List<Map<String, AttributeValue>> batch = keys.subList(from, Math.min(from + BATCH, keys.size()));
            batch(table, wanted.toBuilder().keys(batch).build(), items);
        }
        return items;
    }

    /** One batch; what DynamoDB leaves out of its answer is asked for again. */
    private void batch(String table, KeysAndAttributes wanted, List<Map<String, AttributeValue>> items) {
        Map<String, KeysAndAttributes> left = Map.of(table, wanted);
        for (int attempt = 1; attempt <= TRIES; attempt++) {
            if (attempt > 1) {
                pause.accept(FIRST_PAUSE.multipliedBy(1L << (attempt - 2)));
            }
            Map<String, KeysAndAttributes> now = left;
            BatchGetItemResponse answer = dynamo.batchGetItem(get -> get.requestItems(now));
            items.addAll(answer.responses().getOrDefault(table, List.of()));
            left = answer.unprocessedKeys();
            if (left.isEmpty()) {
                return;
            }
        }
        throw new IllegalStateException("table " + table + " did not answer all that was asked for in " + TRIES
                + " tries: it is throttled, so try again later");
    }
}
