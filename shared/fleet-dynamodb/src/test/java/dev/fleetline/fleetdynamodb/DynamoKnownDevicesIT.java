package dev.fleetline.fleetdynamodb;

import dev.fleetline.device.DeviceRegistry;
import dev.fleetline.onboarding.KnownDevices;
import dev.fleetline.testing.KnownDevicesContract;
import dev.fleetline.testing.RecordingPause;
import dev.fleetline.testing.aws.LocalDynamoExtension;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

@ExtendWith(LocalDynamoExtension.class)
class DynamoKnownDevicesIT extends KnownDevicesContract {

    private final DynamoDbClient dynamo;
    private final Tables tables;

    DynamoKnownDevicesIT(DynamoDbClient dynamo) {
        this.dynamo = dynamo;
        this.tables = FreshTables.in(dynamo);
    }

    @Override
    protected KnownDevices known() {
        return new DynamoKnownDevices(dynamo, tables, new RecordingPause()::of);
    }

    @Override
    protected DeviceRegistry registry() {
        return new DynamoDeviceRegistry(dynamo, tables);
    }
}
