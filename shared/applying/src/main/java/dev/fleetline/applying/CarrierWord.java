package dev.fleetline.applying;

import dev.fleetline.device.Device;
import dev.fleetline.device.Iccid;
import dev.fleetline.device.Lifecycle;
import java.time.Instant;
import java.util.Optional;

/** What the carrier says it has done to a device, or could not do; asked for by us or by somebody else. */
sealed interface CarrierWord {

    /** It is on the network. That it was there already is the same. */
    record Activated() implements CarrierWord {}

    /** What was asked for was refused. Which request that was, the message does not say. */
    record Refused(String code, String detail) implements CarrierWord {}

    /** It is off the network for a while. */
    record Suspended(Optional<Instant> until) implements CarrierWord {}

    /** A suspended one will be put back then. */
    record ToBeResumed(Instant at) implements CarrierWord {}

    /** It was put back on the network. */
    record Restored() implements CarrierWord {}

    /** It is off the network for good. */
    record Deactivated() implements CarrierWord {}

    /** It has this SIM now. */
    record HasSim(Iccid iccid) implements CarrierWord {}

    /** Something that we keep nothing of: another plan, an answer that says yes and no more. */
    record Nothing() implements CarrierWord {}

    /**
     * The device after this word, which was received then. What was received before the device came into its state says
     * nothing about it any more: so a word that is played again moves nobody back.
     */
    default Device about(Device device, Instant receivedAt) {
        if (receivedAt.isBefore(device.lifecycle().since())) {
            return device;
        }
        if (this instanceof HasSim(var iccid)) {
            return device.order().iccid().equals(iccid) ? device : device.withSim(iccid);
        }
        Lifecycle next = next(device.lifecycle(), receivedAt);
        return next.equals(device.lifecycle()) ? device : device.in(next);
    }

    private Lifecycle next(Lifecycle now, Instant at) {
        return switch (this) {
            case Activated _ ->
                switch (now) {
                    case Lifecycle.Registered registered -> registered.active(at);
                    case Lifecycle.Activating activating -> activating.active(at);
                    case Lifecycle.Unclear unclear -> unclear.active(at);
                    default -> now;
                };
            case Refused(var code, var detail) ->
                switch (now) {
                    case Lifecycle.Activating activating -> activating.failed(code, detail, at);
                    case Lifecycle.Unclear unclear -> unclear.failed(code, detail, at);
                    default -> now;
                };
            case Suspended(var until) ->
                switch (now) {
                    case Lifecycle.ActiveUnseen active -> active.suspended(until, at);
                    case Lifecycle.InService inService -> inService.suspended(until, at);
                    case Lifecycle.Suspended suspended ->
                        until.map(suspended::until).orElse(suspended);
                    default -> now;
                };
            case ToBeResumed(var then) -> now instanceof Lifecycle.Suspended suspended ? suspended.until(then) : now;
            case Restored _ -> now instanceof Lifecycle.Suspended suspended ? suspended.restored(at) : now;
            case Deactivated _ ->
                switch (now) {
                    case Lifecycle.ActiveUnseen active -> active.deactivated(at);
                    case Lifecycle.InService inService -> inService.deactivated(at);
                    case Lifecycle.Suspended suspended -> suspended.deactivated(at);
                    default -> now;
                };
            case HasSim _, Nothing _ -> now;
        };
    }
}
