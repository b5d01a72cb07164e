package dev.fleetline.callbackreplay;

import dev.fleetline.device.DeviceId;
import dev.fleetline.device.Iccid;
import dev.fleetline.device.Imei;

/** How somebody names a device. */
sealed interface DeviceName {

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
