package dev.fleetline.deviceonboarding;

import dev.fleetline.device.Consequences;
import dev.fleetline.device.Consequences.HistoryEntry;
import dev.fleetline.device.Device;
import dev.fleetline.device.DeviceRegistry;
import dev.fleetline.device.DeviceRegistry.Saved;
import dev.fleetline.device.Iccid;
import dev.fleetline.device.Imei;
import dev.fleetline.device.Lifecycle;
import dev.fleetline.device.Lifecycle.ActiveUnseen;
import dev.fleetline.device.Lifecycle.Checked;
import dev.fleetline.device.Lifecycle.Failed;
import dev.fleetline.device.Lifecycle.Failure;
import dev.fleetline.device.Lifecycle.Registered;
import dev.fleetline.device.Lifecycle.Requested;
import dev.fleetline.device.Mender;
import dev.fleetline.fleetevents.Announcer;
import dev.fleetline.fleetevents.Outgoing;
import dev.fleetline.lambda.Verdict;
import dev.fleetline.lambda.Verdict.Again;
import dev.fleetline.lambda.Verdict.Done;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Stores each move of a device with its line of history, which names the order, and with the events that tell of it. */
final class Moves {

    private final DeviceRegistry registry;
    private final Announcer announcer;
    private final InstantSource clock;

    Moves(DeviceRegistry registry, Announcer announcer, InstantSource clock) {
        this.registry = registry;
        this.announcer = announcer;
        this.clock = clock;
    }

    Instant now() {
        return clock.instant();
    }

    Saved save(Device next, String note, List<Outgoing> events) {
        return save(next, note, events, Optional.empty());
    }

    /** With {@code freed}, which the device has no longer. */
    Saved save(Device next, String note, List<Outgoing> events, Optional<Iccid> freed) {
        HistoryEntry entry =
                new HistoryEntry(now(), next.lifecycle().name(), next.order().onboardingId(), note);
        Saved saved = registry.save(next, new Consequences(List.of(entry), events, freed));
        if (saved instanceof Saved.Stored) {
            announcer.publishStored(events);
        }
        return saved;
    }

    /** Stores the last move of a try; empty when the device changed meanwhile. */
    Optional<Verdict> end(Device next, String note, List<Outgoing> events, Verdict verdict) {
        return end(next, note, events, Optional.empty(), verdict);
    }

    /** With {@code freed}, which the device has no longer. */
    Optional<Verdict> end(Device next, String note, List<Outgoing> events, Optional<Iccid> freed, Verdict verdict) {
        return switch (save(next, note, events, freed)) {
            case Saved.Stored _ -> Optional.of(verdict);
            case Saved.Changed _ -> Optional.empty();
            case Saved.IdTaken taken -> Optional.of(taken(next, taken));
        };
    }

    Optional<Verdict> isActive(Device device, ActiveUnseen active) {
        Device next = device.in(active);
        return end(
                next,
                "the carrier says so",
                List.of(OnboardingEvents.activated(next, now())),
                new Done("active already"));
    }

    Optional<Verdict> fail(Device device, Failed failed) {
        Failure failure = failed.failure();
        Device next = device.in(failed);
        return end(
                next,
                failure.code() + ": " + failure.detail(),
                List.of(OnboardingEvents.failed(device.imei(), device.order().onboardingId(), failure, now())),
                next.simFreedSince(device),
                new Done("failed: " + failure.code()));
    }

    /** Empty when an activation may be on its way, or the order has ended. */
    Optional<Failed> failed(Lifecycle onItsWay, Failure failure) {
        return switch (onItsWay) {
            case Requested requested -> Optional.of(requested.failed(failure, now()));
            case Checked checked -> Optional.of(checked.failed(failure, now()));
            case Registered registered -> Optional.of(registered.failed(failure, now()));
            default -> Optional.empty();
        };
    }

    static Verdict changedMeanwhile() {
        return new Again("the device changed while its order was ended");
    }

    /** The id is another device's: what is stored of this one has failed without it, unless another order has it. */
    Verdict taken(Device device, Saved.IdTaken taken) {
        String code = taken.kind().equals("iccid") ? "ICCID_TAKEN" : "UID_TAKEN";
        Failure failure = new Failure(
                code,
                "the " + taken.kind() + " belongs to another device, " + taken.by()
                        + ": order that one again with its own, or this one with another",
                Mender.SENDER);
        return registry.find(device.imei())
                .filter(stored ->
                        stored.order().onboardingId().equals(device.order().onboardingId()))
                .flatMap(stored -> failed(stored.lifecycle(), failure)
                        .map(failed -> fail(stored, failed).orElseGet(Moves::changedMeanwhile)))
                .orElseGet(() -> {
                    tell(OnboardingEvents.failed(device.imei(), device.order().onboardingId(), failure, now()));
                    return new Done("failed: " + code);
                });
    }

    /** Takes a SIM from a device that does not hold it any more and has it still in the store; false when it holds it. */
    boolean isLetGo(Iccid sim, Saved.IdTaken taken) {
        Optional<Device> owner = registry.find(taken.by())
                .filter(_ -> taken.kind().equals("iccid"))
                .filter(device -> device.heldSim().filter(sim::equals).isEmpty());
        owner.ifPresent(device -> registry.save(device, new Consequences(List.of(), List.of(), Optional.of(sim))));
        return owner.isPresent();
    }

    /** Of a copy of the order that has the device, which somebody else goes on with, or which has ended. */
    static Verdict nothingToDo(Device device) {
        return new Done("nothing to do, the device is " + device.lifecycle().name());
    }

    /** Tells whoever sent a copy of an order that had the device before how that order ended. */
    Verdict tellEnd(Imei imei, String onboardingId, EndedOrders.End end) {
        tell(OnboardingEvents.endedBefore(imei, onboardingId, end, now()));
        return new Done("nothing to do, the order had the device before and ended as " + end.state());
    }

    /** Tells what no move goes with. */
    void tell(Outgoing event) {
        announcer.announce(List.of(event));
    }
}
