package dev.fleetline.device;

/** Whether a device says that it is being charged; most do not say. */
public enum Charging {
    YES,
    NO,
    UNKNOWN
}
