package dev.fleetline.fleetdynamodb;

import dev.fleetline.device.Consequences.HistoryEntry;
import dev.fleetline.device.DeviceHistory;
import dev.fleetline.device.Imei;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Of devices, in the history table, for two years. */
public final class DynamoDeviceHistory implements DeviceHistory {

    private final DynamoDbClient dynamo;
    private final Tables tables;

    public DynamoDeviceHistory(DynamoDbClient dynamo, Tables tables) {
        this.dynamo = dynamo;
        this.tables = tables;
    }

    /** Sorted by time again: as text, which is how the table sorts, a full second comes after its fractions. */
    @Override
    public List<HistoryEntry> newest(Imei imei, int limit) {
        return dynamo
                .queryPaginator(query -> query.tableName(tables.history())
                        .consistentRead(true)
                        .keyConditionExpression("#subject = :subject")
                        .expressionAttributeNames(Map.of("#subject", "subject"))
                        .expressionAttributeValues(Map.of(":subject", AttributeValue.fromS("device#" + imei.digits())))
                        .scanIndexForward(false)
                        .limit(limit))
                .items()
                .stream()
                .limit(limit)
                .map(HistoryItem::read)
                .sorted(Comparator.comparing(HistoryEntry::at).thenComparing(HistoryEntry::what))
                .toList();
    }
}
