package dev.fleetline.fleetdynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetline.callback.CallbackInbox;
import dev.fleetline.callback.Deliveries;
import dev.fleetline.callback.Delivery;
import dev.fleetline.testing.CallbackInboxContract;
import dev.fleetline.testing.aws.LocalDynamoExtension;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

@ExtendWith(LocalDynamoExtension.class)
class DynamoCallbackInboxIT extends CallbackInboxContract {

    private final DynamoDbClient dynamo;
    private final Tables tables;

    DynamoCallbackInboxIT(DynamoDbClient dynamo) {
        this.dynamo = dynamo;
        this.tables = FreshTables.in(dynamo);
    }

    @Test
    void an_item_that_is_no_delivery_hides_none_of_its_neighbours() {
        Instant at = Instant.parse("2026-03-02T15:00:00Z");
        Delivery good = Deliveries.streamed("{\"kind\":\"ts.event\"}", at);
        inbox().put(good);
        Map<String, AttributeValue> spoilt = new HashMap<>(DeliveryItem.of(good));
        spoilt.put("eventKey", AttributeValue.fromS("-#spoilt"));
        spoilt.put("status", AttributeValue.fromS("?"));
        dynamo.putItem(put -> put.tableName(tables.callbacks()).item(spoilt));

        for (CallbackInbox.Page page : List.of(
                inbox().under(good.id().device()), inbox().received(at, at.plusSeconds(1), Optional.empty(), 10))) {
            assertThat(page.deliveries()).containsExactly(good);
            assertThat(page.unreadable()).containsExactly("delivery: status is none that we know");
        }
    }

    @Override
    protected CallbackInbox inbox() {
        return new DynamoCallbackInbox(dynamo, tables);
    }
}
