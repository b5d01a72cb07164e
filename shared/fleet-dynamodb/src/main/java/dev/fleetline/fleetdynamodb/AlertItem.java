package dev.fleetline.fleetdynamodb;

import dev.fleetline.alert.Alert;
import dev.fleetline.alert.Subject;
import dev.fleetline.device.Condition;
import dev.fleetline.device.Finding.Cause;
import dev.fleetline.device.Imei;
import dev.fleetline.device.Severity;
import dev.fleetline.fleetevents.Digest;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** An alert as an item of the alerts table; only an open one is in the index {@code open}. */
final class AlertItem {

    /** Over how many keys the index is spread, so that a bad day does not wear out one. */
    static final int SHARDS = 8;

    private static final String DEVICE = "device#";

    private AlertItem() {}

    static String shard(int number) {
        return "open#" + number;
    }

    static Map<String, AttributeValue> of(Alert alert) {
        ItemWriter item = new ItemWriter()
                .text("subject", alert.subject().key())
                .text("condition", alert.condition().name())
                .number("number", alert.number())
                .number("version", alert.version());
        switch (alert) {
            case Alert.Open open -> {
                item.text("state", "OPEN")
                        .number("sequence", open.sequence())
                        .text("severity", open.holding().severity().name())
                        .text("cause", open.holding().cause().name())
                        .text("openShard", shard(shardOf(open)))
                        .time("openSince", open.holding().since());
                open.told().ifPresent(told -> item.text(
                                "toldSeverity", told.severity().name())
                        .time("toldAt", told.at()));
            }
            case Alert.Ended _ -> item.text("state", "ENDED");
            case Alert.Never never ->
                throw new IllegalArgumentException("an alert that never was is not written: " + never.condition());
        }
        return item.item();
    }

    static Alert read(Map<String, AttributeValue> stored) {
        ItemReader item = new ItemReader("alert", stored);
        Subject subject = subject(item);
        Condition condition = item.constant("condition", Condition.class);
        int number = item.smallNumber("number");
        long version = item.number("version");
        return switch (item.text("state")) {
            case "OPEN" ->
                new Alert.Open(
                        subject,
                        condition,
                        number,
                        item.smallNumber("sequence"),
                        new Alert.Holding(
                                item.constant("severity", Severity.class),
                                item.time("openSince"),
                                item.constant("cause", Cause.class)),
                        item.has("toldSeverity")
                                ? Optional.of(new Alert.Told(
                                        item.constant("toldSeverity", Severity.class), item.time("toldAt")))
                                : Optional.empty(),
                        version);
            case "ENDED" -> new Alert.Ended(subject, condition, number, version);
            default -> throw item.wrong("state", "is none that we know");
        };
    }

    private static int shardOf(Alert.Open open) {
        return Integer.parseInt(
                        Digest.of(open.subject().key(), open.condition()).substring(0, 4), 16)
                % SHARDS;
    }

    private static Subject subject(ItemReader item) {
        String key = item.text("subject");
        if (!key.startsWith(DEVICE)) {
            throw item.wrong("subject", "is none that we know");
        }
        try {
            return new Subject.OfDevice(new Imei(key.substring(DEVICE.length())));
        } catch (IllegalArgumentException e) {
            throw new UnreadableItem("alert: subject is no device: " + e.getMessage(), e);
        }
    }
}
