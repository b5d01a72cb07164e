package dev.fleetline.fleetdynamodb;

import dev.fleetline.fleetevents.Outgoing;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** An event on its way to the bus as an item of the outbox table. */
final class OutgoingItem {

    private OutgoingItem() {}

    static Map<String, AttributeValue> of(Outgoing event) {
        return new ItemWriter()
                .text("eventId", event.eventId())
                .text("source", event.source())
                .text("detailType", event.detailType())
                .moment("decidedAt", event.time())
                .text("detail", event.detail())
                .item();
    }

    static Outgoing read(Map<String, AttributeValue> stored) {
        ItemReader item = new ItemReader("event in the outbox", stored);
        return new Outgoing(
                item.text("eventId"),
                item.text("source"),
                item.text("detailType"),
                item.moment("decidedAt"),
                item.text("detail"));
    }
}
