package dev.fleetline.applying;

import dev.fleetline.device.Device;
import dev.fleetline.device.Iccid;
import dev.fleetline.device.Lifecycle;
import dev.fleetline.device.Lifecycle.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What the carrier says it has done to a device, or could not do; asked for by us or by somebody else. */
sealed interface CarrierWord {

    /** Two words about one change are not further apart than this. */
    Duration SAME_CHANGE = Duration.ofHours(1);

    /** It is on the network. That it was there already is the same. */
    record Activated() implements CarrierWord {}

    /**
     * What was asked for was refused.
     *
     * <p>A message is about a device, since those that were asked for together have one request id; but a refusal counts only
     * for the request that the device waits for. One that names another is kept with the other deliveries and applied to
     * nothing: it answers an order that has failed already, contradicts a success, or is of a request that somebody else
     * made or whose acceptance never reached us; what has become of the device then, a look at the carrier says. One that
     * names none counts for the order that waits. A success counts whoever asked for it, for an order that waits; one that
     * has failed stays so, and if its line is active after all, the nightly comparison tells a person.
     *
     * @param request the carrier's own id of what was asked for, where the message has one
     */
    record Refused(Failure failure, Optional<String> request) implements CarrierWord {

        private boolean isAwaitedBy(Device device) {
            return request.isEmpty() || request.equals(device.progress().requestId());
        }
    }

    /** It is off the network for a while; {@code asked}: this answers a request. */
    record Suspended(Optional<Instant> until, boolean asked) implements CarrierWord {}

    /** A suspended one will be put back then. */
    record ToBeResumed(Instant at) implements CarrierWord {}

    /** It was put back on the network. */
    record Restored() implements CarrierWord {}

    /** It is off the network for good; {@code asked}: this answers a request. */
    record Deactivated(boolean asked) implements CarrierWord {}

    /** It has this SIM now. */
    record HasSim(Iccid iccid) implements CarrierWord {}

    /** Something that we keep nothing of: another plan, an answer that says yes and no more. */
    record Nothing() implements CarrierWord {}

    /**
     * The device after this word, which was received then. A word that is older than the newest of its kind, or than the
     * order that it would answer, says nothing any more: so one that comes late or is played again moves nobody back. Of
     * two that were received at the same moment the one that is applied last counts.
     */
    default Device about(Device device, Instant receivedAt) {
        return switch (this) {
            case Activated _ -> answered(device, Optional.empty(), receivedAt);
            case Refused refused ->
                refused.isAwaitedBy(device) ? answered(device, Optional.of(refused.failure()), receivedAt) : device;
            case Suspended _, ToBeResumed _, Restored _, Deactivated _ ->
                receivedAt.isBefore(device.lineSince()) ? wasAsked(device, receivedAt) : ofLine(device, receivedAt);
            case HasSim(var iccid) ->
                receivedAt.isBefore(device.said().sim()) ? device : device.withSim(iccid, receivedAt);
            case Nothing _ -> device;
        };
    }

    private static Device answered(Device device, Optional<Failure> failure, Instant at) {
        Lifecycle now = device.lifecycle();
        Lifecycle next =
                switch (now) {
                    case Lifecycle.Registered registered when failure.isEmpty() -> registered.active(at);
                    case Lifecycle.Activating activating ->
                        failure.<Lifecycle>map(why -> activating.failed(why, at))
                                .orElseGet(() -> activating.active(at));
                    case Lifecycle.Unclear unclear ->
                        failure.<Lifecycle>map(why -> unclear.failed(why, at)).orElseGet(() -> unclear.active(at));
                    case Lifecycle.Stuck stuck ->
                        failure.<Lifecycle>map(why -> stuck.failed(why, at)).orElseGet(() -> stuck.active(at));
                    case Lifecycle.Parked parked ->
                        failure.<Lifecycle>map(why -> parked.failed(why, at)).orElseGet(() -> parked.active(at));
                    default -> now;
                };
        return next.equals(now) || at.isBefore(now.since()) ? device : device.in(next);
    }

    /** That we asked for it counts also when another word about the same change was applied before. */
    private Device wasAsked(Device device, Instant at) {
        boolean isOfIt =
                switch (this) {
                    case Suspended(var _, var asked) -> asked && device.lifecycle() instanceof Lifecycle.Suspended;
                    case Deactivated(var asked) -> asked && device.lifecycle() instanceof Lifecycle.Deactivated;
                    case Activated _, Refused _, ToBeResumed _, Restored _, HasSim _, Nothing _ -> false;
                };
        return isOfIt && !at.plus(SAME_CHANGE).isBefore(device.lifecycle().since()) ? device.wasAsked() : device;
    }

    private Device ofLine(Device device, Instant at) {
        Lifecycle now = device.lifecycle();
        return switch (this) {
            case ToBeResumed(var then) ->
                // of a device that is not known to be suspended it says nothing, and its suspension may still come
                now instanceof Lifecycle.Suspended suspended ? device.saidToBe(suspended.until(then), at) : device;
            case Suspended(var until, var asked) ->
                device.saidToBe(
                        switch (now) {
                            case Lifecycle.ActiveUnseen active -> active.suspended(until, asked, at);
                            case Lifecycle.InService inService -> inService.suspended(until, asked, at);
                            case Lifecycle.Drifted drifted -> drifted.suspended(until, asked, at);
                            case Lifecycle.Suspended suspended -> {
                                Lifecycle.Suspended known = asked ? suspended.wasAsked() : suspended;
                                yield until.map(known::until).orElse(known);
                            }
                            default -> now;
                        },
                        at);
            case Restored _ ->
                device.saidToBe(now instanceof Lifecycle.Suspended suspended ? suspended.restored(at) : now, at);
            case Deactivated(var asked) ->
                device.saidToBe(
                        switch (now) {
                            case Lifecycle.ActiveUnseen active -> active.deactivated(asked, at);
                            case Lifecycle.InService inService -> inService.deactivated(asked, at);
                            case Lifecycle.Drifted drifted -> drifted.deactivated(asked, at);
                            case Lifecycle.Suspended suspended -> suspended.deactivated(asked, at);
                            case Lifecycle.Deactivated deactivated -> asked ? deactivated.wasAsked() : deactivated;
                            default -> now;
                        },
                        at);
            case Activated _, Refused _, HasSim _, Nothing _ -> device;
        };
    }
}
