package dev.fleetline.callback;

import dev.fleetline.device.Device;
import dev.fleetline.device.DeviceId;
import dev.fleetline.device.DeviceRegistry;
import dev.fleetline.device.Iccid;
import dev.fleetline.device.Imei;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** How somebody names a device. */
public sealed interface DeviceName {

    /** By its IMEI. */
    record ByImei(Imei imei) implements DeviceName {}

    /** By its SIM. */
    record ByIccid(Iccid iccid) implements DeviceName {}

    /** By the platform's id of it. */
    record ByUid(DeviceId uid) implements DeviceName {}

    /** The key under which deliveries that name it so are kept. */
    default String key() {
        return switch (this) {
            case ByImei(var imei) -> "imei#" + imei.digits();
            case ByIccid(var iccid) -> "iccid#" + iccid.digits();
            case ByUid(var uid) -> "uid#" + uid.value();
        };
    }

    /**
     * Under what deliveries of the device are kept: under each of its ids when it is known; when it is not, under the one
     * by which it is named.
     */
    default Set<String> keys(DeviceRegistry devices) {
        Optional<Device> known =
                switch (this) {
                    case ByImei(var imei) -> devices.find(imei);
                    case ByIccid(var iccid) -> devices.whoHas(iccid).flatMap(devices::find);
                    case ByUid(var uid) -> devices.whoHas(uid).flatMap(devices::find);
                };
        Set<String> keys = new TreeSet<>(Set.of(key()));
        known.ifPresent(device -> {
            keys.add(new ByImei(device.imei()).key());
            keys.add(new ByIccid(device.order().iccid()).key());
            device.uid().ifPresent(uid -> keys.add(new ByUid(uid).key()));
        });
        return keys;
    }

    /**
     * Which of the three a text is, its length and its dashes show.
     *
     * @throws IllegalArgumentException naming the rule that is broken
     */
    static DeviceName of(String text) {
        String name = text.strip();
        if (name.matches("[0-9]{17,}")) {
            return new ByIccid(Iccid.parse(name));
        }
        return name.contains("-") ? new ByUid(DeviceId.parse(name)) : new ByImei(Imei.parse(name));
    }
}
