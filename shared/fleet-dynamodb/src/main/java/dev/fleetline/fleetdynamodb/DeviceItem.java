package dev.fleetline.fleetdynamodb;

import dev.fleetline.device.Device;
import dev.fleetline.device.DeviceId;
import dev.fleetline.device.Iccid;
import dev.fleetline.device.Imei;
import dev.fleetline.device.Lifecycle;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A device as an item of the devices table. */
final class DeviceItem {

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
        switch (device.lifecycle()) {
            case Lifecycle.Activating activating -> item.flag("accepted", activating.accepted());
            case Lifecycle.Rejected rejected -> item.texts("faults", rejected.faults());
            case Lifecycle.Failed failed ->
                item.text("failureCode", failed.code()).text("failureDetail", failed.detail());
            case Lifecycle.Suspended suspended ->
                suspended.until().ifPresent(until -> item.time("suspendedUntil", until));
            case Lifecycle.Requested _,
                    Lifecycle.Checked _,
                    Lifecycle.Registered _,
                    Lifecycle.Unclear _,
                    Lifecycle.ActiveUnseen _,
                    Lifecycle.InService _,
                    Lifecycle.Deactivated _ -> {}
        }
        return item.item();
    }

    static Device read(Map<String, AttributeValue> stored) {
        String what = "device " + maskedKey(stored);
        ItemReader item = new ItemReader(what, stored);
        try {
            Optional<DeviceId> uid = item.optionalText("uid").map(DeviceId::new);
            return new Device(
                    new Imei(item.text("imei")),
                    uid,
                    new Device.Order(
                            item.text("onboardingId"),
                            new Iccid(item.text("iccid")),
                            item.text("account"),
                            item.text("carrier")),
                    new Device.Profile(
                            item.optionalText("name"),
                            item.optionalText("group"),
                            item.optionalText("site"),
                            item.optionalText("model"),
                            item.optionalText("reportingInterval").map(Duration::parse),
                            item.optionalText("cell").map(id -> new Device.Cell(id, item.time("cellAt")))),
                    lifecycle(item, uid),
                    VitalsCodec.unpack(item.bytes("vitals")),
                    // a device that was stored before this was kept: what came before its state says nothing any more
                    new Device.Said(
                            item.optionalTime("lineSaid"),
                            item.optionalTime("simSaid").orElseGet(() -> item.time("since"))),
                    item.number("version"));
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new UnreadableItem(what + " holds what cannot be: " + e.getMessage(), e);
        }
    }

    private static Lifecycle lifecycle(ItemReader item, Optional<DeviceId> uid) {
        Instant since = item.time("since");
        return switch (item.text("state")) {
            case "REQUESTED" -> new Lifecycle.Requested(since);
            case "CHECKED" -> new Lifecycle.Checked(since);
            case "REGISTERED" -> new Lifecycle.Registered(needed(item, uid), since);
            case "ACTIVATING" -> new Lifecycle.Activating(needed(item, uid), item.flag("accepted"), since);
            case "UNCLEAR" -> new Lifecycle.Unclear(needed(item, uid), since);
            case "ACTIVE_UNSEEN" -> new Lifecycle.ActiveUnseen(needed(item, uid), since);
            case "IN_SERVICE" -> new Lifecycle.InService(needed(item, uid), since);
            case "SUSPENDED" -> new Lifecycle.Suspended(needed(item, uid), item.optionalTime("suspendedUntil"), since);
            case "DEACTIVATED" -> new Lifecycle.Deactivated(needed(item, uid), since);
            case "REJECTED" -> new Lifecycle.Rejected(item.texts("faults"), since);
            case "FAILED" -> new Lifecycle.Failed(item.text("failureCode"), item.text("failureDetail"), since);
            default -> throw item.wrong("state", "is none that we know");
        };
    }

    private static DeviceId needed(ItemReader item, Optional<DeviceId> uid) {
        return uid.orElseThrow(() -> item.wrong("uid", "is missing, and the state needs one"));
    }
}
