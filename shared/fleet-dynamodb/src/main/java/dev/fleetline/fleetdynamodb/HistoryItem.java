package dev.fleetline.fleetdynamodb;

import dev.fleetline.device.Consequences.HistoryEntry;
import java.time.Duration;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A line of history as an item of the history table. */
final class HistoryItem {

    private static final Duration KEPT = Duration.ofDays(2 * 365);

    private HistoryItem() {}

    static Map<String, AttributeValue> of(String subject, HistoryEntry entry) {
        return new ItemWriter()
                .text("subject", subject)
                .text("entry", entry.at() + "#" + entry.what())
                .time("at", entry.at())
                .text("what", entry.what())
                .text("by", entry.by())
                .text("note", entry.note())
                .forgetAfter(entry.at().plus(KEPT))
                .item();
    }

    static HistoryEntry read(Map<String, AttributeValue> stored) {
        ItemReader item = new ItemReader("a line of history", stored);
        return new HistoryEntry(item.time("at"), item.text("what"), item.text("by"), item.text("note"));
    }
}
