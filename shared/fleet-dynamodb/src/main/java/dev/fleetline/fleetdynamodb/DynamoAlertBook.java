package dev.fleetline.fleetdynamodb;

import dev.fleetline.alert.Alert;
import dev.fleetline.alert.AlertBook;
import dev.fleetline.alert.Subject;
import dev.fleetline.device.Consequences;
import dev.fleetline.device.Device;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Alerts in the alerts table; the open ones also in its sparse index. */
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
    public Written write(Alert alert, Device judged, Consequences consequences) {
        Change change = new Change();
        change.putVersioned(tables.alerts(), "subject", alert.version(), AlertItem.of(alert.at(alert.version() + 1)));
        change.checkVersion(tables.devices(), DeviceItem.key(judged.imei()), judged.version());
        change.bring(tables, alert.subject().key(), consequences);
        return switch (change.run(dynamo)) {
            case Change.Outcome.Done _ -> Written.STORED;
            case Change.Outcome.Refused _, Change.Outcome.Crossed _ -> Written.CHANGED;
        };
    }

    @Override
    public List<Alert.Open> open() {
        List<Alert.Open> open = new ArrayList<>();
        for (int shard = 0; shard < AlertItem.SHARDS; shard++) {
            String key = AlertItem.shard(shard);
            dynamo.queryPaginator(query -> query.tableName(tables.alerts())
                            .indexName("open")
                            .keyConditionExpression("#shard = :shard")
                            .expressionAttributeNames(Map.of("#shard", "openShard"))
                            .expressionAttributeValues(Map.of(":shard", AttributeValue.fromS(key))))
                    .items()
                    .forEach(item -> {
                        if (AlertItem.read(item) instanceof Alert.Open alert) {
                            open.add(alert);
                        }
                    });
        }
        return List.copyOf(open);
    }
}
