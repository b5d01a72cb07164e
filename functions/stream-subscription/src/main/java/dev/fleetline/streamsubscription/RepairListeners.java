package dev.fleetline.streamsubscription;

import dev.fleetline.callback.CallbackSecret;
import dev.fleetline.carrier.CarrierReply;
import dev.fleetline.carrier.CarrierReply.AlreadyDone;
import dev.fleetline.carrier.CarrierReply.Ok;
import dev.fleetline.carrier.CarrierReply.Refused;
import dev.fleetline.carrier.CarrierReply.TokenRefused;
import dev.fleetline.carrier.CarrierReply.TryLater;
import dev.fleetline.carrier.CarrierReply.Unclear;
import dev.fleetline.carrier.FreshToken;
import dev.fleetline.carrier.OurAddresses;
import dev.fleetline.streamsubscription.ListenerDesk.Listening;
import dev.fleetline.tokens.TokenRealm;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Carries out a {@link ListenerPlan}, and looks again after it as {@link RepairStreams} does. A listener is registered
 * over the one that is there, so that no callback finds nobody; only where that changes nothing it is deregistered first.
 */
final class RepairListeners {

    private static final int ROUNDS = 3;

    private final Callers callers;
    private final OurAddresses addresses;
    private final FreshToken freshToken;

    RepairListeners(Callers callers, OurAddresses addresses, FreshToken freshToken) {
        this.callers = callers;
        this.addresses = addresses;
        this.freshToken = freshToken;
    }

    /**
     * Who shall call us by one of the platform's APIs.
     *
     * @param part how a reply calls it
     * @param services that shall call
     * @param desk its listeners, as those see them who take these logins
     */
    record Callers(String part, List<String> services, Function<List<CallbackSecret>, ListenerDesk> desk) {
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

    /** Every listener of the account, whatever login it shows. */
    CarrierReply<List<Listening>> look() {
        return ask(callers.desk().apply(List.of())::look);
    }

    /** Those that call us. */
    List<Listening> ours(List<Listening> all) {
        return all.stream()
                .filter(listening -> addresses.isCallbackOf(listening.service(), listening.url()))
                .toList();
    }

    /** What a repair would do. */
    PartReply difference(WantedSetup setup) {
        Map<String, String> wanted = setup.callbacks(services());
        ListenerDesk desk = callers.desk().apply(setup.logins());
        CarrierReply<List<Listening>> reply = ask(desk::look);
        if (!(reply instanceof Ok<List<Listening>>(var found))) {
            return unlisted(reply, desk, wanted, List.of());
        }
        ListenerPlan plan = ListenerPlan.of(wanted, found, addresses);
        return PartReply.planned(part(), plan.words(), notes(plan));
    }

    /** Has everything as wanted. */
    PartReply run(WantedSetup setup) {
        return run(callers.desk().apply(setup.logins()), setup.callbacks(services()));
    }

    /** Nobody calls us any more. */
    PartReply tearDown() {
        return run(callers.desk().apply(List.of()), Map.of());
    }

    private PartReply run(ListenerDesk desk, Map<String, String> wanted) {
        List<String> done = new ArrayList<>();
        for (int round = 1; round <= ROUNDS + 1; round++) {
            CarrierReply<List<Listening>> reply = ask(desk::look);
            if (!(reply instanceof Ok<List<Listening>>(var found))) {
                return unlisted(reply, desk, wanted, done);
            }
            ListenerPlan plan = ListenerPlan.of(wanted, found, addresses);
            if (plan.isEmpty()) {
                return PartReply.done(part(), done, notes(plan));
            }
            Optional<String> no = round > ROUNDS
                    ? Optional.of("the platform said yes, and not everything is as it should be")
                    : new Round(desk, wanted, round == 1, done).carryOut(plan);
            if (no.isPresent()) {
                return PartReply.failed(part(), done, no.get());
            }
        }
        throw new IllegalStateException("the last round always ends with an answer");
    }

    /** An account need not have an API of which nobody wants anything. */
    private PartReply unlisted(
            CarrierReply<List<Listening>> reply, ListenerDesk desk, Map<String, String> wanted, List<String> done) {
        String why = "listing the listeners: " + reply.words();
        return wanted.isEmpty() && reply instanceof Refused<List<Listening>> && !desk.mayHaveOurs()
                ? PartReply.of(part(), PartReply.NOT_SET_UP, why)
                : PartReply.failed(part(), done, why);
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

    /** One plan on its way. */
    private final class Round {

        private final ListenerDesk desk;
        private final Map<String, String> wanted;
        private final boolean isFirst;
        private final List<String> done;

        Round(ListenerDesk desk, Map<String, String> wanted, boolean isFirst, List<String> done) {
            this.desk = desk;
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
                desk.isNotWanted(service);
                Optional<String> no = deregister(service);
                if (no.isPresent()) {
                    return no;
                }
            }
            return Optional.empty();
        }

        private Optional<String> register(String service) {
            if (!isFirst) {
                Optional<String> no = deregister(service);
                if (no.isPresent()) {
                    return no;
                }
            }
            CarrierReply<Optional<String>> reply =
                    ask(() -> desk.register(service, String.valueOf(wanted.get(service))));
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

        private Optional<String> deregister(String service) {
            return no("deregister " + service, ask(() -> desk.deregister(service)));
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
