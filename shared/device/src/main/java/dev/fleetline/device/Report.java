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
 * @param readings each with its own time
 * @param cell the serving cell as {@code PLMN-CID}, where the message names it
 */
public record Report(
        Optional<DeviceId> uid,
        Optional<Imei> imei,
        Instant at,
        Map<Measure, Reading> readings,
        Optional<String> cell) {

    public Report {
        readings = Map.copyOf(readings);
    }
}
