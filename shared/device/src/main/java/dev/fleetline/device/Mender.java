package dev.fleetline.device;

/** Who can mend what an order failed of. */
public enum Mender {
    /** Whoever sent the order: by a corrected one. */
    SENDER,

    /** Operations: by a setting, a service plan, a budget. */
    OPERATIONS,

    /** The carrier's support: nothing that we send changes it. */
    CARRIER,

    /** Somebody who holds the device in the hand. */
    FIELD
}
