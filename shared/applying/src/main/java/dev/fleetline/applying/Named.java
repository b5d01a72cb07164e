package dev.fleetline.applying;

import dev.fleetline.callback.NamedDevice;
import dev.fleetline.device.DeviceId;
import dev.fleetline.device.Iccid;
import dev.fleetline.device.Imei;
import dev.fleetline.device.Report;
import java.util.Optional;

/** The ids by which a message names its device, those that it has. */
record Named(Optional<DeviceId> uid, Optional<Imei> imei, Optional<Iccid> iccid) {

    static Named in(Report report) {
        return new Named(report.uid(), report.imei(), Optional.empty());
    }

    static Named in(NamedDevice device) {
        return new Named(device.uid(), device.imei(), device.iccid());
    }

    boolean isNobody() {
        return uid.isEmpty() && imei.isEmpty() && iccid.isEmpty();
    }
}
