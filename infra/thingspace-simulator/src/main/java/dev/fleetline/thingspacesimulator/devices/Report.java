package dev.fleetline.thingspacesimulator.devices;

import java.time.Instant;
import java.util.Optional;

/**
 * What a device is to say.
 *
 * @param at the device's time; now, when left out
 * @param battery percent, or a sentinel such as {@code Not_Supported}, sent as it is
 * @param rsrp dBm, likewise; the signal strength of the event and the cell readings of the document
 * @param serviceState {@code In Service} and the like
 */
public record Report(
        String imei,
        Optional<Instant> at,
        Optional<String> battery,
        Optional<String> rsrp,
        Optional<String> serviceState) {}
