package dev.fleetline.fleetdynamodb;

import dev.fleetline.callback.Delivery;
import dev.fleetline.callback.Delivery.DeliveryId;
import dev.fleetline.callback.Delivery.Status;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A delivery as an item of the callbacks table. */
final class DeliveryItem {

    /** Over how many hash keys of the index each status is spread. */
    static final int SHELVES = 8;

    private static final Duration KEPT = Duration.ofDays(90);

    private DeliveryItem() {}

    static Map<String, AttributeValue> key(DeliveryId id) {
        return Map.of(
                "device", AttributeValue.fromS(id.device()),
                "eventKey", AttributeValue.fromS(id.sortKey()));
    }

    static Map<String, AttributeValue> of(Delivery delivery) {
        ItemWriter item = new ItemWriter()
                .text("device", delivery.id().device())
                .text("eventKey", delivery.id().sortKey())
                .text("deliveryId", delivery.id().deliveryId())
                .text("source", delivery.source())
                .text("kind", delivery.kind())
                .time("receivedAt", delivery.receivedAt())
                .text("payload", delivery.payload())
                .text("status", status(delivery.status()))
                .forgetAfter(delivery.receivedAt().plus(KEPT));
        delivery.id().eventTime().ifPresent(time -> item.time("eventTime", time));
        shelf(delivery.id(), delivery.status()).ifPresent(shelf -> item.text("setAside", shelf));
        if (delivery.status() instanceof Status.Quarantined quarantined) {
            item.text("reason", quarantined.reason()).text("error", quarantined.error());
        }
        return item.item();
    }

    static Delivery read(Map<String, AttributeValue> stored) {
        ItemReader item = new ItemReader("delivery", stored);
        return new Delivery(
                new DeliveryId(item.text("device"), item.optionalTime("eventTime"), item.text("deliveryId")),
                item.text("source"),
                item.text("kind"),
                item.time("receivedAt"),
                item.text("payload"),
                switch (item.text("status")) {
                    case "RECEIVED" -> new Status.Received();
                    case "QUARANTINED" -> new Status.Quarantined(item.text("reason"), item.text("error"));
                    case "UNHANDLED" -> new Status.Unhandled();
                    default -> throw item.wrong("status", "is none that we know");
                });
    }

    /** Under what the index has a delivery that is set aside; spread, because many may be set aside at once. */
    static Optional<String> shelf(DeliveryId id, Status status) {
        return status instanceof Status.Received ? Optional.empty() : Optional.of(status(status) + "#" + shelf(id));
    }

    /** Which one of each status it is. */
    static int shelf(DeliveryId id) {
        return Math.floorMod(id.deliveryId().hashCode(), SHELVES);
    }

    static String status(Status status) {
        return switch (status) {
            case Status.Received _ -> "RECEIVED";
            case Status.Quarantined _ -> "QUARANTINED";
            case Status.Unhandled _ -> "UNHANDLED";
        };
    }
}
