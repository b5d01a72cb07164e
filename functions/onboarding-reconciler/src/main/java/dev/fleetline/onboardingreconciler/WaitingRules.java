package dev.fleetline.onboardingreconciler;

import dev.fleetline.device.Device;
import dev.fleetline.device.Lifecycle;
import dev.fleetline.device.Lifecycle.ActiveUnseen;
import dev.fleetline.device.Lifecycle.Failed;
import dev.fleetline.device.Lifecycle.Failure;
import dev.fleetline.device.Lifecycle.Parked;
import dev.fleetline.device.Lifecycle.Registered;
import dev.fleetline.device.Mender;
import dev.fleetline.device.Patience;
import dev.fleetline.fleetevents.FleetEvent;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What is to be done with a device that waits: decided from what we hold, what the carrier showed, and the time.
 *
 * <p>An activation is sent again only when the carrier's record proves that the first was not taken, and then once; in
 * doubt the order is parked and a person decides.
 */
final class WaitingRules {

    private static final String LINE_BUDGET = "LINE_BUDGET";
    private static final String UNCLEAR = "UNCLEAR";

    private final int lineActionsPerDay;

    /** {@code lineActionsPerDay} is how often one line may be changed on a day of UTC. */
    WaitingRules(int lineActionsPerDay) {
        this.lineActionsPerDay = lineActionsPerDay;
    }

    /** Whether what the carrier has matters: an order that is still in the queue is looked up from there. */
    static boolean isCarrierAsked(Lifecycle state) {
        return switch (state) {
            case Lifecycle.Activating _,
                    Lifecycle.Unclear _,
                    Lifecycle.Stuck _,
                    Lifecycle.Parked _,
                    Lifecycle.Suspended _ -> true;
            case Lifecycle.Requested _,
                    Lifecycle.Checked _,
                    Lifecycle.Registered _,
                    Lifecycle.ActiveUnseen _,
                    Lifecycle.InService _,
                    Lifecycle.Deactivated _,
                    Lifecycle.Drifted _,
                    Lifecycle.Rejected _,
                    Lifecycle.Failed _,
                    Lifecycle.Retired _ -> false;
        };
    }

    /** The next step of a device that is due; empty when it waits for nobody. */
    Optional<Step> next(Device device, Sight sight, Instant now) {
        var look = new Look(device, sight, now);
        return switch (device.lifecycle()) {
            case Lifecycle.Requested _, Lifecycle.Checked _, Lifecycle.Registered _ -> Optional.of(look.askAgain());
            case Lifecycle.Activating activating ->
                Optional.of(activating.accepted() ? look.accepted(activating) : look.died(activating));
            case Lifecycle.Unclear unclear -> Optional.of(look.unclear(unclear));
            case Lifecycle.Stuck stuck -> Optional.of(look.stuck(stuck));
            case Lifecycle.Parked parked -> Optional.of(look.parked(parked));
            case Lifecycle.Suspended suspended -> Optional.of(look.suspended(suspended));
            case Lifecycle.ActiveUnseen _,
                    Lifecycle.InService _,
                    Lifecycle.Deactivated _,
                    Lifecycle.Drifted _,
                    Lifecycle.Rejected _,
                    Lifecycle.Failed _,
                    Lifecycle.Retired _ -> Optional.empty();
        };
    }

    /** One device at one moment. */
    private final class Look {

        private final Device device;
        private final Sight sight;
        private final Instant now;

        Look(Device device, Sight sight, Instant now) {
            this.device = device;
            this.sight = sight.ofLine(device.order().iccid());
            this.now = now;
        }

        /** Its message died, or waits long: the same order is sent once more, and who gets both does it once. */
        Step askAgain() {
            return waits(
                    "nobody has finished its step, so the order was sent again",
                    "look into the dead letters and the log of device-onboarding; the order goes on by itself",
                    List.of(ReconcilerEvents.requested(device)));
        }

        Step accepted(Lifecycle.Activating activating) {
            return endedWell(activating.active(now))
                    .or(() -> endedBadly(failure -> activating.failed(failure, now)))
                    .orElseGet(() -> Patience.isOver(device, now)
                            ? becomes(activating.stuck(now))
                            : waits(
                                    "the carrier accepted its activation and " + sight.words(),
                                    atTheDevice(),
                                    List.of()));
        }

        Step stuck(Lifecycle.Stuck stuck) {
            return endedWell(stuck.active(now))
                    .or(() -> endedBadly(failure -> stuck.failed(failure, now)))
                    .orElseGet(() -> Step.waits(waiting()));
        }

        /** The last that anybody hears of it before it ends, so a person is told whatever they were told before. */
        private Step becomes(Lifecycle.Stuck stuck) {
            Device next = device.in(stuck);
            return Step.to(
                    next.waitsOn(next.progress().lookAt().orElse(now), told()),
                    sight.words(),
                    now,
                    ReconcilerEvents.stuck(
                            next,
                            "STUCK",
                            "the carrier accepted its activation and " + sight.words(),
                            Optional.empty(),
                            "ask the carrier's support what holds the activation up; it is looked at on"));
        }

        /** Who was about to send the activation is long gone, and nobody knows whether it was sent. */
        Step died(Lifecycle.Activating activating) {
            return endedWell(activating.active(now))
                    .orElseGet(() -> Step.to(
                            device.in(activating.unclear(now)), "the try that sent it ended in the middle", now));
        }

        Step unclear(Lifecycle.Unclear unclear) {
            return endedWell(unclear.active(now))
                    .orElseGet(() -> evidence(
                            unclear.notDone(now),
                            () -> waits(
                                    sight.words(),
                                    "see why the carrier does not answer; it goes on by itself",
                                    List.of())));
        }

        /** Of an order of which nobody knows whether it was activated: {@code notDone} is its state if it was not. */
        private Step evidence(Registered notDone, Supplier<Step> notYet) {
            return switch (Evidence.of(device.progress().revision(), sight)) {
                case NONE_YET -> notYet.get();
                case TAKEN -> {
                    Device next = device.accepted(notDone.activating(now).wasAccepted(), Optional.empty());
                    yield Step.to(
                            next, "the carrier's record has changed", now, ReconcilerEvents.activationRequested(next));
                }
                case NOT_TAKEN -> {
                    if (device.progress().unclear() > 1) {
                        yield parked(notDone.parked(UNCLEAR, Optional.empty(), now), "it was unclear once before");
                    }
                    yield isBudgetLeft()
                            ? released(notDone, "the carrier's record shows that nothing was done")
                            : parked(notDone.parked(LINE_BUDGET, Optional.of(midnight()), now), "");
                }
                case UNKNOWABLE ->
                    parked(
                            notDone.parked(UNCLEAR, Optional.empty(), now),
                            "the carrier's record does not show whether it was taken");
            };
        }

        private Step parked(Parked parked, String why) {
            Device next = device.in(parked);
            return parked.until().isPresent()
                    ? Step.to(
                            next,
                            "the line has no action left today",
                            now,
                            ReconcilerEvents.stuck(
                                    next,
                                    LINE_BUDGET,
                                    "the line has had its " + lineActionsPerDay + " actions of today",
                                    parked.until(),
                                    "nothing, unless it is urgent: it goes on by itself tomorrow"))
                    : Step.to(
                            next,
                            why,
                            now,
                            ReconcilerEvents.stuck(
                                    next,
                                    UNCLEAR,
                                    "nobody knows whether the carrier took its activation: " + why,
                                    Optional.empty(),
                                    "look on the platform whether the line is being activated, and activate it there "
                                            + "if it is not"));
        }

        /** A person decides about one that has no end; each ends when the carrier calls it active. */
        Step parked(Parked parked) {
            Optional<Step> ended = endedWell(parked.active(now));
            if (ended.isPresent()) {
                return ended.get();
            }
            if (parked.until().isEmpty()) {
                return endedBadly(failure -> parked.failed(failure, now)).orElseGet(() -> Step.waits(waiting()));
            }
            // its budget was gone when it was to be sent again: by now it may have become known that it was taken
            if (device.progress().unclear() > 0) {
                return evidence(parked.released(now), this::soonAgain);
            }
            if (sight instanceof Sight.Unanswered || sight.isPending()) {
                return soonAgain();
            }
            return isBudgetLeft()
                    ? released(parked.released(now), "the line has actions again")
                    : Step.waits(device.waitsOn(midnight(), told()));
        }

        private Step soonAgain() {
            return Step.waits(device.waitsOn(now.plus(Patience.SOON), told()));
        }

        Step suspended(Lifecycle.Suspended suspended) {
            if (!(sight instanceof Sight.Seen(var line, var _))) {
                return Step.waits(waiting());
            }
            return switch (line.state()) {
                case ACTIVE, ENDING -> Step.to(device.in(suspended.restored(now)), "the carrier has put it back", now);
                case DEACTIVATED ->
                    Step.to(
                            device.in(suspended.deactivated(false, now)),
                            "the carrier has taken it off for good",
                            now,
                            ReconcilerEvents.drifted(device, Difference.deactivated(device), now));
                case SUSPENDED ->
                    line.resumes()
                            .filter(at -> at.isAfter(now))
                            .map(at -> Step.waits(device.in(suspended.until(at)).waitsOn(at, told())))
                            .orElseGet(() -> Step.waits(waiting()));
                case NOT_ACTIVE, PENDING -> Step.waits(waiting());
            };
        }

        private Optional<Step> endedWell(ActiveUnseen active) {
            if (!(sight instanceof Sight.Seen(var line, var _))) {
                return Optional.empty();
            }
            return switch (line.state()) {
                // of one that is about to be deactivated the nightly pass warns
                case ACTIVE, ENDING -> {
                    Device next = device.in(active);
                    yield Optional.of(Step.to(next, "the carrier says so", now, ReconcilerEvents.activated(next, now)));
                }
                case SUSPENDED ->
                    Optional.of(Step.to(
                            device.in(active.suspended(line.resumes(), false, now)),
                            "active, and suspended since",
                            now,
                            ReconcilerEvents.drifted(device, Difference.suspended(device, line), now)));
                case NOT_ACTIVE, PENDING, DEACTIVATED -> Optional.empty();
            };
        }

        /**
         * Only when the carrier has had its time. A line that was deactivated before is so until its activation takes
         * effect, and a request may have failed because of another line that was asked for with it: that this one failed,
         * the callback about it says earlier.
         */
        private Optional<Step> endedBadly(Function<Failure, Failed> failed) {
            if (!(sight instanceof Sight.Seen(var line, var isRequestFailed)) || !Patience.isOver(device, now)) {
                return Optional.empty();
            }
            return switch (line.state()) {
                case DEACTIVATED ->
                    Optional.of(failed(failed.apply(new Failure(
                            "DEACTIVATED", "a day later the carrier has the line deactivated", Mender.CARRIER))));
                case NOT_ACTIVE ->
                    isRequestFailed
                            ? Optional.of(failed(failed.apply(new Failure(
                                    "ACTIVATION_FAILED",
                                    "the carrier says that the activation failed",
                                    Mender.CARRIER))))
                            : Optional.empty();
                case PENDING, ACTIVE, SUSPENDED, ENDING -> Optional.empty();
            };
        }

        private Step failed(Failed failed) {
            Device next = device.in(failed);
            return Step.to(
                    next,
                    failed.failure().code() + ": " + failed.failure().detail(),
                    now,
                    ReconcilerEvents.failed(next, failed.failure()));
        }

        /** It may be activated now, and device-onboarding does it. */
        private Step released(Registered registered, String why) {
            return Step.to(device.in(registered), why, now, ReconcilerEvents.requested(device));
        }

        /** An order that waits on; a person is told when it has become that old. */
        private Step waits(String reason, String fix, List<FleetEvent> events) {
            Device next = waiting();
            if (told() == device.progress().told()) {
                return new Step(next, Optional.empty(), events);
            }
            String code = Patience.isOver(device, now) ? "STUCK" : "TAKES_LONG";
            List<FleetEvent> all = new ArrayList<>(events);
            all.add(ReconcilerEvents.stuck(next, code, reason, Optional.empty(), fix));
            return new Step(next, Optional.of(Step.entry(code, reason, now)), all);
        }

        private Device waiting() {
            Device told = device.waitsOn(now, told());
            return told.waitsOn(Patience.nextLook(told, now), told());
        }

        private int told() {
            return device.lifecycle().isOrderOpen() && !(device.lifecycle() instanceof Parked)
                    ? Math.max(device.progress().told(), Patience.noticesDue(device, now))
                    : device.progress().told();
        }

        private String atTheDevice() {
            return sight instanceof Sight.Unanswered
                    ? "see why the carrier does not answer; the order goes on by itself"
                    : "see that the device is charged and registered with the network; the order goes on by itself";
        }

        private boolean isBudgetLeft() {
            return device.progress().spent().on(today()) < lineActionsPerDay;
        }

        private LocalDate today() {
            return LocalDate.ofInstant(now, ZoneOffset.UTC);
        }

        private Instant midnight() {
            return today().plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
        }
    }
}
