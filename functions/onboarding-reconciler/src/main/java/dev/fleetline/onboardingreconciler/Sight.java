package dev.fleetline.onboardingreconciler;

import dev.fleetline.carrier.CarrierGateway.CarrierDevice;
import dev.fleetline.carrier.CarrierGateway.LineState;
import dev.fleetline.device.Iccid;

/** What the carrier showed of a device when it was asked. */
sealed interface Sight {

    /** As the end of a sentence that the carrier begins. */
    default String words() {
        return switch (this) {
            case Unanswered(var why) -> "could not be asked (" + why + ")";
            case Missing() -> "does not show the device with its SIM";
            case Seen(var line, var isRequestFailed) ->
                "calls the line " + line.state()
                        + (isRequestFailed ? ", and the request in which it was asked for failed" : "");
        };
    }

    /**
     * What it says of the line with this SIM. A record of the device with another one, as when it had one before, says
     * nothing of an order for this one: neither that it has ended nor that nothing was done.
     */
    default Sight ofLine(Iccid sim) {
        return this instanceof Seen(var line, var _)
                        && line.iccid().filter(shown -> !shown.equals(sim)).isPresent()
                ? new Missing()
                : this;
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
