package dev.fleetline.fleetdynamodb;

import dev.fleetline.alert.Alert;
import dev.fleetline.alert.Alert.Care;
import dev.fleetline.alert.AlertBook;
import dev.fleetline.alert.Subject;
import dev.fleetline.device.Condition;
import dev.fleetline.device.Finding.Cause;
import dev.fleetline.device.Severity;
import dev.fleetline.fleetevents.Digest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** An alert as an item of the alerts table; only an open one is in the index {@code open}, and in {@code due} if it is ever. */
final class AlertItem {

    /** Over how many keys the alerts of devices are spread in the index, so that a bad day does not wear out one. */
    private static final int SHARDS = 8;

    /** The key of those about more than one device: few, and asked for together. */
    static final String WIDE = "open#wide";

    /** The keys of the index {@code open}. */
    static final List<String> OPEN_KEYS = Stream.concat(
                    Stream.of(WIDE), IntStream.range(0, SHARDS).mapToObj(shard -> "open#" + shard))
            .toList();

    /** The keys of the index {@code due}. */
    static final List<String> DUE_KEYS =
            IntStream.range(0, SHARDS).mapToObj(shard -> "due#" + shard).toList();

    private AlertItem() {}

    static Map<String, AttributeValue> of(Alert alert) {
        ItemWriter item = new ItemWriter()
                .text("subject", alert.subject().key())
                .text("condition", alert.condition().name())
                .number("number", alert.number())
                .number("version", alert.version());
        if (alert.flapping().said()) {
            item.flag("flapping", true).flag("criticalTold", alert.flapping().criticalTold());
        }
        switch (alert) {
            case Alert.Open open -> write(open, item);
            case Alert.Ended _ -> item.text("state", "ENDED");
            case Alert.Never never ->
                throw new IllegalArgumentException("an alert that never was is not written: " + never.condition());
        }
        return item.item();
    }

    private static void write(Alert.Open open, ItemWriter item) {
        item.text("state", "OPEN")
                .number("sequence", open.sequence())
                .time("openedAt", open.openedAt())
                .text("severity", open.holding().severity().name())
                .text("cause", open.holding().cause().name())
                .time("openSince", open.holding().since())
                .text("openShard", open.subject() instanceof Subject.OfDevice ? "open#" + shard(open) : WIDE);
        open.due().ifPresent(due -> item.text("dueShard", "due#" + shard(open)).moment("dueAt", due));
        open.holding().verified().ifPresent(verified -> item.flag("verified", verified));
        open.told().ifPresent(told -> item.text("toldSeverity", told.severity().name())
                .text("toldWorst", told.worst().name())
                .time("toldAt", told.at()));
        switch (open.care()) {
            case Care.None _ -> {}
            case Care.Acknowledged(var by, var why, var at) ->
                item.text("acknowledgedBy", by).text("acknowledgedWhy", why).time("acknowledgedAt", at);
            case Care.Snoozed(var by, var why, var until) ->
                item.text("snoozedBy", by).text("snoozedWhy", why).time("snoozedUntil", until);
        }
        open.suppressedBy()
                .ifPresent(wider -> item.text("widerSubject", wider.subject().key())
                        .text("widerCondition", wider.condition().name())
                        .number("widerNumber", wider.number()));
    }

    static Alert read(Map<String, AttributeValue> stored) {
        ItemReader item = new ItemReader("alert", stored);
        Subject subject = subject(item, "subject");
        Condition condition = item.constant("condition", Condition.class);
        int number = item.smallNumber("number");
        Alert.Flapping flapping = item.has("flapping")
                ? new Alert.Flapping(item.flag("flapping"), item.flag("criticalTold"))
                : Alert.Flapping.CALM;
        long version = item.number("version");
        return switch (item.text("state")) {
            case "OPEN" -> {
                Instant since = item.time("openSince");
                yield new Alert.Open(
                        subject,
                        condition,
                        number,
                        item.smallNumber("sequence"),
                        item.optionalTime("openedAt").orElse(since),
                        new Alert.Holding(
                                item.constant("severity", Severity.class),
                                since,
                                item.constant("cause", Cause.class),
                                item.has("verified") ? Optional.of(item.flag("verified")) : Optional.empty()),
                        told(item),
                        care(item),
                        item.has("widerSubject")
                                ? Optional.of(new Alert.Suppressor(
                                        subject(item, "widerSubject"),
                                        item.constant("widerCondition", Condition.class),
                                        item.smallNumber("widerNumber")))
                                : Optional.empty(),
                        flapping,
                        due(item, since),
                        version);
            }
            case "ENDED" -> new Alert.Ended(subject, condition, number, flapping, version);
            default -> throw item.wrong("state", "is none that we know");
        };
    }

    /** One that was stored before this was kept is looked at as soon as anybody judges it. */
    private static Optional<Instant> due(ItemReader item, Instant since) {
        if (item.has("dueAt")) {
            return Optional.of(item.moment("dueAt"));
        }
        return item.has("openedAt") ? Optional.empty() : Optional.of(since);
    }

    private static Optional<Alert.Told> told(ItemReader item) {
        if (!item.has("toldSeverity")) {
            return Optional.empty();
        }
        Severity severity = item.constant("toldSeverity", Severity.class);
        return Optional.of(new Alert.Told(
                severity,
                item.has("toldWorst") ? item.constant("toldWorst", Severity.class) : severity,
                item.time("toldAt")));
    }

    private static Care care(ItemReader item) {
        if (item.has("snoozedBy")) {
            return new Care.Snoozed(item.text("snoozedBy"), item.text("snoozedWhy"), item.time("snoozedUntil"));
        }
        return item.has("acknowledgedBy")
                ? new Care.Acknowledged(
                        item.text("acknowledgedBy"), item.text("acknowledgedWhy"), item.time("acknowledgedAt"))
                : new Care.None();
    }

    /** What stands in every index and names the alert. */
    static AlertBook.Entry entry(Map<String, AttributeValue> key) {
        String subject =
                Optional.ofNullable(key.get("subject")).map(AttributeValue::s).orElse("");
        String condition =
                Optional.ofNullable(key.get("condition")).map(AttributeValue::s).orElse("");
        try {
            return new AlertBook.Entry(
                    Subject.of(subject).orElseThrow(() -> new UnreadableItem("alert: subject is none that we know")),
                    Condition.valueOf(condition));
        } catch (IllegalArgumentException e) {
            throw new UnreadableItem("alert: condition is none that we know", e);
        }
    }

    private static int shard(Alert.Open open) {
        return Integer.parseInt(
                        Digest.of(open.subject().key(), open.condition()).substring(0, 4), 16)
                % SHARDS;
    }

    private static Subject subject(ItemReader item, String name) {
        return Subject.of(item.text(name)).orElseThrow(() -> item.wrong(name, "is none that we know"));
    }
}
