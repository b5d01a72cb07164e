package dev.fleetline.fleetdynamodb;

import dev.fleetline.alert.Alert;
import dev.fleetline.alert.AlertBook;
import dev.fleetline.alert.Subject;
import dev.fleetline.device.Consequences;
import dev.fleetline.device.Device;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/** Alerts in the alerts table; the open ones also in its sparse indexes. */
public final class DynamoAlertBook implements AlertBook {

    private final DynamoDbClient dynamo;
    private final Tables tables;

    public DynamoAlertBook(DynamoDbClient dynamo, Tables tables) {
        this.dynamo = dynamo;
        this.tables = tables;
    }

    @Override
    public List<Alert> of(Subject subject) {
        List<Alert> alerts = new ArrayList<>();
        dynamo.queryPaginator(query -> query.tableName(tables.alerts())
                        .consistentRead(true)
                        .keyConditionExpression("#subject = :subject")
                        .expressionAttributeNames(Map.of("#subject", "subject"))
                        .expressionAttributeValues(Map.of(":subject", AttributeValue.fromS(subject.key()))))
                .items()
                .forEach(item -> alerts.add(AlertItem.read(item)));
        return List.copyOf(alerts);
    }

    @Override
    public Written write(Alert alert, Basis basis, Consequences consequences) {
        Change change = new Change();
        int versioned = change.putVersioned(
                tables.alerts(), "subject", alert.version(), AlertItem.of(alert.at(alert.version() + 1)));
        switch (basis) {
            case Basis.OnDevice(var judged, var changed) ->
                changed.ifPresentOrElse(
                        next -> replace(change, judged, next),
                        () -> change.checkVersion(tables.devices(), DeviceItem.key(judged.imei()), judged.version()));
            case Basis.OnPass(var claim, var holder) -> change.checkHolder(tables.claims(), claim, holder);
            case Basis.OnWord _ -> {}
        }
        change.bring(tables, alert.subject().key(), consequences);
        return switch (change.run(dynamo)) {
            case Change.Outcome.Done _ -> Written.STORED;
            case Change.Outcome.Crossed _ -> Written.CHANGED;
            case Change.Outcome.Refused(var conditions) ->
                basis instanceof Basis.OnPass && !conditions.containsKey(versioned)
                        ? Written.NOT_OURS
                        : Written.CHANGED;
        };
    }

    private void replace(Change change, Device judged, Device next) {
        change.putVersioned(tables.devices(), "imei", judged.version(), DeviceItem.of(next.at(judged.version() + 1)));
    }

    /** {@code startAfter} is the number of the index's key, and where in it the last page ended. */
    @Override
    public Page open(Optional<String> startAfter, int limit) {
        int key = startAfter.map(OpenPlace::key).orElse(0);
        Map<String, AttributeValue> from = startAfter.map(OpenPlace::after).orElseGet(Map::of);
        QueryRequest.Builder request = query(AlertItem.OPEN_KEYS.get(key)).limit(limit);
        if (!from.isEmpty()) {
            request.exclusiveStartKey(from);
        }
        var answer = dynamo.query(request.build());
        List<Alert.Open> alerts = open(answer.items().stream()).toList();
        if (answer.hasLastEvaluatedKey() && !answer.lastEvaluatedKey().isEmpty()) {
            return new Page(alerts, Optional.of(OpenPlace.of(key, answer.lastEvaluatedKey())));
        }
        return new Page(
                alerts,
                key + 1 < AlertItem.OPEN_KEYS.size() ? Optional.of(OpenPlace.of(key + 1, Map.of())) : Optional.empty());
    }

    @Override
    public List<Alert.Open> together() {
        return open(dynamo.queryPaginator(query(AlertItem.WIDE).build()).items().stream())
                .toList();
    }

    /** Of each key of the index the first, which are merged: none knows how long those of another have been due. */
    @Override
    public List<Entry> due(Instant until, int limit) {
        return AlertItem.DUE_KEYS.stream()
                .flatMap(key -> dynamo
                        .query(query -> query.tableName(tables.alerts())
                                .indexName("due")
                                .keyConditionExpression("#key = :key AND #due <= :until")
                                .expressionAttributeNames(Map.of("#key", "dueShard", "#due", "dueAt"))
                                .expressionAttributeValues(
                                        Map.of(":key", AttributeValue.fromS(key), ":until", ItemWriter.moment(until)))
                                .limit(limit))
                        .items()
                        .stream())
                .sorted(Comparator.comparing(DynamoAlertBook::dueAt))
                .limit(limit)
                .map(AlertItem::entry)
                .toList();
    }

    private static BigDecimal dueAt(Map<String, AttributeValue> key) {
        return Optional.ofNullable(key.get("dueAt"))
                .map(value -> new BigDecimal(value.n()))
                .orElse(BigDecimal.ZERO);
    }

    private QueryRequest.Builder query(String key) {
        return QueryRequest.builder()
                .tableName(tables.alerts())
                .indexName("open")
                .keyConditionExpression("#key = :key")
                .expressionAttributeNames(Map.of("#key", "openShard"))
                .expressionAttributeValues(Map.of(":key", AttributeValue.fromS(key)));
    }

    private static Stream<Alert.Open> open(Stream<Map<String, AttributeValue>> items) {
        return items.map(AlertItem::read).filter(Alert.Open.class::isInstance).map(Alert.Open.class::cast);
    }
}
