package dev.fleetline.fleetdynamodb;

import dev.fleetline.fleetevents.Outbox;
import dev.fleetline.testing.OutboxContract;
import dev.fleetline.testing.aws.LocalDynamoExtension;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

@ExtendWith(LocalDynamoExtension.class)
class DynamoOutboxIT extends OutboxContract {

    private final DynamoDbClient dynamo;
    private final Tables tables;

    DynamoOutboxIT(DynamoDbClient dynamo) {
        this.dynamo = dynamo;
        this.tables = FreshTables.in(dynamo);
    }

    @Override
    protected Outbox outbox() {
        return new DynamoOutbox(dynamo, tables);
    }
}
