package dev.fleetline.fleetdynamodb;

import dev.fleetline.device.DeviceRegistry;
import dev.fleetline.device.Imei;
import dev.fleetline.fleetevents.Outbox;
import dev.fleetline.testing.DeviceRegistryContract;
import dev.fleetline.testing.aws.LocalDynamoExtension;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

@ExtendWith(LocalDynamoExtension.class)
class DynamoDeviceRegistryIT extends DeviceRegistryContract {

    private final DynamoDbClient dynamo;
    private final Tables tables;

    DynamoDeviceRegistryIT(DynamoDbClient dynamo) {
        this.dynamo = dynamo;
        this.tables = FreshTables.in(dynamo);
    }

    @Override
    protected DeviceRegistry registry() {
        return new DynamoDeviceRegistry(dynamo, tables);
    }

    @Override
    protected Outbox outbox() {
        return new DynamoOutbox(dynamo, tables);
    }

    @Override
    protected void spoil(Imei imei) {
        dynamo.updateItem(update -> update.tableName(tables.devices())
                .key(DeviceItem.key(imei))
                .updateExpression("SET vitals = :nonsense")
                .expressionAttributeValues(
                        Map.of(":nonsense", AttributeValue.fromB(SdkBytes.fromByteArray(new byte[] {1, 0, 9})))));
    }
}
