package dev.fleetline.deviceonboarding;

import dev.fleetline.device.Device;
import dev.fleetline.device.DeviceRegistry;
import dev.fleetline.device.Imei;
import dev.fleetline.device.Lifecycle;
import dev.fleetline.device.Lifecycle.Failure;
import dev.fleetline.device.Lifecycle.Requested;
import dev.fleetline.device.Mender;
import dev.fleetline.fleetevents.FleetEvent.Fault;
import dev.fleetline.fleetevents.Outgoing;
import dev.fleetline.lambda.Verdict;
import dev.fleetline.lambda.Verdict.Done;
import dev.fleetline.onboarding.CheckedOrder.Bad;
import dev.fleetline.onboarding.OnboardingRequest;
import java.util.List;
import java.util.Optional;

/**
 * Tells the sender everything that is wrong with an order. A copy of an order that was good when it came is no new one:
 * what became of it is not changed by a rule that it breaks by now, unless nothing was sent to activate the device yet.
 */
final class RefuseOrder {

    private final DeviceRegistry registry;
    private final EndedOrders endedOrders;
    private final Moves moves;

    RefuseOrder(DeviceRegistry registry, EndedOrders endedOrders, Moves moves) {
        this.registry = registry;
        this.endedOrders = endedOrders;
        this.moves = moves;
    }

    Verdict run(OnboardingRequest request, Bad bad) {
        Outgoing told = OnboardingEvents.invalid(request, bad.imei(), bad.faults(), moves.now());
        Done refused = new Done("refused, rules broken: " + bad.faults().size());
        return bad.imei()
                .flatMap(imei -> copy(imei, request.onboardingId(), bad.faults(), told, refused))
                .orElseGet(() -> {
                    moves.tell(told);
                    return refused;
                });
    }

    /** Empty when the device never had this order. */
    private Optional<Verdict> copy(Imei imei, String onboardingId, List<Fault> faults, Outgoing told, Done refused) {
        return registry.find(imei)
                .flatMap(device -> device.order().onboardingId().equals(onboardingId)
                        ? Optional.of(own(device, faults, told, refused))
                        : endedOrders.find(imei, onboardingId).map(end -> moves.tellEnd(imei, onboardingId, end)));
    }

    private Verdict own(Device device, List<Fault> faults, Outgoing told, Done refused) {
        return end(device.lifecycle(), faults)
                .map(device::in)
                .map(next -> moves.end(next, "rules broken", List.of(told), next.simFreedSince(device), refused)
                        .orElseGet(Moves::changedMeanwhile))
                .orElseGet(() -> Moves.nothingToDo(device));
    }

    /** Empty when an activation may be on its way, or the order has ended. */
    private Optional<Lifecycle> end(Lifecycle onItsWay, List<Fault> faults) {
        if (onItsWay instanceof Requested requested) {
            return Optional.of(
                    requested.rejected(faults.stream().map(Fault::field).toList(), moves.now()));
        }
        Failure failure = new Failure(
                "INVALID_REQUEST", "the order breaks a rule by now, " + faults.size() + " in all", Mender.SENDER);
        return moves.failed(onItsWay, failure).map(failed -> failed);
    }
}
