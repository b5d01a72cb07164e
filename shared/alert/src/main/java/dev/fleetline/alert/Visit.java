package dev.fleetline.alert;

import dev.fleetline.alert.AlertLife.Occasion;
import dev.fleetline.device.Circumstances;
import java.util.List;
import java.util.Optional;

/**
 * Why a device is judged.
 *
 * @param sweepId the pass that judges it, where one does
 * @param correlationId what to follow the change by: a delivery's id, a pass's id
 * @param verified whether the carrier was asked about the device's silence and knows no better; empty where nobody asked
 *     whether to ask
 * @param circumstances what else is known of the device, or of us
 * @param wider alerts about more than one device that are known to be open, as when this pass has just raised them; others
 *     are looked for
 */
public record Visit(
        Occasion occasion,
        Optional<String> sweepId,
        String correlationId,
        Optional<Boolean> verified,
        Circumstances circumstances,
        List<Alert.Open> wider) {

    public Visit {
        wider = List.copyOf(wider);
    }

    /** A delivery about it arrived. */
    public static Visit arrival(String deliveryId) {
        return new Visit(
                Occasion.ARRIVAL, Optional.empty(), deliveryId, Optional.empty(), Circumstances.NONE, List.of());
    }

    /** A pass rates it: everything is decided but a loss, which is asked about first. */
    public static Visit rating(String sweepId) {
        return new Visit(
                Occasion.RATING, Optional.of(sweepId), sweepId, Optional.empty(), Circumstances.NONE, List.of());
    }

    /** A pass decides everything. */
    public static Visit sweep(String sweepId) {
        return new Visit(
                Occasion.SWEEP, Optional.of(sweepId), sweepId, Optional.empty(), Circumstances.NONE, List.of());
    }

    /** A pass decides everything, and has asked the carrier about a loss, or could not. */
    public static Visit sweep(String sweepId, boolean verified) {
        return new Visit(
                Occasion.SWEEP, Optional.of(sweepId), sweepId, Optional.of(verified), Circumstances.NONE, List.of());
    }

    /** The same, and this is known besides. */
    public Visit knowing(Circumstances known) {
        return new Visit(occasion, sweepId, correlationId, verified, known, wider);
    }

    /** The same under alerts that are known to be open. */
    public Visit under(List<Alert.Open> alerts) {
        return new Visit(occasion, sweepId, correlationId, verified, circumstances, alerts);
    }
}
