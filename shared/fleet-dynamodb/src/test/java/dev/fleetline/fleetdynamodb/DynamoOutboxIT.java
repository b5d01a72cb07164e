package dev.fleetline.fleetdynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetline.fleetevents.Outbox;
import dev.fleetline.fleetevents.Outgoing;
import dev.fleetline.testing.OutboxContract;
import dev.fleetline.testing.SampleFleet;
import dev.fleetline.testing.aws.LocalDynamoExtension;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

@ExtendWith(LocalDynamoExtension.class)
class DynamoOutboxIT extends OutboxContract {

    private final DynamoDbClient dynamo;
    private final Tables tables;

    DynamoOutboxIT(DynamoDbClient dynamo) {
        this.dynamo = dynamo;
        this.tables = FreshTables.in(dynamo);
    }

    @Test
    void an_item_that_cannot_be_read_holds_nobody_up_and_stays_where_it_is() {
        outbox().put(List.of(SampleFleet.event("e1", SampleFleet.NOON), SampleFleet.event("e2", SampleFleet.NOON)));
        dynamo.updateItem(update -> update.tableName(tables.outbox())
                .key(Map.of("eventId", AttributeValue.fromS("e1")))
                .updateExpression("SET #schema = :future")
                .expressionAttributeNames(Map.of("#schema", "schema"))
                .expressionAttributeValues(Map.of(":future", AttributeValue.fromN("99"))));

        assertThat(outbox().decidedBefore(SampleFleet.NOON.plusSeconds(1), 10))
                .extracting(Outgoing::eventId)
                .containsExactly("e2");
        assertThat(dynamo.scan(scan -> scan.tableName(tables.outbox())).items()).hasSize(2);
    }

    @Override
    protected Outbox outbox() {
        return new DynamoOutbox(dynamo, tables);
    }
}
