package dev.fleetline.deviceonboarding;

import dev.fleetline.device.Consequences;
import dev.fleetline.device.Consequences.HistoryEntry;
import dev.fleetline.device.Device;
import dev.fleetline.device.DeviceRegistry;
import dev.fleetline.device.DeviceRegistry.Saved;
import dev.fleetline.device.Iccid;
import dev.fleetline.device.Lifecycle.ActiveUnseen;
import dev.fleetline.device.Lifecycle.Failed;
import dev.fleetline.device.Lifecycle.Failure;
import dev.fleetline.device.Mender;
import dev.fleetline.fleetevents.Announcer;
import dev.fleetline.fleetevents.Outgoing;
import dev.fleetline.lambda.Verdict;
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
        return switch (save(next, note, events)) {
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
        return end(
                device.in(failed),
                failure.code() + ": " + failure.detail(),
                List.of(OnboardingEvents.failed(device.imei(), device.order().onboardingId(), failure, now())),
                new Done("failed: " + failure.code()));
    }

    /** Nothing is stored: the id is another device's, and what is stored of this one stays as it is. */
    Verdict taken(Device device, Saved.IdTaken taken) {
        String code = taken.kind().equals("iccid") ? "ICCID_TAKEN" : "UID_TAKEN";
        Failure failure = new Failure(
                code,
                "the " + taken.kind() + " belongs to another device, " + taken.by()
                        + ": order that one again with its own, or this one with another",
                Mender.SENDER);
        tell(OnboardingEvents.failed(device.imei(), device.order().onboardingId(), failure, now()));
        return new Done("failed: " + code);
    }

    /** Tells what no move goes with. */
    void tell(Outgoing event) {
        announcer.announce(List.of(event));
    }
}
