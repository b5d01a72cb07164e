package dev.fleetline.thingspacesimulator.devices;

import java.time.Instant;

/** Where a device stands. The platform knows two words for the three cases. */
sealed interface DeviceState {

    /** Known, but not on the network. */
    record Registered() implements DeviceState {}

    /** Asked to be active, and ready at that time if its light allows it; until then it still says registered. */
    record Activating(Instant readyAt) implements DeviceState {}

    /** On the network. */
    record Ready() implements DeviceState {}

    /** The platform's word. */
    default String spelling() {
        return switch (this) {
            case Registered _, Activating _ -> "registered";
            case Ready _ -> "ready";
        };
    }
}
