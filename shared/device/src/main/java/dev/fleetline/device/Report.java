package dev.fleetline.device;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What one message of the platform says about one device, normalised: numbers are numbers, what is unknown is absent,
 * and every value has its time.
 *
 * @param uid the device's id on the platform, where the message names it
 * @param imei the IMEI that the message names, where it does
 * @param at the time of the newest thing in it, in the device's own time where that is believable
 * @param seen when the device was heard: the same, unless the platform says that it had the message much later
 * @param readings each with its own time
 * @param cell the serving cell as {@code PLMN-CID}, where the message names it
 * @param otherImei another IMEI that the same message names, where it does
 * @param iccid the SIM that the message names, where it does
 * @param isDocument whether it holds every value there is, also what has not changed: it is a report only as far as its
 *     readings are new
 */
public record Report(
        Optional<DeviceId> uid,
        Optional<Imei> imei,
        Instant at,
        Instant seen,
        Map<Measure, Reading> readings,
        Optional<String> cell,
        Optional<Imei> otherImei,
        Optional<Iccid> iccid,
        boolean isDocument) {

    public Report {
        readings = Map.copyOf(readings);
    }

    /** Of a message that names its device once and says only what is new. */
    public Report(
            Optional<DeviceId> uid,
            Optional<Imei> imei,
            Instant at,
            Map<Measure, Reading> readings,
            Optional<String> cell) {
        this(uid, imei, at, at, readings, cell, Optional.empty(), Optional.empty(), false);
    }

    /** The same report with these readings only. */
    Report with(Map<Measure, Reading> some) {
        return new Report(uid, imei, at, seen, some, cell, otherImei, iccid, isDocument);
    }
}
