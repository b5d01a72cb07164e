package dev.fleetline.deviceonboarding;

import dev.fleetline.carrier.CarrierGateway;
import dev.fleetline.carrier.CarrierGateway.Acceptance;
import dev.fleetline.carrier.CarrierGateway.CarrierDevice;
import dev.fleetline.carrier.CarrierGateway.NewDevice;
import dev.fleetline.carrier.CarrierReply;
import dev.fleetline.carrier.CarrierReply.AlreadyDone;
import dev.fleetline.carrier.CarrierReply.Ok;
import dev.fleetline.carrier.CarrierReply.Refused;
import dev.fleetline.carrier.CarrierReply.TokenRefused;
import dev.fleetline.carrier.CarrierReply.TryLater;
import dev.fleetline.carrier.CarrierReply.Unclear;
import dev.fleetline.carrier.FreshToken;
import dev.fleetline.device.Consequences;
import dev.fleetline.device.Consequences.HistoryEntry;
import dev.fleetline.device.Device;
import dev.fleetline.device.DeviceRegistry;
import dev.fleetline.device.DeviceRegistry.Saved;
import dev.fleetline.device.Iccid;
import dev.fleetline.device.Lifecycle;
import dev.fleetline.device.Lifecycle.Activating;
import dev.fleetline.device.Lifecycle.ActiveUnseen;
import dev.fleetline.device.Lifecycle.Checked;
import dev.fleetline.device.Lifecycle.Failed;
import dev.fleetline.device.Lifecycle.InService;
import dev.fleetline.device.Lifecycle.Registered;
import dev.fleetline.device.Lifecycle.Rejected;
import dev.fleetline.device.Lifecycle.Requested;
import dev.fleetline.fleetevents.Announcer;
import dev.fleetline.fleetevents.Outgoing;
import dev.fleetline.lambda.Verdict;
import dev.fleetline.lambda.Verdict.Again;
import dev.fleetline.lambda.Verdict.Done;
import dev.fleetline.onboarding.CheckedOrder.Good;
import dev.fleetline.tokens.TokenRealm;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Brings a device from its order to an accepted activation. Reads the stored device before each step, so it goes on from
 * wherever an earlier try stopped, and two tries at once do no harm: of two that store, one has to read again.
 *
 * <p>ACTIVATING is stored before the one call that must not be made twice. From then on only the try that stored it may
 * make the call, or take it back when it is certain that nothing was sent.
 */
final class OnboardDevice {

    /** A way from order to activation has six steps; more means that somebody else keeps changing the device. */
    private static final int MOST_STEPS = 24;

    private static final Duration UNTIL_TOKEN_IS_RENEWED = Duration.ofMinutes(15);

    private final DeviceRegistry registry;
    private final CarrierGateway carrier;
    private final FreshToken freshToken;
    private final Announcer announcer;
    private final InstantSource clock;
    private final Duration flight;

    /** {@code flight} is how long a try may take from storing ACTIVATING to the end of its call. */
    OnboardDevice(
            DeviceRegistry registry,
            CarrierGateway carrier,
            FreshToken freshToken,
            Announcer announcer,
            InstantSource clock,
            Duration flight) {
        this.registry = registry;
        this.carrier = carrier;
        this.freshToken = freshToken;
        this.announcer = announcer;
        this.clock = clock;
        this.flight = flight;
    }

    /** Goes on with this order until it ends, has to wait, or has to come again. */
    Verdict run(Good order) {
        Try current = new Try(order);
        for (int step = 0; step < MOST_STEPS; step++) {
            Optional<Verdict> end = registry.find(order.imei())
                    .map(current::goOn)
                    .orElseGet(() ->
                            current.store(Device.requested(order.imei(), order.order(), order.profile(), now()), ""));
            if (end.isPresent()) {
                return end.get();
            }
        }
        return new Again("the device changed again and again while it was worked on");
    }

    private Instant now() {
        return clock.instant();
    }

    /** One delivery of the order. Its steps answer empty when there is more to do: read and go on. */
    private final class Try {

        private final Good wanted;
        private boolean isKnownToBeMissing;
        private boolean isSaidToExist;

        Try(Good wanted) {
            this.wanted = wanted;
        }

        Optional<Verdict> goOn(Device device) {
            boolean same = device.order().onboardingId().equals(wanted.order().onboardingId());
            return switch (device.lifecycle()) {
                case Rejected rejected -> same ? ended(device) : again(device, rejected.requested(now()));
                case Failed failed -> same ? ended(device) : again(device, failed.requested(now()));
                case Lifecycle.Deactivated deactivated ->
                    same ? ended(device) : again(device, deactivated.requested(now()));
                case Requested requested -> same ? lookUp(device, requested) : busy(device);
                case Checked checked -> same ? register(device, checked) : busy(device);
                case Registered registered -> same ? activate(device, registered) : busy(device);
                case Activating activating ->
                    same && !activating.accepted() ? findOut(device, activating) : ended(device);
                case Lifecycle.Unclear _, ActiveUnseen _, InService _, Lifecycle.Suspended _ -> ended(device);
            };
        }

        private Optional<Verdict> ended(Device device) {
            return Optional.of(new Done(
                    "nothing to do, the device is " + device.lifecycle().name()));
        }

        private Optional<Verdict> busy(Device device) {
            return Optional.of(new Done("nothing to do, another order has the device "
                    + device.lifecycle().name()));
        }

        private Optional<Verdict> again(Device device, Requested requested) {
            Optional<Iccid> freed = Optional.of(device.order().iccid())
                    .filter(sim -> !sim.equals(wanted.order().iccid()));
            return store(device.orderedAgain(wanted.order(), wanted.profile(), requested), "ordered again", freed);
        }

        private Optional<Verdict> lookUp(Device device, Requested requested) {
            return switch (find()) {
                case Ok<Optional<CarrierDevice>>(var found)
                when found.isPresent() ->
                    isRegistered(
                            device,
                            requested.registered(found.get().uid(), now()),
                            found.get().active());
                case Ok<Optional<CarrierDevice>> _ -> {
                    isKnownToBeMissing = true;
                    yield store(device.in(requested.checked(now())), "");
                }
                case Refused<Optional<CarrierDevice>>(var code, var detail) ->
                    fail(device, requested.failed(code, detail, now()));
                case CarrierReply<Optional<CarrierDevice>> other -> later(other);
            };
        }

        /** Looks first, unless this try has just looked: an earlier one may have registered it and died. */
        private Optional<Verdict> register(Device device, Checked checked) {
            if (!isKnownToBeMissing) {
                return switch (find()) {
                    case Ok<Optional<CarrierDevice>>(var found)
                    when found.isPresent() ->
                        isRegistered(
                                device,
                                checked.registered(found.get().uid(), now()),
                                found.get().active());
                    case Ok<Optional<CarrierDevice>> _ -> {
                        isKnownToBeMissing = true;
                        yield isSaidToExist
                                ? Optional.of(new Again("the carrier says that it has the device and does not show it"))
                                : Optional.empty();
                    }
                    case Refused<Optional<CarrierDevice>>(var code, var detail) ->
                        fail(device, checked.failed(code, detail, now()));
                    case CarrierReply<Optional<CarrierDevice>> other -> later(other);
                };
            }
            isKnownToBeMissing = false;
            NewDevice newDevice = new NewDevice(
                    device.imei(),
                    device.order().iccid(),
                    device.profile().name().orElse(device.imei().digits()));
            return switch (freshToken.ask(TokenRealm.CORE, () -> carrier.register(newDevice))) {
                case Ok<CarrierDevice>(var registered) ->
                    isRegistered(device, checked.registered(registered.uid(), now()), registered.active());
                case Refused<CarrierDevice>(var code, var detail) -> fail(device, checked.failed(code, detail, now()));
                // somebody was quicker: the next step looks and finds it
                case AlreadyDone<CarrierDevice> _ -> {
                    isSaidToExist = true;
                    yield Optional.empty();
                }
                case CarrierReply<CarrierDevice> other -> later(other);
            };
        }

        private Optional<Verdict> isRegistered(Device device, Registered registered, boolean active) {
            Device next = device.in(registered);
            Outgoing event = OnboardingEvents.registered(next, registered.uid(), now());
            return switch (save(next, "", List.of(event))) {
                case Saved.Stored(var stored) when active -> isActive(stored, registered.active(now()));
                case Saved.Stored _, Saved.Changed _ -> Optional.empty();
                case Saved.IdTaken taken -> taken(device, taken);
            };
        }

        private Optional<Verdict> activate(Device device, Registered registered) {
            return switch (save(device.in(registered.activating(now())), "about to be sent", List.of())) {
                case Saved.Stored(var stored) -> {
                    CarrierReply<Acceptance> reply =
                            freshToken.ask(TokenRealm.CORE, () -> carrier.activate(registered.uid()));
                    yield Optional.of(settle(stored, reply));
                }
                case Saved.Changed _ -> Optional.empty();
                case Saved.IdTaken taken -> taken(device, taken);
            };
        }

        /** Stores what the carrier answered, whatever became of the device while it was asked. */
        private Verdict settle(Device activated, CarrierReply<Acceptance> reply) {
            Device device = activated;
            for (int step = 0; step < MOST_STEPS; step++) {
                Optional<Verdict> end =
                        switch (device.lifecycle()) {
                            case Activating activating
                            when !activating.accepted() -> answered(device, activating, reply);
                            case Lifecycle.Unclear unclear -> answeredAfterAll(device, unclear, reply);
                            case Activating _,
                                    ActiveUnseen _,
                                    InService _,
                                    Lifecycle.Suspended _,
                                    Lifecycle.Deactivated _,
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

        private Optional<Verdict> answered(Device device, Activating activating, CarrierReply<Acceptance> reply) {
            return switch (reply) {
                case Ok<Acceptance>(var acceptance) ->
                    end(
                            device.in(activating.wasAccepted()),
                            "accepted",
                            List.of(OnboardingEvents.activationRequested(device, activating.uid(), acceptance, now())),
                            new Done("activation accepted"));
                case AlreadyDone<Acceptance> _ -> isActive(device, activating.active(now()));
                case Refused<Acceptance>(var code, var detail) -> fail(device, activating.failed(code, detail, now()));
                case TryLater<Acceptance> _, TokenRefused<Acceptance> _ ->
                    end(
                            device.in(activating.notSent(now())),
                            "not sent",
                            List.of(),
                            later(reply).orElseThrow());
                case Unclear<Acceptance>(var reason) ->
                    end(
                            device.in(activating.unclear(now())),
                            reason,
                            List.of(),
                            new Done("unclear whether it is activated, waits: " + reason));
            };
        }

        /** Another try gave this one up for lost. */
        private Optional<Verdict> answeredAfterAll(
                Device device, Lifecycle.Unclear unclear, CarrierReply<Acceptance> reply) {
            return switch (reply) {
                case Ok<Acceptance>(var acceptance) ->
                    end(
                            device.in(unclear.accepted(now())),
                            "accepted",
                            List.of(OnboardingEvents.activationRequested(device, unclear.uid(), acceptance, now())),
                            new Done("activation accepted"));
                case AlreadyDone<Acceptance> _ -> isActive(device, unclear.active(now()));
                case Refused<Acceptance> _, TryLater<Acceptance> _, TokenRefused<Acceptance> _, Unclear<Acceptance> _ ->
                    Optional.of(new Done("unclear whether it is activated, waits"));
            };
        }

        /** The device itself was quicker with its report than the carrier with its answer. */
        private Optional<Verdict> overtaken(Device device, CarrierReply<Acceptance> reply) {
            if (reply instanceof Ok<Acceptance>(var acceptance) && device.uid().isPresent()) {
                announcer.announce(List.of(OnboardingEvents.activationRequested(
                        device, device.uid().get(), acceptance, now())));
            }
            return ended(device);
        }

        /** Nobody knows whether an earlier try made its call. While that may still be under way it is left alone. */
        private Optional<Verdict> findOut(Device device, Activating activating) {
            Duration age = Duration.between(activating.since(), now());
            if (age.compareTo(flight) < 0) {
                return Optional.of(
                        new Again("another try may be about to activate the device", Optional.of(flight.minus(age))));
            }
            return switch (freshToken.ask(TokenRealm.CORE, () -> carrier.get(activating.uid()))) {
                case Ok<CarrierDevice>(var found) when found.active() -> isActive(device, activating.active(now()));
                case Ok<CarrierDevice> _, Refused<CarrierDevice> _ ->
                    end(
                            device.in(activating.unclear(now())),
                            "an earlier try ended in the middle",
                            List.of(),
                            new Done("unclear whether it is activated, waits"));
                case CarrierReply<CarrierDevice> other -> later(other);
            };
        }

        private Optional<Verdict> isActive(Device device, ActiveUnseen active) {
            return end(
                    device.in(active),
                    "the carrier says so",
                    List.of(OnboardingEvents.activated(device, active.uid(), now())),
                    new Done("active already"));
        }

        private Optional<Verdict> fail(Device device, Failed failed) {
            return end(
                    device.in(failed),
                    failed.code() + ": " + failed.detail(),
                    List.of(OnboardingEvents.failed(
                            device.imei(), device.order().onboardingId(), failed.code(), failed.detail(), now())),
                    new Done("failed: " + failed.code()));
        }

        private CarrierReply<Optional<CarrierDevice>> find() {
            return freshToken.ask(TokenRealm.CORE, () -> carrier.find(wanted.imei()));
        }

        Optional<Verdict> store(Device next, String note) {
            return store(next, note, Optional.empty());
        }

        private Optional<Verdict> store(Device next, String note, Optional<Iccid> freed) {
            return switch (save(next, note, List.of(), freed)) {
                case Saved.Stored _, Saved.Changed _ -> Optional.empty();
                case Saved.IdTaken taken -> taken(next, taken);
            };
        }

        /** Stores the last step; empty when the device changed meanwhile. */
        private Optional<Verdict> end(Device next, String note, List<Outgoing> events, Verdict verdict) {
            return switch (save(next, note, events)) {
                case Saved.Stored _ -> Optional.of(verdict);
                case Saved.Changed _ -> Optional.empty();
                case Saved.IdTaken taken -> taken(next, taken);
            };
        }

        private Saved save(Device next, String note, List<Outgoing> events) {
            return save(next, note, events, Optional.empty());
        }

        private Saved save(Device next, String note, List<Outgoing> events, Optional<Iccid> freed) {
            HistoryEntry entry = new HistoryEntry(
                    now(), next.lifecycle().name(), wanted.order().onboardingId(), note);
            Saved saved = registry.save(next, new Consequences(List.of(entry), events, freed));
            if (saved instanceof Saved.Stored) {
                announcer.publishStored(events);
            }
            return saved;
        }

        /** Nothing is stored: the id is another device's, and what is stored of this one stays as it is. */
        private Optional<Verdict> taken(Device device, Saved.IdTaken taken) {
            String code = taken.kind().equals("iccid") ? "ICCID_TAKEN" : "UID_TAKEN";
            announcer.announce(List.of(OnboardingEvents.failed(
                    device.imei(),
                    wanted.order().onboardingId(),
                    code,
                    "the " + taken.kind() + " belongs to another device, " + taken.by()
                            + ": order that one again with its own, or this one with another",
                    now())));
            return Optional.of(new Done("failed: " + code));
        }
    }

    /** It has to come again; a "yes" that is none of the expected ones says as little as no answer. */
    private static Optional<Verdict> later(CarrierReply<?> reply) {
        return Optional.of(
                switch (reply) {
                    case TryLater<?>(var after, var reason) -> new Again(reason, Optional.of(after));
                    case TokenRefused<?>(var secret, var _) ->
                        new Again("waits for a new token in secret " + secret, Optional.of(UNTIL_TOKEN_IS_RENEWED));
                    case Unclear<?>(var reason) -> new Again("unclear, will be looked up: " + reason);
                    case Ok<?> _, AlreadyDone<?> _, Refused<?> _ -> new Again("an answer that says nothing");
                });
    }
}
