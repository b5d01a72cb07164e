package dev.fleetline.fleetdynamodb;

import dev.fleetline.alert.AlertBook;
import dev.fleetline.claims.Claims;
import dev.fleetline.device.DeviceRegistry;
import dev.fleetline.fleetevents.Outbox;
import dev.fleetline.testing.AlertBookContract;
import dev.fleetline.testing.aws.LocalDynamoExtension;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

@ExtendWith(LocalDynamoExtension.class)
class DynamoAlertBookIT extends AlertBookContract {

    private final DynamoDbClient dynamo;
    private final Tables tables;

    DynamoAlertBookIT(DynamoDbClient dynamo) {
        this.dynamo = dynamo;
        this.tables = FreshTables.in(dynamo);
    }

    @Override
    protected AlertBook book() {
        return new DynamoAlertBook(dynamo, tables);
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
    protected Claims claims() {
        return new DynamoClaims(dynamo, tables);
    }
}
