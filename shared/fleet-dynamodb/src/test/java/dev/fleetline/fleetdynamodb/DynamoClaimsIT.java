package dev.fleetline.fleetdynamodb;

import dev.fleetline.claims.Claims;
import dev.fleetline.testing.ClaimsContract;
import dev.fleetline.testing.aws.LocalDynamoExtension;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

@ExtendWith(LocalDynamoExtension.class)
class DynamoClaimsIT extends ClaimsContract {

    private final DynamoDbClient dynamo;
    private final Tables tables;

    DynamoClaimsIT(DynamoDbClient dynamo) {
        this.dynamo = dynamo;
        this.tables = FreshTables.in(dynamo);
    }

    @Override
    protected Claims claims() {
        return new DynamoClaims(dynamo, tables);
    }
}
