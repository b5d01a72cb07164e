package dev.fleetline.thingspacesimulator.lines;

import dev.fleetline.thingspacesimulator.m2m.CallbackContent.Deed;
import dev.fleetline.thingspacesimulator.m2m.CallbackContent.Subject;
import java.util.Optional;

/**
 * What was accepted for one device.
 *
 * @param subject the device as it was when the order was accepted
 * @param refused why nothing comes of it, when that was clear from the start
 * @param isRemoval whether the device leaves the account in the end
 */
record Order(
        String requestId,
        Deed deed,
        Subject subject,
        Terms terms,
        Fate fate,
        Optional<Refused> refused,
        boolean isRemoval) {

    String imei() {
        return subject.imei();
    }
}
