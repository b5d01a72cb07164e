package dev.fleetline.deviceonboarding;

import dev.fleetline.carrier.CarrierGateway.Acceptance;
import dev.fleetline.carrier.CarrierGateway.Activation;
import dev.fleetline.carrier.CarrierGateway.CarrierDevice;
import dev.fleetline.carrier.CarrierReply;
import dev.fleetline.carrier.CarrierReply.AlreadyDone;
import dev.fleetline.carrier.CarrierReply.Ok;
import dev.fleetline.carrier.CarrierReply.Refused;
import dev.fleetline.carrier.CarrierReply.TryLater;
import dev.fleetline.device.Device;
import dev.fleetline.device.DeviceRegistry.Saved;
import dev.fleetline.device.Lifecycle.Activating;
import dev.fleetline.device.Lifecycle.Registered;
import dev.fleetline.device.Mender;
import dev.fleetline.lambda.BatchWork.Step;
import dev.fleetline.lambda.Deadline;
import dev.fleetline.lambda.Verdict;
import dev.fleetline.lambda.Verdict.Again;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Activates devices that are ready for it, those of one account, plan and ZIP with one call.
 *
 * <p>ACTIVATING is stored for each before the one call that must not be made twice. From then on only the try that stored
 * it may make the call, or take it back when it is certain that nothing was sent.
 */
final class ActivateTogether {

    /** Refusals that somebody in operations has to mend, and that are about the state or the budget of one line. */
    private static final Set<String> OF_ONE_LINE = Set.of("DEVICE_STATE_INVALID", "LINE_ACTIONS_EXCEEDED");

    private static final Duration SOON = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(ActivateTogether.class);

    private final OnboardDevice onboardDevice;
    private final SettleActivation settle;
    private final Moves moves;
    private final Duration flight;

    /** {@code flight} is how long a try may take from storing ACTIVATING to the end of its call. */
    ActivateTogether(OnboardDevice onboardDevice, SettleActivation settle, Moves moves, Duration flight) {
        this.onboardDevice = onboardDevice;
        this.settle = settle;
        this.moves = moves;
        this.flight = flight;
    }

    /**
     * A verdict for each, in their order. An activation is not begun when its call might not end before the deadline; its
     * devices stay as they are.
     */
    List<Verdict> run(List<Ready> ready, Deadline deadline) {
        Batch batch = new Batch(ready, deadline);
        batch.work();
        return IntStream.range(0, ready.size()).mapToObj(batch::verdict).toList();
    }

    /** What devices must have in common to be activated with one call. */
    private record Alike(String carrier, String account, Optional<String> servicePlan, Optional<String> zip) {
        static Alike of(Ready ready) {
            Device.Order order = ready.device().order();
            return new Alike(order.carrier(), order.account(), order.servicePlan(), order.zip());
        }
    }

    /** One batch; a device is known by its place in it, since an order may be in it twice. */
    private final class Batch {

        private final List<Ready> ready;
        private final Deadline deadline;
        private final Map<Integer, Verdict> verdicts = new HashMap<>();
        private final Deque<List<Integer>> groups = new ArrayDeque<>();

        /** Those of which nobody understands why they were refused. */
        private final Set<Integer> doubtful = new HashSet<>();

        Batch(List<Ready> ready, Deadline deadline) {
            this.ready = new ArrayList<>(ready);
            this.deadline = deadline;
        }

        void work() {
            Map<Alike, List<Integer>> alike = new LinkedHashMap<>();
            for (int place = 0; place < ready.size(); place++) {
                alike.computeIfAbsent(Alike.of(ready.get(place)), _ -> new ArrayList<>())
                        .add(place);
            }
            alike.values().forEach(this::divide);
            while (!groups.isEmpty()) {
                activate(groups.remove());
            }
        }

        private void divide(List<Integer> places) {
            int most = ready.get(places.getFirst()).carrier().mostAtOnce();
            for (int from = 0; from < places.size(); from += most) {
                groups.add(places.subList(from, Math.min(from + most, places.size())));
            }
        }

        /** One that has none was changed by somebody while it was made ready, or is in the batch twice. */
        Verdict verdict(int place) {
            return Optional.ofNullable(verdicts.get(place)).orElseGet(() -> onceMore(place));
        }

        private Verdict onceMore(int place) {
            try {
                return switch (onboardDevice.run(ready.get(place).order())) {
                    case Step.Over<Ready>(var verdict) -> verdict;
                    case Step.Ready<Ready> _ ->
                        new Again("the device changed while it was made ready", Optional.of(Duration.ZERO));
                };
            } catch (RuntimeException e) {
                return failed(e);
            }
        }

        private void activate(List<Integer> places) {
            if (deadline.isNear(flight)) {
                Again again = new Again(
                        "not activated, because less than " + flight + " is left", Optional.of(Duration.ZERO));
                places.forEach(place -> verdicts.put(place, again));
                return;
            }
            List<Integer> still = places.stream().filter(this::isReadyStill).toList();
            if (still.isEmpty() || !hasTurn(still)) {
                return;
            }
            Map<Integer, Device> sending = new LinkedHashMap<>();
            for (int place : still) {
                alone(place, () -> claimed(place)).ifPresent(device -> sending.put(place, device));
            }
            if (sending.isEmpty()) {
                return;
            }
            try {
                answered(sending, ask(still.getFirst(), sending.values()));
            } catch (RuntimeException e) {
                Verdict again = failed(e);
                sending.keySet().forEach(place -> verdicts.putIfAbsent(place, again));
            }
        }

        /** Looks at the carrier again where an activation may have been taken all the same; false when that has ended it. */
        private boolean isReadyStill(Integer place) {
            return !doubtful.remove(place)
                    || alone(place, () -> switch (onboardDevice.run(
                                    ready.get(place).order())) {
                                case Step.Ready<Ready>(var again) -> {
                                    ready.set(place, again);
                                    yield Optional.of(again);
                                }
                                case Step.Over<Ready>(var verdict) -> {
                                    verdicts.put(place, verdict);
                                    yield Optional.empty();
                                }
                            })
                            .isPresent();
        }

        /** Asked before anything is stored: a platform that takes no more for now costs neither history nor doubt. */
        private boolean hasTurn(List<Integer> places) {
            Optional<Verdict> later;
            try {
                later = ready.get(places.getFirst())
                        .carrier()
                        .takeTurn()
                        .map(wait -> new Again(
                                "as many activations were requested as the platform takes", Optional.of(wait)));
            } catch (RuntimeException e) {
                later = Optional.of(failed(e));
            }
            later.ifPresent(verdict -> places.forEach(place -> verdicts.put(place, verdict)));
            return later.isEmpty();
        }

        /** Empty when somebody else changed the device since it was made ready. */
        private Optional<Device> claimed(int place) {
            Device device = ready.get(place).device();
            if (!(device.lifecycle() instanceof Registered registered)) {
                throw new IllegalStateException("a device is activated when it is registered, and not "
                        + device.lifecycle().name());
            }
            Device next = device.activating(
                    registered.activating(moves.now()), ready.get(place).revision());
            return switch (moves.save(next, "about to be sent", List.of())) {
                case Saved.Stored(var stored) -> Optional.of(stored);
                case Saved.Changed _ -> Optional.empty();
                case Saved.IdTaken taken -> {
                    verdicts.put(place, moves.taken(next, taken));
                    yield Optional.empty();
                }
            };
        }

        private CarrierReply<Acceptance> ask(int first, Collection<Device> devices) {
            Ready one = ready.get(first);
            Device.Order order = one.device().order();
            return one.carrier()
                    .activate(new Activation(
                            order.account(),
                            order.servicePlan(),
                            order.zip(),
                            devices.stream().map(OnboardDevice::lineOf).toList()));
        }

        private void answered(Map<Integer, Device> sent, CarrierReply<Acceptance> reply) {
            boolean isOfOne = sent.size() > 1 && isOfOneOfThem(reply);
            if (isOfOne && isUnexplained(reply)) {
                doubtful.addAll(sent.keySet());
            }
            sent.forEach((place, device) -> alone(
                            place,
                            () -> isOfOne
                                    ? byItself(place, device)
                                    : Optional.of(settle.run(
                                            device, withTheOrderedSim(place, device, reply), sent.size() == 1)))
                    .ifPresent(verdict -> verdicts.put(place, verdict)));
        }

        /** That a device is active already is no success before the carrier has shown with which SIM. */
        private CarrierReply<Acceptance> withTheOrderedSim(int place, Device device, CarrierReply<Acceptance> reply) {
            if (!(reply instanceof AlreadyDone<Acceptance>)) {
                return reply;
            }
            return ready.get(place).carrier().find(OnboardDevice.lineOf(device))
                            instanceof Ok<Optional<CarrierDevice>>(var found)
                    ? found.flatMap(record -> Obstacle.otherSim(device, record))
                            .<CarrierReply<Acceptance>>map(why -> new Refused<>(why.code(), why.detail(), why.mender()))
                            .orElse(reply)
                    : new TryLater<>(SOON, "active already, and the carrier does not show with which SIM");
        }

        /** Only the carrier could say why: nobody knows that nothing was done, either. */
        private static boolean isUnexplained(CarrierReply<Acceptance> reply) {
            return reply instanceof Refused<Acceptance>(var _, var _, var mender) && mender == Mender.CARRIER;
        }

        /**
         * A refusal means all of them, and nothing was done. Unless our own settings are to blame, which all have in common,
         * it is one device's trouble and not the others'; which one's, it does not say.
         */
        private static boolean isOfOneOfThem(CarrierReply<Acceptance> reply) {
            return switch (reply) {
                case Refused<Acceptance>(var code, var _, var mender) ->
                    mender != Mender.OPERATIONS || OF_ONE_LINE.contains(code);
                case AlreadyDone<Acceptance> _ -> true;
                case Ok<Acceptance> _,
                        TryLater<Acceptance> _,
                        CarrierReply.TokenRefused<Acceptance> _,
                        CarrierReply.Unclear<Acceptance> _ -> false;
            };
        }

        /** Takes the device back to where it may be activated, with a call of its own. */
        private Optional<Verdict> byItself(int place, Device device) {
            if (device.lifecycle() instanceof Activating activating) {
                Device next = device.notSent(activating.notSent(moves.now()));
                if (moves.save(next, "refused together with others, sent by itself", List.of())
                        instanceof Saved.Stored(var stored)) {
                    Ready before = ready.get(place);
                    ready.set(place, new Ready(before.order(), stored, before.revision(), before.carrier()));
                    groups.add(List.of(place));
                }
            }
            return Optional.empty();
        }

        /** What fails here is "again" for this one device. */
        private <T> Optional<T> alone(int place, Supplier<Optional<T>> step) {
            try {
                return step.get();
            } catch (RuntimeException e) {
                verdicts.put(place, failed(e));
                return Optional.empty();
            }
        }
    }

    private static Verdict failed(RuntimeException e) {
        LOG.error("failed for some of a batch, will be tried again", e);
        return new Again(e.getClass().getSimpleName());
    }
}
