package dev.fleetline.applying;

import dev.fleetline.device.Report;

/** What a delivery says, in the words of the domain. */
sealed interface Message {

    /** A device said something, if only that it lives. */
    record Reported(Named device, Report report, Evidence evidence) implements Message {}

    /** The carrier said something about a device. */
    record Carrier(Named device, CarrierWord word) implements Message {}

    /** It is of a kind that is handled, and says nothing that can be used; the reason. */
    record Unusable(String code, String detail) implements Message {}

    /** Nobody handles its kind. */
    record Unhandled() implements Message {}
}
