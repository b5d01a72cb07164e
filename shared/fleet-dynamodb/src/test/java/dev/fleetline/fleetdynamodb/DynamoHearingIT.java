package dev.fleetline.fleetdynamodb;

import dev.fleetline.callback.Hearing;
import dev.fleetline.testing.HearingContract;
import dev.fleetline.testing.aws.LocalDynamoExtension;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

@ExtendWith(LocalDynamoExtension.class)
class DynamoHearingIT extends HearingContract {

    private final Hearing hearing;

    DynamoHearingIT(DynamoDbClient dynamo) {
        hearing = new DynamoHearing(dynamo, FreshTables.in(dynamo));
    }

    @Override
    protected Hearing hearing() {
        return hearing;
    }
}
