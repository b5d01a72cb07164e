package dev.fleetline.streamsubscription;

import dev.fleetline.carrier.CallbackListeners;
import dev.fleetline.carrier.CallbackListeners.Listener;
import dev.fleetline.carrier.CarrierReply;
import dev.fleetline.carrier.CarrierReply.AlreadyDone;
import dev.fleetline.carrier.CarrierReply.Ok;
import dev.fleetline.carrier.CarrierReply.Refused;
import dev.fleetline.carrier.CarrierReply.TokenRefused;
import dev.fleetline.carrier.CarrierReply.TryLater;
import dev.fleetline.carrier.CarrierReply.Unclear;
import dev.fleetline.carrier.FreshToken;
import dev.fleetline.carrier.OurAddresses;
import dev.fleetline.streamsubscription.ListenerPlan.Wanted;
import dev.fleetline.tokens.TokenRealm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Carries out a {@link ListenerPlan}, and looks again after it as {@link RepairStreams} does. A listener is registered
 * over the one that is there, so that no callback finds nobody; only where that changes nothing it is deregistered first.
 */
final class RepairListeners {

    static final String PART = "listeners";

    private final CallbackListeners listeners;
    private final OurAddresses addresses;
    private final FreshToken freshToken;
    private final Consumer<Duration> pause;

    RepairListeners(
            CallbackListeners listeners, OurAddresses addresses, FreshToken freshToken, Consumer<Duration> pause) {
        this.listeners = listeners;
        this.addresses = addresses;
        this.freshToken = freshToken;
        this.pause = pause;
    }

    /** Every listener of the account. */
    CarrierReply<List<Listener>> look() {
        return ask(listeners::listeners);
    }

    /** Those that call us. */
    List<Listener> ours(List<Listener> all) {
        return all.stream()
                .filter(listener -> addresses.isCallbackOf(listener.service(), listener.url()))
                .toList();
    }

    /** Services of which a repair would make something else than there is. */
    Set<String> toRegister(Wanted wanted, List<Listener> found) {
        return ListenerPlan.of(wanted, found, addresses).register().stream()
                .map(Listener::service)
                .collect(Collectors.toSet());
    }

    /** What a repair would do. */
    PartReply difference(Wanted wanted) {
        CarrierReply<List<Listener>> reply = look();
        if (!(reply instanceof Ok<List<Listener>>(var found))) {
            return PartReply.failed(PART, List.of(), "listing the listeners: " + reply.words());
        }
        ListenerPlan plan = ListenerPlan.of(wanted, found, addresses);
        return PartReply.planned(PART, plan.words(), notes(plan));
    }

    /** Has everything as wanted. */
    PartReply run(Wanted wanted) {
        return run(found -> ListenerPlan.of(wanted, found, addresses));
    }

    /** Nobody calls us any more. */
    PartReply tearDown() {
        return run(new Wanted(Map.of(), List.of()));
    }

    private PartReply run(Function<List<Listener>, ListenerPlan> planner) {
        List<String> done = new ArrayList<>();
        var taken = new TakenAway(pause);
        Optional<String> no = Optional.empty();
        for (int round = 1; ; round++) {
            no.ifPresent(_ -> taken.waits());
            CarrierReply<List<Listener>> reply = look();
            if (reply instanceof Ok<List<Listener>>(var found)) {
                ListenerPlan plan = planner.apply(found);
                if (plan.isEmpty()) {
                    return PartReply.done(PART, done, notes(plan));
                }
                taken.isOnly(toRegister(plan, found, false));
                if (taken.isWorthRound(round)) {
                    if (round > 1) {
                        taken.mayBe(toRegister(plan, found, true));
                    }
                    no = carryOut(plan, round == 1, done);
                }
            } else {
                no = Optional.of("listing the listeners: " + reply.words());
            }
            if (no.isPresent() && taken.isNothing() || !taken.isWorthRound(round)) {
                return taken.ended(
                        PART, done, no.orElse("the platform said yes, and not everything is as it should be"));
            }
        }
    }

    /** The services to register that have a listener, or that have none. */
    private static List<String> toRegister(ListenerPlan plan, List<Listener> found, boolean isThere) {
        List<String> there = found.stream().map(Listener::service).toList();
        return plan.register().stream()
                .map(Listener::service)
                .filter(service -> there.contains(service) == isThere)
                .toList();
    }

    private Optional<String> carryOut(ListenerPlan plan, boolean isFirstRound, List<String> done) {
        for (Listener wanted : plan.register()) {
            if (!isFirstRound) {
                Optional<String> no =
                        no("deregister " + wanted.service(), ask(() -> listeners.deregister(wanted.service())), done);
                if (no.isPresent()) {
                    return no;
                }
            }
            CarrierReply<String> reply = ask(() -> listeners.register(wanted));
            // it may only refuse to replace the one that is there, which the next round takes away first
            if (!(isFirstRound && reply instanceof Refused<String>)) {
                Optional<String> no = no("register " + wanted.service(), reply, done);
                if (no.isPresent()) {
                    return no;
                }
            }
        }
        for (String service : plan.deregister()) {
            Optional<String> no = no("deregister " + service, ask(() -> listeners.deregister(service)), done);
            if (no.isPresent()) {
                return no;
            }
        }
        return Optional.empty();
    }

    /** Why it cannot go on; what is unclear, the next look tells. */
    private static Optional<String> no(String step, CarrierReply<String> reply, List<String> done) {
        return switch (reply) {
            case Ok<String> _ -> {
                done.add(step);
                yield Optional.empty();
            }
            case AlreadyDone<String> _, Unclear<String> _ -> Optional.empty();
            case Refused<String> _, TryLater<String> _, TokenRefused<String> _ ->
                Optional.of(step + ": " + reply.words());
        };
    }

    private static List<String> notes(ListenerPlan plan) {
        return plan.taken().stream()
                .sorted()
                .map(service -> service + " calls somebody else, and a service calls one address")
                .toList();
    }

    private <T> CarrierReply<T> ask(Supplier<CarrierReply<T>> call) {
        return freshToken.ask(TokenRealm.M2M, call);
    }
}
