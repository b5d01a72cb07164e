package dev.fleetline.device;

/**
 * What can be wrong. The names stand in events, in settings and in the names of runbooks. A site, a cell or the fleet can
 * only have lost its network; the last three are of the platform.
 */
public enum Condition {
    /** Of a device: its battery will not last. */
    BATTERY_LOW,
    /** Of a device: it reports, but not its battery, though it has one. */
    BATTERY_UNKNOWN,
    /** Of a device: it is silent for longer than it should be, or says that service is gone. Of a site, a cell or the
     * fleet: so many of its devices are. */
    NETWORK_LOST,
    /** Of a device: its radio is weak, or much weaker than it usually is. */
    SIGNAL_WEAK,
    /** Of a device: active, and not one report yet. */
    NEVER_SEEN,
    /** Of a device: the carrier took its line off the network unasked, or is about to put it back by itself. */
    SIM_NOT_ACTIVE,
    /** Of a device: its reports name another device or another SIM than was registered. */
    IDENTITY_CONFLICT,
    /** Of the platform: a realm's token cannot be renewed. */
    TOKEN,
    /** Of the platform: a stream or listener is broken, or silent for longer than its usual gap. */
    STREAM,
    /** Of the platform: the carrier has newer readings than we do, of too many of those asked about. */
    REPORTS_MISSED
}
