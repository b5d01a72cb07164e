package dev.fleetline.fleetdynamodb;

import dev.fleetline.device.Consequences;
import dev.fleetline.device.Device;
import dev.fleetline.device.DeviceId;
import dev.fleetline.device.DeviceRegistry;
import dev.fleetline.device.Iccid;
import dev.fleetline.device.Imei;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;

/** Devices in the devices table, the ids that belong to them in the identities table. */
public final class DynamoDeviceRegistry implements DeviceRegistry {

    /** The index of the devices that somebody has to look at. */
    static final String WAITING = "waiting";

    /** The index of the devices that are judged by then though nothing is heard of them. */
    static final String DUE = "due";

    private final DynamoDbClient dynamo;
    private final Tables tables;

    public DynamoDeviceRegistry(DynamoDbClient dynamo, Tables tables) {
        this.dynamo = dynamo;
        this.tables = tables;
    }

    @Override
    public Optional<Device> find(Imei imei) {
        return get(tables.devices(), DeviceItem.key(imei)).map(DeviceItem::read);
    }

    @Override
    public Optional<Imei> whoHas(DeviceId uid) {
        return whoHas(idOf(uid));
    }

    @Override
    public Optional<Imei> whoHas(Iccid iccid) {
        return whoHas(idOf(iccid));
    }

    private Optional<Imei> whoHas(String id) {
        return get(tables.identities(), Map.of("id", AttributeValue.fromS(id))).map(DynamoDeviceRegistry::owner);
    }

    @Override
    public Saved save(Device device, Consequences consequences) {
        Device next = device.at(device.version() + 1);
        if (device.version() > 0 && consequences.equals(Consequences.NONE) && isPutAlone(next)) {
            return new Saved.Stored(next);
        }
        return saveAll(next, device.version(), consequences);
    }

    /**
     * One put instead of a transaction over four items, when the stored device is the one that was read and has these ids
     * already: they were bound to it when it got them, and nobody can take them. Nearly every report is such a change.
     */
    private boolean isPutAlone(Device next) {
        Map<String, String> names = Map.of("#version", "version", "#uid", "uid", "#iccid", "iccid");
        Map<String, AttributeValue> values = new HashMap<>(Map.of(
                ":read", AttributeValue.fromN(Long.toString(next.version() - 1)),
                ":iccid", AttributeValue.fromS(next.order().iccid().digits())));
        next.uid().ifPresent(uid -> values.put(":uid", AttributeValue.fromS(uid.value())));
        String uid = next.uid().isPresent() ? "#uid = :uid" : "attribute_not_exists(#uid)";
        try {
            dynamo.putItem(put -> put.tableName(tables.devices())
                    .item(DeviceItem.of(next))
                    .conditionExpression("#version = :read AND #iccid = :iccid AND " + uid)
                    .expressionAttributeNames(names)
                    .expressionAttributeValues(values));
            return true;
        } catch (ConditionalCheckFailedException | TransactionConflictException e) {
            // the transaction says why
            return false;
        }
    }

    private Saved saveAll(Device next, long read, Consequences consequences) {
        String imei = next.imei().digits();
        Change change = new Change();
        int versioned = change.putVersioned(tables.devices(), "imei", read, DeviceItem.of(next));
        Optional<Integer> uid = next.uid().map(id -> change.bind(tables.identities(), idOf(id), imei));
        Optional<Integer> iccid = next.heldSim().map(sim -> change.bind(tables.identities(), idOf(sim), imei));
        consequences.freed().ifPresent(sim -> change.free(tables.identities(), idOf(sim), imei));
        change.bring(tables, "device#" + imei, consequences);

        return switch (change.run(dynamo)) {
            case Change.Outcome.Done _ -> new Saved.Stored(next);
            case Change.Outcome.Crossed _ -> new Saved.Changed();
            case Change.Outcome.Refused refused -> {
                Map<Integer, Map<String, AttributeValue>> conditions = refused.conditions();
                if (conditions.containsKey(versioned)) {
                    yield new Saved.Changed();
                }
                yield uid.flatMap(place -> Optional.ofNullable(conditions.get(place)))
                        .map(item -> new Saved.IdTaken("uid", owner(item)))
                        .or(() -> iccid.flatMap(place -> Optional.ofNullable(conditions.get(place)))
                                .map(item -> new Saved.IdTaken("iccid", owner(item))))
                        .<Saved>map(taken -> taken)
                        .orElseGet(Saved.Changed::new);
            }
        };
    }

    @Override
    public Page page(int segment, int of, Optional<Imei> startAfter, int limit) {
        List<Device> devices = new ArrayList<>();
        List<Unreadable> unreadable = new ArrayList<>();
        Map<String, AttributeValue> from = startAfter.map(DeviceItem::key).orElseGet(Map::of);
        int wanted = limit;
        while (true) {
            ScanResponse answer = scan(segment, of, from, wanted);
            for (Map<String, AttributeValue> item : answer.items()) {
                try {
                    devices.add(DeviceItem.read(item));
                } catch (UnreadableItem e) {
                    unreadable.add(new Unreadable(DeviceItem.maskedKey(item), reason(e)));
                }
            }
            if (!answer.hasLastEvaluatedKey() || answer.lastEvaluatedKey().isEmpty()) {
                return new Page(devices, unreadable, Optional.empty());
            }
            from = answer.lastEvaluatedKey();
            Optional<Imei> next = imei(from);
            if (next.isPresent()) {
                return new Page(devices, unreadable, next);
            }
            // the page ended at a key that is no IMEI, and nobody could say where the next one begins
            wanted = 1;
        }
    }

    @Override
    public List<Imei> waiting(Instant until, int limit) {
        return reached(WAITING, "waiting", "lookAt", DeviceItem::waiting, until, limit);
    }

    @Override
    public List<Imei> overdue(Instant until, int limit) {
        return reached(DUE, "due", "dueAt", DeviceItem::due, until, limit);
    }

    /** Of each part of the index the first, which are merged: no part knows how long those of another have waited. */
    private List<Imei> reached(
            String index, String hash, String range, IntFunction<String> part, Instant until, int limit) {
        return IntStream.range(0, DeviceItem.PARTS)
                .mapToObj(number -> dynamo
                        .queryPaginator(request -> request.tableName(tables.devices())
                                .indexName(index)
                                .keyConditionExpression("#part = :part AND #at <= :until")
                                .expressionAttributeNames(Map.of("#part", hash, "#at", range))
                                .expressionAttributeValues(Map.of(
                                        ":part", AttributeValue.fromS(part.apply(number)),
                                        ":until", ItemWriter.moment(until)))
                                .limit(limit))
                        .items()
                        .stream()
                        .limit(limit))
                .flatMap(items -> items)
                .sorted(Comparator.comparing(item -> moment(item, range)))
                .limit(limit)
                .flatMap(item -> imei(item).stream())
                .toList();
    }

    private static BigDecimal moment(Map<String, AttributeValue> key, String range) {
        return Optional.ofNullable(key.get(range))
                .map(value -> new BigDecimal(value.n()))
                .orElse(BigDecimal.ZERO);
    }

    @Override
    public boolean watch(Device device, Optional<Instant> due) {
        Map<String, String> names = Map.of("#version", "version", "#due", "due", "#dueAt", "dueAt");
        Map<String, AttributeValue> values =
                new HashMap<>(Map.of(":read", AttributeValue.fromN(Long.toString(device.version()))));
        due.ifPresent(at -> {
            values.put(":due", AttributeValue.fromS(DeviceItem.due(DeviceItem.part(device.imei()))));
            values.put(":dueAt", ItemWriter.moment(at));
        });
        try {
            dynamo.updateItem(update -> update.tableName(tables.devices())
                    .key(DeviceItem.key(device.imei()))
                    .updateExpression(due.isPresent() ? "SET #due = :due, #dueAt = :dueAt" : "REMOVE #due, #dueAt")
                    .conditionExpression("#version = :read")
                    .expressionAttributeNames(names)
                    .expressionAttributeValues(values));
            return true;
        } catch (ConditionalCheckFailedException | TransactionConflictException e) {
            return false;
        }
    }

    private ScanResponse scan(int segment, int of, Map<String, AttributeValue> from, int limit) {
        ScanRequest.Builder request = ScanRequest.builder()
                .tableName(tables.devices())
                .consistentRead(true)
                .segment(segment)
                .totalSegments(of)
                .limit(limit);
        if (!from.isEmpty()) {
            request.exclusiveStartKey(from);
        }
        return dynamo.scan(request.build());
    }

    private Optional<Map<String, AttributeValue>> get(String table, Map<String, AttributeValue> key) {
        GetItemResponse answer =
                dynamo.getItem(request -> request.tableName(table).key(key).consistentRead(true));
        return answer.hasItem() ? Optional.of(answer.item()) : Optional.empty();
    }

    private static Optional<Imei> imei(Map<String, AttributeValue> key) {
        try {
            return Optional.ofNullable(key.get("imei")).map(value -> new Imei(value.s()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Imei owner(Map<String, AttributeValue> item) {
        return new Imei(new ItemReader("identity", item).text("imei"));
    }

    private static String reason(UnreadableItem unreadable) {
        return Optional.ofNullable(unreadable.getMessage()).orElse("unreadable");
    }

    private static String idOf(DeviceId uid) {
        return "uid#" + uid.value();
    }

    private static String idOf(Iccid iccid) {
        return "iccid#" + iccid.digits();
    }
}
