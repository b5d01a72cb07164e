package dev.fleetline.device;

/** What can be wrong with a device. The names stand in events, in settings and in the names of runbooks. */
public enum Condition {
    BATTERY_LOW,
    NETWORK_LOST,
    SIGNAL_WEAK
}
