package dev.fleetline.onboardingreconciler;

import dev.fleetline.carrier.CarrierGateway.LineState;
import dev.fleetline.device.Device;
import dev.fleetline.device.HealthSetting;
import dev.fleetline.device.HealthSettings;
import dev.fleetline.device.Iccid;
import dev.fleetline.device.Lifecycle;
import dev.fleetline.device.Lifecycle.ActiveUnseen;
import dev.fleetline.device.Lifecycle.Deactivated;
import dev.fleetline.device.Lifecycle.Drifted;
import dev.fleetline.device.Lifecycle.Failed;
import dev.fleetline.device.Lifecycle.InService;
import dev.fleetline.device.Lifecycle.Suspended;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What is to be done when what the carrier has is held against a device that has been in service, or whose order
 * failed. Orders that are under way are nothing to it, and each difference is told when it is found and not again while it lasts; only of a number
 * that is about to be lost a person is told every night.
 */
final class DriftRules {

    private DriftRules() {}

    /** Whether the carrier can differ from it. */
    static boolean isCompared(Lifecycle state) {
        return switch (state) {
            case ActiveUnseen _, InService _, Suspended _, Deactivated _, Drifted _, Failed _ -> true;
            case Lifecycle.Requested _,
                    Lifecycle.Checked _,
                    Lifecycle.Registered _,
                    Lifecycle.Activating _,
                    Lifecycle.Unclear _,
                    Lifecycle.Stuck _,
                    Lifecycle.Parked _,
                    Lifecycle.Rejected _,
                    Lifecycle.Retired _ -> false;
        };
    }

    /** The step that the carrier's word asks for; empty when both say the same, or the carrier says nothing. */
    static Optional<Step> next(Device device, Sight sight, Instant now) {
        var look = new Look(device, sight, now);
        return switch (device.lifecycle()) {
            case ActiveUnseen state ->
                look.lost(how -> state.drifted(how, now))
                        .or(() -> look.offTheNetwork(
                                until -> state.suspended(until, false, now), () -> state.deactivated(false, now)));
            case InService state ->
                look.lost(how -> state.drifted(how, now))
                        .or(() -> look.offTheNetwork(
                                until -> state.suspended(until, false, now), () -> state.deactivated(false, now)))
                        .or(() -> look.takenBack(state));
            case Suspended state -> look.lost(how -> state.drifted(how, now)).or(() -> look.suspended(state));
            case Drifted state when state.how().equals(Difference.ACTIVE) -> look.activeStill(state);
            case Drifted state ->
                look.lost(how -> state.drifted(how, now))
                        .or(() -> look.settled(state))
                        .or(() -> look.offTheNetwork(
                                until -> state.suspended(until, false, now), () -> state.deactivated(false, now)));
            case Deactivated state -> look.activeAgain(state);
            case Failed _ -> look.activeAfterAll();
            case Lifecycle.Requested _,
                    Lifecycle.Checked _,
                    Lifecycle.Registered _,
                    Lifecycle.Activating _,
                    Lifecycle.Unclear _,
                    Lifecycle.Stuck _,
                    Lifecycle.Parked _,
                    Lifecycle.Rejected _,
                    Lifecycle.Retired _ -> Optional.empty();
        };
    }

    /** One device at one moment. */
    private record Look(Device device, Sight sight, Instant now) {

        /** The carrier does not have it, or has another SIM in it. */
        Optional<Step> lost(Function<String, Drifted> drifted) {
            return switch (sight) {
                case Sight.Unanswered _ -> Optional.empty();
                case Sight.Missing _ -> differs(drifted.apply(Difference.MISSING), Difference.missing(device));
                case Sight.Seen _ ->
                    otherSim()
                            .flatMap(sim ->
                                    differs(drifted.apply(Difference.OTHER_SIM), Difference.otherSim(device, sim)));
            };
        }

        /** One that reports is the better witness of being active, so that the carrier has not seen it yet is nothing. */
        Optional<Step> offTheNetwork(
                Function<Optional<Instant>, Suspended> suspended, Supplier<Deactivated> deactivated) {
            if (!(sight instanceof Sight.Seen(var line, var _)) || otherSim().isPresent()) {
                return Optional.empty();
            }
            return switch (line.state()) {
                case SUSPENDED -> differs(suspended.apply(line.resumes()), Difference.suspended(device, line));
                case DEACTIVATED -> differs(deactivated.get(), Difference.deactivated(device));
                case ENDING -> Optional.of(Step.waits(device, ReconcilerEvents.ending(device, line, now)));
                case ACTIVE, NOT_ACTIVE, PENDING -> Optional.empty();
            };
        }

        Optional<Step> suspended(Suspended state) {
            if (!(sight instanceof Sight.Seen(var line, var _))) {
                return Optional.empty();
            }
            return switch (line.state()) {
                case ACTIVE -> Optional.of(Step.to(device.in(state.restored(now)), "the carrier has put it back", now));
                case SUSPENDED ->
                    line.resumes()
                            .map(state::until)
                            .filter(next -> !next.equals(state))
                            .map(next -> Step.waits(device.in(next)));
                case DEACTIVATED, ENDING -> offTheNetwork(_ -> state, () -> state.deactivated(false, now));
                case NOT_ACTIVE, PENDING -> Optional.empty();
            };
        }

        /** Held to be deactivated, and found active: before, and still. */
        Optional<Step> activeStill(Drifted state) {
            return sight instanceof Sight.Unanswered || isActive()
                    ? Optional.empty()
                    : Optional.of(
                            Step.to(device.in(state.deactivated(true, now)), "the line is not active any more", now));
        }

        Optional<Step> activeAgain(Deactivated state) {
            return isActive()
                    ? differs(state.drifted(Difference.ACTIVE, now), Difference.active(device))
                    : Optional.empty();
        }

        /** Silent for longer than its interval, and the line is as before its activation. */
        Optional<Step> takenBack(InService state) {
            return isNotActive() && isSilent()
                    ? differs(state.drifted(Difference.NOT_ACTIVE, now), Difference.notActive(device))
                    : Optional.empty();
        }

        /**
         * An order that we hold failed may have a line that is active and paid for. It stays failed, so that an order starts
         * again; that a person was told is kept in the device until the line is not active any more.
         */
        Optional<Step> activeAfterAll() {
            boolean isActive = isActive() && otherSim().isEmpty();
            if (sight instanceof Sight.Unanswered || isActive == device.isToldActive()) {
                return Optional.empty();
            }
            Difference difference = Difference.active(device);
            return Optional.of(
                    isActive
                            ? new Step(
                                    device.toldActive(true),
                                    Optional.of(Step.entry(
                                            difference.code(), "the carrier has " + difference.found(), now)),
                                    List.of(ReconcilerEvents.drifted(device, difference, now)))
                            : Step.waits(device.toldActive(false)));
        }

        /** One that reports is the better witness of being active. */
        Optional<Step> settled(Drifted state) {
            boolean isReporting = state.how().equals(Difference.NOT_ACTIVE) && isNotActive() && !isSilent();
            return (isActive() || isReporting) && otherSim().isEmpty()
                    ? Optional.of(Step.to(device.in(state.settled(now)), "the carrier has again what we hold", now))
                    : Optional.empty();
        }

        private boolean isActive() {
            return sight instanceof Sight.Seen(var line, var _) && line.active();
        }

        private boolean isNotActive() {
            return sight instanceof Sight.Seen(var line, var _) && line.state() == LineState.NOT_ACTIVE;
        }

        private boolean isSilent() {
            Duration interval = device.profile()
                    .reportingInterval()
                    .orElse(HealthSettings.DEFAULTS.ofFleet().duration(HealthSetting.REPORTING_INTERVAL));
            return device.vitals()
                    .lastSeen()
                    .filter(seen -> seen.isAfter(device.lifecycle().since()))
                    .orElse(device.lifecycle().since())
                    .plus(interval)
                    .isBefore(now);
        }

        /** Where the carrier says which SIM is in it. */
        private Optional<Iccid> otherSim() {
            return sight instanceof Sight.Seen(var line, var _)
                    ? line.iccid().filter(sim -> !sim.equals(device.order().iccid()))
                    : Optional.empty();
        }

        private Optional<Step> differs(Lifecycle next, Difference difference) {
            return next.equals(device.lifecycle())
                    ? Optional.empty()
                    : Optional.of(Step.to(
                            device.in(next),
                            "the carrier has " + difference.found(),
                            now,
                            ReconcilerEvents.drifted(device, difference, now)));
        }
    }
}
