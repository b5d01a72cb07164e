package dev.fleetline.applying;

import dev.fleetline.alert.JudgeDevice.Judged;
import dev.fleetline.device.Imei;

/** What came of applying one delivery. */
public sealed interface Applied {

    /**
     * What it says is in the device, now or since an earlier try.
     *
     * @param changed whether it changed the device
     * @param alerts what judging the device did to its alerts
     */
    record Done(Imei device, boolean changed, Judged alerts) implements Applied {}

    /** It cannot be applied; {@code kept} is false when it has left the table meanwhile. */
    record SetAside(String reason, boolean kept) implements Applied {}

    /** It is good, and nobody handles what it says. */
    record Unhandled(boolean kept) implements Applied {}

    /** Not now; running it again takes it from where it stopped. */
    record Again(String reason) implements Applied {}
}
