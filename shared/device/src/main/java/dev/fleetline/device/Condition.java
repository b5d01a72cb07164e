package dev.fleetline.device;

/**
 * What can be wrong with a device, or with the ways by which we hear of devices. The names stand in events, in settings
 * and in the names of runbooks.
 */
public enum Condition {
    BATTERY_LOW,
    BATTERY_UNKNOWN,
    NETWORK_LOST,
    SIGNAL_WEAK,
    NEVER_SEEN,
    SIM_NOT_ACTIVE,
    IDENTITY_CONFLICT,
    /** Ours: a token cannot be renewed. */
    TOKEN,
    /** Ours: a stream or a listener is broken or silent. */
    STREAM,
    /** Ours: the carrier has newer readings than we do. */
    REPORTS_MISSED
}
