package dev.fleetline.deviceonboarding;

import dev.fleetline.carrier.CarrierGateway;
import dev.fleetline.carrier.CarrierGateway.CarrierDevice;
import dev.fleetline.carrier.CarrierGateway.NewDevice;
import dev.fleetline.carrier.CarrierReply;
import dev.fleetline.carrier.CarrierReply.AlreadyDone;
import dev.fleetline.carrier.CarrierReply.Ok;
import dev.fleetline.carrier.CarrierReply.Refused;
import dev.fleetline.carrier.Carriers;
import dev.fleetline.device.Device;
import dev.fleetline.device.DeviceRegistry;
import dev.fleetline.device.DeviceRegistry.Saved;
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
import dev.fleetline.lambda.BatchWork.Step;
import dev.fleetline.lambda.Verdict;
import dev.fleetline.lambda.Verdict.Again;
import dev.fleetline.lambda.Verdict.Done;
import dev.fleetline.onboarding.CheckedOrder.Good;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Brings a device from its order to where it may be activated. Reads the stored device before each step, so it goes on
 * from wherever an earlier try stopped, and two tries at once do no harm: of two that store, one has to read again.
 *
 * <p>Nothing here costs money: that the carrier knows the device and that its SIM is free, its registration says.
 */
final class OnboardDevice {

    /** A way from order to activation has five steps; more means that somebody else keeps changing the device. */
    private static final int MOST_STEPS = 24;

    private final DeviceRegistry registry;
    private final Carriers carriers;
    private final EndedOrders endedOrders;
    private final Moves moves;
    private final Limits limits;

    OnboardDevice(DeviceRegistry registry, Carriers carriers, EndedOrders endedOrders, Moves moves, Limits limits) {
        this.registry = registry;
        this.carriers = carriers;
        this.endedOrders = endedOrders;
        this.moves = moves;
        this.limits = limits;
    }

    /**
     * What an activation is held to.
     *
     * @param flight how long a try may take from storing ACTIVATING to the end of its call
     * @param lineActionsPerDay how often a line may be changed on a day of UTC
     */
    record Limits(Duration flight, int lineActionsPerDay) {}

    /** Goes on with this order until it ends, has to wait, has to come again, or may be activated. */
    Step<Ready> run(Good order) {
        Try current = new Try(order);
        for (int step = 0; step < MOST_STEPS; step++) {
            Optional<Step<Ready>> end = registry.find(order.imei())
                    .map(current::goOn)
                    .orElseGet(() ->
                            current.place(Device.requested(order.imei(), order.order(), order.profile(), moves.now())));
            if (end.isPresent()) {
                return end.get();
            }
        }
        return new Step.Over<>(new Again("the device changed again and again while it was worked on"));
    }

    /** One delivery of the order. Its steps answer empty when there is more to do: read and go on. */
    private final class Try {

        private final Good wanted;
        private boolean isKnownToBeMissing;
        private boolean isSaidToExist;

        /** The carrier's record, once this try has seen it. */
        private Optional<CarrierDevice> shown = Optional.empty();

        Try(Good wanted) {
            this.wanted = wanted;
        }

        Optional<Step<Ready>> goOn(Device device) {
            boolean same = device.order().onboardingId().equals(wanted.order().onboardingId());
            return switch (device.lifecycle()) {
                case Rejected rejected -> same ? ended(device) : again(device, rejected.requested(now()));
                case Failed failed -> same ? ended(device) : again(device, failed.requested(now()));
                case Deactivated deactivated -> same ? ended(device) : again(device, deactivated.requested(now()));
                case Drifted drifted -> same ? ended(device) : again(device, drifted.requested(now()));
                case Retired retired -> same ? ended(device) : again(device, retired.requested(now()));
                case Requested requested -> same ? lookUp(device, requested) : orderedAlready(device);
                case Checked checked -> same ? register(device, checked) : orderedAlready(device);
                case Registered registered -> same ? makeReady(device, registered) : orderedAlready(device);
                case Activating activating when same && !activating.accepted() -> findOut(device, activating);
                case Activating _, Unclear _, Stuck _, Parked _, ActiveUnseen _, InService _, Suspended _ ->
                    same ? ended(device) : orderedAlready(device);
            };
        }

        private Instant now() {
            return moves.now();
        }

        private Optional<Step<Ready>> ended(Device device) {
            return over(Moves.nothingToDo(device));
        }

        /** Whoever ordered it hears what has become of the order that has the device. */
        private Optional<Step<Ready>> orderedAlready(Device device) {
            moves.tell(OnboardingEvents.orderedAlready(device, wanted.order().onboardingId(), now()));
            return over(new Done("nothing to do, another order has the device "
                    + device.lifecycle().name()));
        }

        /** Unless the device had this very order before the one that ended last: a late copy of it is answered again. */
        private Optional<Step<Ready>> again(Device device, Requested requested) {
            String id = wanted.order().onboardingId();
            Optional<EndedOrders.End> before = endedOrders.find(device.imei(), id);
            if (before.isPresent()) {
                return over(moves.tellEnd(device.imei(), id, before.get()));
            }
            endedOrders.keep(device);
            Device next = device.orderedAgain(wanted.order(), wanted.profile(), requested);
            return goneOn(next, moves.save(next, "ordered again", List.of(), next.simFreedSince(device)));
        }

        Optional<Step<Ready>> place(Device ordered) {
            return goneOn(ordered, moves.save(ordered, "", List.of()));
        }

        private Optional<Step<Ready>> lookUp(Device device, Requested requested) {
            return look(device, () -> requested.registered(now()), why -> requested.failed(why, now()), () -> {
                isKnownToBeMissing = true;
                Device next = device.in(requested.checked(now()));
                return goneOn(next, moves.save(next, "", List.of()));
            });
        }

        /** Looks first, unless this try has just looked: an earlier one may have registered it and died. */
        private Optional<Step<Ready>> register(Device device, Checked checked) {
            if (!isKnownToBeMissing) {
                return look(
                        device, () -> checked.registered(now()), why -> checked.failed(why, now()), this::isMissing);
            }
            isKnownToBeMissing = false;
            NewDevice newDevice = new NewDevice(
                    lineOf(device), device.profile().name().orElse(device.imei().digits()));
            return switch (carrierOf(device).register(newDevice)) {
                case Ok<CarrierDevice>(var registered) -> isRegistered(device, checked.registered(now()), registered);
                case Refused<CarrierDevice>(var code, var detail, var mender) ->
                    over(moves.fail(device, checked.failed(new Failure(code, detail, mender), now())));
                // somebody was quicker: the next step looks and finds it
                case AlreadyDone<CarrierDevice> _ -> {
                    isSaidToExist = true;
                    yield Optional.empty();
                }
                case CarrierReply<CarrierDevice> other -> over(Later.than(other));
            };
        }

        private Optional<Step<Ready>> isMissing() {
            isKnownToBeMissing = true;
            return isSaidToExist
                    ? over(new Again("the carrier says that it has the device and does not show it"))
                    : Optional.empty();
        }

        /** One that the carrier shows is registered, whoever did it, unless something stands in the way. */
        private Optional<Step<Ready>> look(
                Device device,
                Supplier<Registered> registered,
                Function<Failure, Failed> failed,
                Supplier<Optional<Step<Ready>>> missing) {
            return switch (find(device)) {
                case Ok<Optional<CarrierDevice>>(var found)
                when found.isPresent() ->
                    Obstacle.of(device, found.get())
                            .map(why -> over(moves.fail(device, failed.apply(why))))
                            .orElseGet(() -> isRegistered(device, registered.get(), found.get()));
                case Ok<Optional<CarrierDevice>> _ -> missing.get();
                case Refused<Optional<CarrierDevice>>(var code, var detail, var mender) ->
                    over(moves.fail(device, failed.apply(new Failure(code, detail, mender))));
                case CarrierReply<Optional<CarrierDevice>> other -> over(Later.than(other));
            };
        }

        private Optional<Step<Ready>> isRegistered(Device device, Registered registered, CarrierDevice record) {
            shown = Optional.of(record);
            Device next = record.uid().map(device::knownAs).orElse(device).in(registered);
            return goneOn(next, moves.save(next, "", List.of(OnboardingEvents.registered(next, now()))));
        }

        /**
         * Looks, unless this try has seen the carrier's record: it may be active by now, and its revision, kept with the
         * activation, will show whether anything was done when nobody knows it otherwise.
         */
        private Optional<Step<Ready>> makeReady(Device device, Registered registered) {
            if (shown.isPresent()) {
                return judge(device, registered, shown.get());
            }
            return switch (find(device)) {
                case Ok<Optional<CarrierDevice>>(var found)
                when found.isPresent() -> judge(device, registered, found.get());
                case Ok<Optional<CarrierDevice>> _ ->
                    over(new Again("the carrier had the device and does not show it"));
                case Refused<Optional<CarrierDevice>>(var code, var detail, var mender) ->
                    over(moves.fail(device, registered.failed(new Failure(code, detail, mender), now())));
                case CarrierReply<Optional<CarrierDevice>> other -> over(Later.than(other));
            };
        }

        private Optional<Step<Ready>> judge(Device device, Registered registered, CarrierDevice record) {
            Optional<Failure> obstacle = Obstacle.of(device, record);
            if (obstacle.isPresent()) {
                return over(moves.fail(device, registered.failed(obstacle.get(), now())));
            }
            return switch (record.state()) {
                case ACTIVE -> over(moves.isActive(device, registered.active(now())));
                case PENDING -> over(isUnderWay(device, registered));
                case NOT_ACTIVE, DEACTIVATED, SUSPENDED, ENDING -> withinBudget(device, registered, record);
            };
        }

        /** Somebody else has ordered it from the carrier; one activation is enough. */
        private Optional<Verdict> isUnderWay(Device device, Registered registered) {
            Device next = device.accepted(registered.activating(now()).wasAccepted(), Optional.empty(), false);
            return moves.end(
                    next,
                    "the carrier is activating it already",
                    List.of(OnboardingEvents.activationRequested(next, Optional.empty(), now())),
                    new Done("activation is under way already"));
        }

        private Optional<Step<Ready>> withinBudget(Device device, Registered registered, CarrierDevice record) {
            LocalDate today = LocalDate.ofInstant(now(), ZoneOffset.UTC);
            if (device.progress().spent().on(today) < limits.lineActionsPerDay()) {
                return Optional.of(new Step.Ready<>(new Ready(wanted, device, record.revision(), carrierOf(device))));
            }
            Instant midnight = today.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
            Device next = device.in(registered.parked("LINE_BUDGET", Optional.of(midnight), now()));
            return over(moves.end(
                    next,
                    "its line has had " + limits.lineActionsPerDay() + " actions today, until " + midnight,
                    List.of(OnboardingEvents.parked(next, midnight, now())),
                    new Done("parked, the line's actions of today are used up")));
        }

        /** Nobody knows whether an earlier try made its call. While that may still be under way it is left alone. */
        private Optional<Step<Ready>> findOut(Device device, Activating activating) {
            Duration age = Duration.between(activating.since(), now());
            if (age.compareTo(limits.flight()) < 0) {
                return over(new Again(
                        "another try may be about to activate the device",
                        Optional.of(limits.flight().minus(age))));
            }
            return switch (find(device)) {
                case Ok<Optional<CarrierDevice>>(var found)
                when found.filter(CarrierDevice::active).isPresent() ->
                    over(Obstacle.otherSim(device, found.get())
                            .map(why -> moves.fail(device, activating.failed(why, now())))
                            .orElseGet(() -> moves.isActive(device, activating.active(now()))));
                case Ok<Optional<CarrierDevice>> _, Refused<Optional<CarrierDevice>> _ ->
                    over(moves.end(
                            device.in(activating.unclear(now())),
                            "an earlier try ended in the middle",
                            List.of(),
                            new Done("unclear whether it is activated, waits")));
                case CarrierReply<Optional<CarrierDevice>> other -> over(Later.than(other));
            };
        }

        private CarrierReply<Optional<CarrierDevice>> find(Device device) {
            return carrierOf(device).find(lineOf(device));
        }

        private CarrierGateway carrierOf(Device device) {
            return carriers.named(device.order().carrier())
                    .orElseThrow(() -> new IllegalStateException("an order is under way with a carrier that this"
                            + " deployment does not speak to any more: "
                            + device.order().carrier()));
        }

        /** What was stored is the next step's; what could not be ends the order. */
        private Optional<Step<Ready>> goneOn(Device next, Saved saved) {
            return switch (saved) {
                case Saved.Stored _, Saved.Changed _ -> Optional.empty();
                case Saved.IdTaken taken ->
                    moves.isLetGo(next.order().iccid(), taken) ? Optional.empty() : over(moves.taken(next, taken));
            };
        }
    }

    static CarrierGateway.Line lineOf(Device device) {
        return new CarrierGateway.Line(
                device.imei(), device.order().iccid(), device.order().account(), device.uid());
    }

    private static Optional<Step<Ready>> over(Verdict verdict) {
        return Optional.of(new Step.Over<>(verdict));
    }

    /** Empty when the device changed meanwhile. */
    private static Optional<Step<Ready>> over(Optional<Verdict> verdict) {
        return verdict.map(Step.Over::new);
    }
}
