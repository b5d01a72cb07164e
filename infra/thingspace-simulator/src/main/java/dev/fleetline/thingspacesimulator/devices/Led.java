package dev.fleetline.thingspacesimulator.devices;

import java.time.Instant;

/** A device's light, and since when it shows that. */
record Led(LedStage stage, Instant since) {

    /** A device about which nobody has said anything can check in at any time. */
    static final Led IDLE = new Led(LedStage.IDLE, Instant.MIN);

    boolean canCheckIn() {
        return stage == LedStage.IDLE;
    }
}
