package dev.fleetline.fleetdynamodb;

import dev.fleetline.callback.CallbackInbox;
import dev.fleetline.testing.CallbackInboxContract;
import dev.fleetline.testing.aws.LocalDynamoExtension;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

@ExtendWith(LocalDynamoExtension.class)
class DynamoCallbackInboxIT extends CallbackInboxContract {

    private final DynamoDbClient dynamo;
    private final Tables tables;

    DynamoCallbackInboxIT(DynamoDbClient dynamo) {
        this.dynamo = dynamo;
        this.tables = FreshTables.in(dynamo);
    }

    @Override
    protected CallbackInbox inbox() {
        return new DynamoCallbackInbox(dynamo, tables);
    }
}
