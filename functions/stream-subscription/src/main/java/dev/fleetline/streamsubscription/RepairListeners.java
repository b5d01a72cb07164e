package dev.fleetline.streamsubscription;

import static java.util.Objects.requireNonNull;

import dev.fleetline.callback.Hearing;
import dev.fleetline.carrier.CarrierReply;
import dev.fleetline.carrier.CarrierReply.AlreadyDone;
import dev.fleetline.carrier.CarrierReply.Ok;
import dev.fleetline.carrier.CarrierReply.Refused;
import dev.fleetline.carrier.CarrierReply.TokenRefused;
import dev.fleetline.carrier.CarrierReply.TryLater;
import dev.fleetline.carrier.CarrierReply.Unclear;
import dev.fleetline.carrier.FreshToken;
import dev.fleetline.carrier.OurAddresses;
import dev.fleetline.streamsubscription.ListenerDesk.Flaw;
import dev.fleetline.streamsubscription.ListenerDesk.Listening;
import dev.fleetline.streamsubscription.ListenerPlan.Wanted;
import dev.fleetline.streamsubscription.StreamHealth.Calls;
import dev.fleetline.streamsubscription.WantedSetup.Frame;
import dev.fleetline.tokens.TokenRealm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Carries out a {@link ListenerPlan}, and looks again after it as {@link RepairStreams} does. A listener is registered
 * over the one that is there, so that no callback finds nobody; only where that changes nothing it is deregistered first.
 */
final class RepairListeners {

    private final Callers callers;
    private final OurAddresses addresses;
    private final FreshToken freshToken;
    private final Hearing hearing;
    private final Consumer<Duration> pause;

    RepairListeners(
            Callers callers, OurAddresses addresses, FreshToken freshToken, Hearing hearing, Consumer<Duration> pause) {
        this.callers = callers;
        this.addresses = addresses;
        this.freshToken = freshToken;
        this.hearing = hearing;
        this.pause = pause;
    }

    /**
     * Who shall call us by one of the platform's APIs.
     *
     * @param part how a reply calls it
     * @param services that shall call
     * @param desk its listeners
     */
    record Callers(String part, List<String> services, ListenerDesk desk) {
        Callers {
            services = List.copyOf(services);
        }
    }

    String part() {
        return callers.part();
    }

    List<String> services() {
        return callers.services();
    }

    /** Every listener of the account. */
    CarrierReply<List<Listening>> look() {
        return ask(callers.desk()::look);
    }

    /** Those that call us. */
    List<Listening> ours(List<Listening> all) {
        return all.stream()
                .filter(listening -> addresses.isCallbackOf(listening.service(), listening.url()))
                .toList();
    }

    /** Whom a service calls. */
    Calls calls(String service, List<Listening> all) {
        List<Listening> found =
                all.stream().filter(one -> one.service().equals(service)).toList();
        if (found.isEmpty()) {
            return Calls.NOBODY;
        }
        return ours(found).isEmpty() ? Calls.SOMEBODY_ELSE : Calls.US;
    }

    /** What is wrong with a service that calls us; empty when a repair would leave it as it is. */
    Optional<Flaw> flaw(String service, WantedSetup setup, List<Listening> found) {
        return ListenerPlan.of(wanted(setup), found, addresses).register().contains(service)
                ? Optional.of(callers.desk().flaw())
                : Optional.empty();
    }

    /** What a repair would do. */
    PartReply difference(WantedSetup setup) {
        Wanted wanted = wanted(setup);
        CarrierReply<List<Listening>> reply = look();
        if (!(reply instanceof Ok<List<Listening>>(var found))) {
            return needsNothing(wanted, reply)
                    ? PartReply.of(part(), PartReply.NOT_SET_UP, unlisted(reply))
                    : PartReply.failed(part(), List.of(), unlisted(reply));
        }
        ListenerPlan plan = ListenerPlan.of(wanted, found, addresses);
        return PartReply.planned(part(), plan.words(), taken(plan));
    }

    /** Has everything as wanted. */
    PartReply run(WantedSetup setup) {
        return run(wanted(setup));
    }

    /** Nobody calls us any more. */
    PartReply tearDown() {
        return run(Wanted.NOTHING);
    }

    private Wanted wanted(WantedSetup setup) {
        return setup.listeners(services());
    }

    private PartReply run(Wanted wanted) {
        List<String> done = new ArrayList<>();
        var taken = new TakenAway(pause);
        Optional<String> no = Optional.empty();
        for (int round = 1; ; round++) {
            no.ifPresent(_ -> taken.waits());
            CarrierReply<List<Listening>> reply = look();
            if (reply instanceof Ok<List<Listening>>(var found)) {
                ListenerPlan plan = ListenerPlan.of(wanted, found, addresses);
                if (plan.isEmpty()) {
                    return PartReply.done(part(), done, taken(plan));
                }
                taken.isOnly(toRegister(plan, found, false));
                if (taken.isWorthRound(round)) {
                    if (round > 1) {
                        taken.mayBe(toRegister(plan, found, true));
                    }
                    no = new Round(wanted, round == 1, done).carryOut(plan);
                }
            } else if (needsNothing(wanted, reply)) {
                return PartReply.of(part(), PartReply.NOT_SET_UP, unlisted(reply));
            } else {
                no = Optional.of(unlisted(reply));
            }
            if ((no.isPresent() && taken.isNothing()) || !taken.isWorthRound(round)) {
                return taken.ended(
                        part(), done, no.orElse("the platform said yes, and not everything is as it should be"));
            }
        }
    }

    /** The services to register that have a listener, or that have none. */
    private static List<String> toRegister(ListenerPlan plan, List<Listening> found, boolean isThere) {
        List<String> there = found.stream().map(Listening::service).toList();
        return plan.register().stream()
                .filter(service -> there.contains(service) == isThere)
                .toList();
    }

    /** An account need not have an API of which nobody wants anything. */
    private boolean needsNothing(Wanted wanted, CarrierReply<List<Listening>> reply) {
        return wanted.urls().isEmpty()
                && reply instanceof Refused<List<Listening>>
                && !callers.desk().mayHaveOurs();
    }

    private static String unlisted(CarrierReply<List<Listening>> reply) {
        return "listing the listeners: " + reply.words();
    }

    private static List<String> taken(ListenerPlan plan) {
        return plan.taken().stream()
                .sorted()
                .map(service -> service + " calls somebody else, and a service calls one address")
                .toList();
    }

    private <T> CarrierReply<T> ask(Supplier<CarrierReply<T>> call) {
        return freshToken.ask(TokenRealm.M2M, call);
    }

    /** One plan on its way. */
    private final class Round {

        private final Wanted wanted;
        private final boolean isFirst;
        private final List<String> done;

        Round(Wanted wanted, boolean isFirst, List<String> done) {
            this.wanted = wanted;
            this.isFirst = isFirst;
            this.done = done;
        }

        /** Why it cannot go on. */
        Optional<String> carryOut(ListenerPlan plan) {
            for (String service : plan.register()) {
                Optional<String> no = register(service);
                if (no.isPresent()) {
                    return no;
                }
            }
            for (String service : plan.deregister()) {
                Optional<String> no = deregister(service, callers.desk()::deregisterForGood);
                if (no.isPresent()) {
                    return no;
                }
                // should it be wanted again, what was heard until now is no measure for it
                hearing.forget(Frame.sourceOf(service));
            }
            return Optional.empty();
        }

        private Optional<String> register(String service) {
            if (!isFirst) {
                Optional<String> no = deregister(service, callers.desk()::deregister);
                if (no.isPresent()) {
                    return no;
                }
            }
            String url = requireNonNull(wanted.urls().get(service), service);
            CarrierReply<Optional<String>> reply = ask(
                    () -> callers.desk().register(service, url, wanted.logins().getFirst()));
            // it may only refuse to replace the one that is there, which the next round takes away first
            if (isFirst && reply instanceof Refused<Optional<String>>) {
                return Optional.empty();
            }
            String step = "register " + service;
            return no(step, reply)
                    .or(() -> reply instanceof Ok<Optional<String>>(var problem)
                            ? problem.map(what -> step + ": " + what)
                            : Optional.empty());
        }

        private Optional<String> deregister(String service, Function<String, CarrierReply<String>> call) {
            return no("deregister " + service, ask(() -> call.apply(service)));
        }

        /** What is unclear, the next look tells. */
        private Optional<String> no(String step, CarrierReply<?> reply) {
            return switch (reply) {
                case Ok<?> _ -> {
                    done.add(step);
                    yield Optional.empty();
                }
                case AlreadyDone<?> _, Unclear<?> _ -> Optional.empty();
                case Refused<?> _, TryLater<?> _, TokenRefused<?> _ -> Optional.of(step + ": " + reply.words());
            };
        }
    }
}
