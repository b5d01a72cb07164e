package dev.fleetline.applying;

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

    boolean isNobody() {
        return uid.isEmpty() && imei.isEmpty() && iccid.isEmpty();
    }
}
