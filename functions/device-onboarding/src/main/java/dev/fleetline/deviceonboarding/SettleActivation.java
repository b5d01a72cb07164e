package dev.fleetline.deviceonboarding;

import dev.fleetline.carrier.CarrierGateway.Acceptance;
import dev.fleetline.carrier.CarrierReply;
import dev.fleetline.carrier.CarrierReply.AlreadyDone;
import dev.fleetline.carrier.CarrierReply.Ok;
import dev.fleetline.carrier.CarrierReply.Refused;
import dev.fleetline.carrier.CarrierReply.TokenRefused;
import dev.fleetline.carrier.CarrierReply.TryLater;
import dev.fleetline.device.Device;
import dev.fleetline.device.DeviceRegistry;
import dev.fleetline.device.Lifecycle.Activating;
import dev.fleetline.device.Lifecycle.ActiveUnseen;
import dev.fleetline.device.Lifecycle.Checked;
import dev.fleetline.device.Lifecycle.Deactivated;
import dev.fleetline.device.Lifecycle.Drifted;
import dev.fleetline.device.Lifecycle.Failed;
import dev.fleetline.device.Lifecycle.Failure;
import dev.fleetline.device.Lifecycle.InService;
import dev.fleetline.device.Lifecycle.Parked;
import dev.fleetline.device.Lifecycle.Registered;
import dev.fleetline.device.Lifecycle.Rejected;
import dev.fleetline.device.Lifecycle.Requested;
import dev.fleetline.device.Lifecycle.Retired;
import dev.fleetline.device.Lifecycle.Stuck;
import dev.fleetline.device.Lifecycle.Suspended;
import dev.fleetline.device.Lifecycle.Unclear;
import dev.fleetline.lambda.Verdict;
import dev.fleetline.lambda.Verdict.Again;
import dev.fleetline.lambda.Verdict.Done;
import java.util.List;
import java.util.Optional;

/** Stores what the carrier answered to a device's one activation, whatever became of the device while it was asked. */
final class SettleActivation {

    private static final int MOST_STEPS = 24;

    private final DeviceRegistry registry;
    private final Moves moves;

    SettleActivation(DeviceRegistry registry, Moves moves) {
        this.registry = registry;
        this.moves = moves;
    }

    /** For the try that stored {@code activated} as ACTIVATING and then made the call, for it alone or with others. */
    Verdict run(Device activated, CarrierReply<Acceptance> reply, boolean isAlone) {
        Device device = activated;
        for (int step = 0; step < MOST_STEPS; step++) {
            Optional<Verdict> end =
                    switch (device.lifecycle()) {
                        case Activating activating
                        when !activating.accepted() -> answered(device, activating, reply, isAlone);
                        case Unclear unclear -> answeredAfterAll(device, unclear, reply, isAlone);
                        case Activating _,
                                Stuck _,
                                Parked _,
                                ActiveUnseen _,
                                InService _,
                                Suspended _,
                                Drifted _,
                                Deactivated _,
                                Retired _,
                                Requested _,
                                Checked _,
                                Registered _,
                                Rejected _,
                                Failed _ -> overtaken(device, reply);
                    };
            if (end.isPresent()) {
                return end.get();
            }
            device = registry.find(activated.imei()).orElse(device);
        }
        return new Again("the device changed again and again while its activation was stored");
    }

    private Optional<Verdict> answered(
            Device device, Activating activating, CarrierReply<Acceptance> reply, boolean isAlone) {
        return switch (reply) {
            case Ok<Acceptance>(var acceptance) -> accepted(device, activating.wasAccepted(), acceptance, isAlone);
            case AlreadyDone<Acceptance> _ -> moves.isActive(device, activating.active(moves.now()));
            case Refused<Acceptance>(var code, var detail, var mender) ->
                moves.fail(device, activating.failed(new Failure(code, detail, mender), moves.now()));
            case TryLater<Acceptance> _, TokenRefused<Acceptance> _ ->
                notSent(device, activating.notSent(moves.now()), reply);
            case CarrierReply.Unclear<Acceptance>(var reason) ->
                moves.end(
                        device.in(activating.unclear(moves.now())),
                        reason,
                        List.of(),
                        new Done("unclear whether it is activated, waits: " + reason));
        };
    }

    /** Another try gave this one up for lost. */
    private Optional<Verdict> answeredAfterAll(
            Device device, Unclear unclear, CarrierReply<Acceptance> reply, boolean isAlone) {
        return switch (reply) {
            case Ok<Acceptance>(var acceptance) -> accepted(device, unclear.accepted(moves.now()), acceptance, isAlone);
            case AlreadyDone<Acceptance> _ -> moves.isActive(device, unclear.active(moves.now()));
            case Refused<Acceptance>(var code, var detail, var mender) ->
                moves.fail(device, unclear.failed(new Failure(code, detail, mender), moves.now()));
            case TryLater<Acceptance> _, TokenRefused<Acceptance> _ ->
                notSent(device, unclear.notDone(moves.now()), reply);
            case CarrierReply.Unclear<Acceptance> _ -> Optional.of(new Done("unclear whether it is activated, waits"));
        };
    }

    private Optional<Verdict> accepted(Device device, Activating accepted, Acceptance acceptance, boolean isAlone) {
        Device next = device.accepted(accepted, acceptance.requestId(), isAlone);
        return moves.end(
                next,
                "accepted",
                List.of(OnboardingEvents.activationRequested(next, acceptance.requestId(), moves.now())),
                new Done("activation accepted"));
    }

    private Optional<Verdict> notSent(Device device, Registered registered, CarrierReply<Acceptance> reply) {
        return moves.end(device.notSent(registered), "not sent", List.of(), Later.than(reply));
    }

    /** The device itself was quicker with its report than the carrier with its answer. */
    private Optional<Verdict> overtaken(Device device, CarrierReply<Acceptance> reply) {
        if (reply instanceof Ok<Acceptance>(var acceptance)) {
            moves.tell(OnboardingEvents.activationRequested(device, acceptance.requestId(), moves.now()));
        }
        return Optional.of(
                new Done("nothing to do, the device is " + device.lifecycle().name()));
    }
}
