package dev.fleetline.onboardingreconciler;

import dev.fleetline.carrier.CarrierGateway.CarrierDevice;
import dev.fleetline.carrier.CarrierGateway.LineState;

/** What the carrier showed of a device when it was asked. */
sealed interface Sight {

    /** As the end of a sentence that the carrier begins. */
    default String words() {
        return switch (this) {
            case Unanswered(var why) -> "could not be asked (" + why + ")";
            case Missing() -> "does not show the device";
            case Seen(var line, var isRequestFailed) ->
                "calls the line " + line.state()
                        + (isRequestFailed ? ", and the request in which it was asked for failed" : "");
        };
    }

    /** Whether the carrier says that an activation is on its way. */
    default boolean isPending() {
        return this instanceof Seen(var line, var _) && line.state() == LineState.PENDING;
    }

    /** It said nothing about the device, for this reason. */
    record Unanswered(String why) implements Sight {}

    /** It has no such device. */
    record Missing() implements Sight {}

    /**
     * It has this one.
     *
     * @param isRequestFailed whether it says that the request to activate it has failed
     */
    record Seen(CarrierDevice line, boolean isRequestFailed) implements Sight {}
}
