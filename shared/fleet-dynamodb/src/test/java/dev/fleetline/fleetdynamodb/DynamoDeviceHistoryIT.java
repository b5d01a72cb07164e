package dev.fleetline.fleetdynamodb;

import dev.fleetline.device.DeviceHistory;
import dev.fleetline.device.DeviceRegistry;
import dev.fleetline.testing.DeviceHistoryContract;
import dev.fleetline.testing.aws.LocalDynamoExtension;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

@ExtendWith(LocalDynamoExtension.class)
class DynamoDeviceHistoryIT extends DeviceHistoryContract {

    private final DeviceHistory history;
    private final DeviceRegistry registry;

    DynamoDeviceHistoryIT(DynamoDbClient dynamo) {
        Tables tables = FreshTables.in(dynamo);
        history = new DynamoDeviceHistory(dynamo, tables);
        registry = new DynamoDeviceRegistry(dynamo, tables);
    }

    @Override
    protected DeviceHistory history() {
        return history;
    }

    @Override
    protected DeviceRegistry registry() {
        return registry;
    }
}
