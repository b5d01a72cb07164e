package dev.fleetline.fleetdynamodb;

import dev.fleetline.device.Device;
import dev.fleetline.device.DeviceId;
import dev.fleetline.device.Iccid;
import dev.fleetline.device.IdentityConflict;
import dev.fleetline.device.Imei;
import dev.fleetline.device.Lifecycle;
import dev.fleetline.device.Mender;
import dev.fleetline.device.Messages;
import dev.fleetline.device.Patience;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A device as an item of the devices table. */
final class DeviceItem {

    /** Each index is spread over so many keys, so that no one of them is busy. */
    static final int PARTS = 8;

    private DeviceItem() {}

    static Map<String, AttributeValue> key(Imei imei) {
        return Map.of("imei", AttributeValue.fromS(imei.digits()));
    }

    /** The item's key without most of it, whatever it is. */
    static String maskedKey(Map<String, AttributeValue> item) {
        String key =
                Optional.ofNullable(item.get("imei")).map(AttributeValue::s).orElse("");
        return "…" + key.substring(Math.max(0, key.length() - 4));
    }

    static Map<String, AttributeValue> of(Device device) {
        ItemWriter item = new ItemWriter()
                .text("imei", device.imei().digits())
                .number("version", device.version())
                .text("uid", device.uid().map(DeviceId::value))
                .text("onboardingId", device.order().onboardingId())
                .text("iccid", device.order().iccid().digits())
                .text("account", device.order().account())
                .text("carrier", device.order().carrier())
                .text("servicePlan", device.order().servicePlan())
                .text("zip", device.order().zip())
                .text("name", device.profile().name())
                .text("group", device.profile().group())
                .text("site", device.profile().site())
                .text("model", device.profile().model())
                .text("reportingInterval", device.profile().reportingInterval().map(Duration::toString))
                .text("cell", device.profile().cell().map(Device.Cell::id))
                .text("state", device.lifecycle().name())
                .time("since", device.lifecycle().since())
                .time("simSaid", device.said().sim())
                .bytes("vitals", VitalsCodec.pack(device.vitals()));
        device.said().line().ifPresent(received -> item.time("lineSaid", received));
        device.profile().cell().ifPresent(cell -> item.time("cellAt", cell.at()));
        write(device.progress(), device.imei(), item);
        write(device.due(), device.imei(), item);
        if (!device.messages().equals(Messages.NONE)) {
            item.bytes("messages", MessagesCodec.pack(device.messages()));
        }
        switch (device.lifecycle()) {
            case Lifecycle.Activating activating -> item.flag("accepted", activating.accepted());
            case Lifecycle.Parked(var reason, var until, var _) -> {
                item.text("parkedFor", reason);
                until.ifPresent(at -> item.time("parkedUntil", at));
            }
            case Lifecycle.Rejected rejected -> item.texts("faults", rejected.faults());
            case Lifecycle.Failed(var failure, var _) ->
                item.text("failureCode", failure.code())
                        .text("failureDetail", failure.detail())
                        .text("mender", failure.mender().name());
            case Lifecycle.Suspended(var until, var asked, var _) -> {
                until.ifPresent(at -> item.time("suspendedUntil", at));
                unasked(asked, item);
            }
            case Lifecycle.Deactivated(var asked, var _) -> unasked(asked, item);
            case Lifecycle.Drifted(var how, var seen, var _) ->
                item.text("drift", how).flag("seen", seen);
            case Lifecycle.Requested _,
                    Lifecycle.Checked _,
                    Lifecycle.Registered _,
                    Lifecycle.Unclear _,
                    Lifecycle.Stuck _,
                    Lifecycle.ActiveUnseen _,
                    Lifecycle.InService _,
                    Lifecycle.Retired _ -> {}
        }
        device.conflict().ifPresent(conflict -> item.text("conflict", conflict.kind())
                .text("conflictWith", conflict.named())
                .time("conflictSince", conflict.since())
                .flag("conflictSettled", conflict.settled()));
        return item.item();
    }

    private static void unasked(boolean asked, ItemWriter item) {
        if (!asked) {
            item.flag("unasked", true);
        }
    }

    /** The two attributes of the index of those that wait stand in an item only while somebody has to look at it. */
    private static void write(Device.Progress progress, Imei imei, ItemWriter item) {
        item.time("orderedAt", progress.orderedAt())
                .text("requestId", progress.requestId())
                .text("revision", progress.revision());
        progress.lookAt()
                .ifPresent(at -> item.text("waiting", waiting(part(imei))).moment("lookAt", at));
        if (progress.told() > 0) {
            item.number("told", progress.told());
        }
        if (progress.unclear() > 0) {
            item.number("unclear", progress.unclear());
        }
        if (progress.spent().actions() > 0) {
            item.text("spentOn", progress.spent().day().toString())
                    .number("spent", progress.spent().actions());
        }
    }

    /** The two attributes of the index of those that are watched stand in an item only while it is. */
    private static void write(Optional<Instant> due, Imei imei, ItemWriter item) {
        due.ifPresent(at -> item.text("due", due(part(imei))).moment("dueAt", at));
    }

    /** Where the waiting ones of a part of the fleet stand in the index. */
    static String waiting(int part) {
        return "waiting#" + part;
    }

    /** Where the watched ones of a part of the fleet stand in their index. */
    static String due(int part) {
        return "due#" + part;
    }

    static int part(Imei imei) {
        return Math.floorMod(imei.digits().hashCode(), PARTS);
    }

    static Device read(Map<String, AttributeValue> stored) {
        String what = "device " + maskedKey(stored);
        ItemReader item = new ItemReader(what, stored);
        try {
            Optional<DeviceId> uid = item.optionalText("uid").map(DeviceId::new);
            Lifecycle lifecycle = lifecycle(item);
            return new Device(
                    new Imei(item.text("imei")),
                    uid,
                    new Device.Order(
                            item.text("onboardingId"),
                            new Iccid(item.text("iccid")),
                            item.text("account"),
                            item.text("carrier"),
                            item.optionalText("servicePlan"),
                            item.optionalText("zip")),
                    new Device.Profile(
                            item.optionalText("name"),
                            item.optionalText("group"),
                            item.optionalText("site"),
                            item.optionalText("model"),
                            item.optionalText("reportingInterval").map(Duration::parse),
                            item.optionalText("cell").map(id -> new Device.Cell(id, item.time("cellAt")))),
                    lifecycle,
                    VitalsCodec.unpack(item.bytes("vitals")),
                    // a device that was stored before this was kept: what came before its state says nothing any more
                    new Device.Said(
                            item.optionalTime("lineSaid"),
                            item.optionalTime("simSaid").orElseGet(() -> item.time("since"))),
                    progress(item, lifecycle),
                    item.optionalText("conflict").map(kind -> conflict(kind, item)),
                    item.has("messages") ? MessagesCodec.unpack(item.bytes("messages")) : Messages.NONE,
                    item.has("dueAt") ? Optional.of(item.moment("dueAt")) : Optional.empty(),
                    item.number("version"));
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new UnreadableItem(what + " holds what cannot be: " + e.getMessage(), e);
        }
    }

    private static IdentityConflict conflict(String kind, ItemReader item) {
        return new IdentityConflict(
                kind, item.text("conflictWith"), item.time("conflictSince"), item.flag("conflictSettled"));
    }

    /**
     * A device that was stored before this was kept counts as ordered when it came into its state, and an open order
     * among them as one that was never looked at.
     */
    private static Device.Progress progress(ItemReader item, Lifecycle lifecycle) {
        return new Device.Progress(
                item.optionalTime("orderedAt").orElseGet(lifecycle::since),
                lookAt(item, lifecycle),
                item.has("told") ? item.smallNumber("told") : 0,
                item.has("unclear") ? item.smallNumber("unclear") : 0,
                item.optionalText("requestId"),
                item.optionalText("revision"),
                item.optionalText("spentOn")
                        .map(day -> new Device.Spent(LocalDate.parse(day), item.smallNumber("spent")))
                        .orElse(Device.Spent.NOTHING));
    }

    private static Optional<Instant> lookAt(ItemReader item, Lifecycle lifecycle) {
        if (item.has("lookAt")) {
            return Optional.of(item.moment("lookAt"));
        }
        return lifecycle.isOrderOpen() ? Patience.firstLook(lifecycle) : Optional.empty();
    }

    private static Lifecycle lifecycle(ItemReader item) {
        Instant since = item.time("since");
        return switch (item.text("state")) {
            case "REQUESTED" -> new Lifecycle.Requested(since);
            case "CHECKED" -> new Lifecycle.Checked(since);
            case "REGISTERED" -> new Lifecycle.Registered(since);
            case "ACTIVATING" -> new Lifecycle.Activating(item.flag("accepted"), since);
            case "UNCLEAR" -> new Lifecycle.Unclear(since);
            case "STUCK" -> new Lifecycle.Stuck(since);
            case "PARKED" -> new Lifecycle.Parked(item.text("parkedFor"), item.optionalTime("parkedUntil"), since);
            case "ACTIVE_UNSEEN" -> new Lifecycle.ActiveUnseen(since);
            case "IN_SERVICE" -> new Lifecycle.InService(since);
            case "SUSPENDED" ->
                new Lifecycle.Suspended(item.optionalTime("suspendedUntil"), !item.has("unasked"), since);
            case "DEACTIVATED" -> new Lifecycle.Deactivated(!item.has("unasked"), since);
            case "DRIFTED" -> new Lifecycle.Drifted(item.text("drift"), item.flag("seen"), since);
            case "REJECTED" -> new Lifecycle.Rejected(item.texts("faults"), since);
            case "FAILED" ->
                new Lifecycle.Failed(
                        new Lifecycle.Failure(
                                item.text("failureCode"),
                                item.text("failureDetail"),
                                item.optionalText("mender").map(Mender::valueOf).orElse(Mender.SENDER)),
                        since);
            case "RETIRED" -> new Lifecycle.Retired(since);
            default -> throw item.wrong("state", "is none that we know");
        };
    }
}
