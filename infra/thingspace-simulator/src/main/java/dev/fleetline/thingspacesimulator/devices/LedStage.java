package dev.fleetline.thingspacesimulator.devices;

import dev.fleetline.thingspacesimulator.web.Spelled;

/** How far a tracker is on its own way to the network, as its power light shows it. */
public enum LedStage implements Spelled {
    /** As it was delivered: it has not been on a charger yet. */
    FACTORY("factory", "off"),
    /** On the charger, where it leaves the factory mode. */
    CHARGING("charging", "short blinks of green, yellow or red"),
    /** Looking for the network, and not registered on it. */
    SEARCHING("searching", "short on, long off"),
    /** On the network and idle: the one in which it can check in. */
    IDLE("idle", "long on, short off");

    private final String spelling;
    private final String light;

    LedStage(String spelling, String light) {
        this.spelling = spelling;
        this.light = light;
    }

    @Override
    public String spelling() {
        return spelling;
    }

    /** What somebody who stands beside the device sees. */
    public String light() {
        return light;
    }
}
