package dev.fleetline.thingspacesimulator.devices;

import dev.fleetline.thingspacesimulator.wire.PlatformIds;

/** What a registration says about a device. */
record NewDevice(String imei, String kind, String version, String providerId, String name, String description) {

    /** A tracker about which nothing else is said. */
    static NewDevice tracker(String imei) {
        return new NewDevice(imei, "ts.device.cHeAssetTracker", "1.0", PlatformIds.PROVIDER, imei, "");
    }
}
