package dev.fleetline.testing;

import dev.fleetline.carrier.CallbackListeners;
import dev.fleetline.carrier.CarrierReply;
import dev.fleetline.carrier.CarrierReply.AlreadyDone;
import dev.fleetline.carrier.CarrierReply.Ok;
import dev.fleetline.carrier.CarrierReply.Refused;
import dev.fleetline.carrier.CarrierReply.Unclear;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A carrier's callback listeners in memory. Like the platform it goes on for a while showing what was registered before.
 * Effects are the names of its calls; the hook is called before and after each and what it throws reaches the caller.
 */
public final class InMemoryListeners implements CallbackListeners {

    private static final int LONGEST_PASSWORD = 40;

    private record Registered(Instant at, Listener listener) {}

    private final InstantSource clock;
    private final Map<String, List<Registered>> services = new TreeMap<>();
    private final Map<String, Listener> now = new TreeMap<>();
    private final Queue<CarrierReply<?>> scripted = new ArrayDeque<>();
    private Consumer<String> onEffect = effect -> {};
    private boolean losesNextAnswer;
    private boolean refusesToReplace;
    private int calls;

    /** Nobody listens; times come from the clock. */
    public InMemoryListeners(InstantSource clock) {
        this.clock = clock;
    }

    /** Called with {@code register:before}, {@code register:after} and so on; may throw. */
    public void onEffect(Consumer<String> hook) {
        onEffect = hook;
    }

    /** The next call is answered so, and nothing is done. Several are used up in order. */
    public void answersNext(CarrierReply<?> reply) {
        scripted.add(reply);
    }

    /** The next change is carried out, and its answer is lost. */
    public void losesNextAnswer() {
        losesNextAnswer = true;
    }

    /** From now on a service that has a listener is given no other one. */
    public void refusesToReplace() {
        refusesToReplace = true;
    }

    /** What a service shows in its next callback: what was registered {@code stale} ago, if anybody listens. */
    public Optional<Listener> shownBy(String service, Duration stale) {
        if (!now.containsKey(service)) {
            return Optional.empty();
        }
        Instant then = clock.instant().minus(stale);
        List<Registered> all = services.getOrDefault(service, List.of());
        return all.reversed().stream()
                .filter(registered -> !registered.at().isAfter(then))
                .findFirst()
                .or(() -> all.stream().findFirst())
                .map(Registered::listener);
    }

    /** How often it was asked for anything. */
    public int calls() {
        return calls;
    }

    @Override
    public CarrierReply<List<Listener>> listeners() {
        return answer("listeners", () -> new Ok<>(List.copyOf(now.values())));
    }

    @Override
    public CarrierReply<String> register(Listener listener) {
        return change("register", () -> {
            if (listener.password().length() > LONGEST_PASSWORD) {
                return new Refused<>("REQUEST_FAILED.UnexpectedError", "the password is too long");
            }
            if (refusesToReplace && now.containsKey(listener.service())) {
                return new Refused<>("REQUEST_FAILED.UnexpectedError", "the service has a listener");
            }
            now.put(listener.service(), listener);
            services.computeIfAbsent(listener.service(), _ -> new ArrayList<>())
                    .add(new Registered(clock.instant(), listener));
            return new Ok<>(listener.service());
        });
    }

    @Override
    public CarrierReply<String> deregister(String service) {
        return change("deregister", () -> now.remove(service) == null ? new AlreadyDone<>() : new Ok<>(service));
    }

    private <T> CarrierReply<T> change(String name, Supplier<CarrierReply<T>> deed) {
        CarrierReply<T> reply = answer(name, deed);
        if (losesNextAnswer) {
            losesNextAnswer = false;
            return new Unclear<>("the answer was lost");
        }
        return reply;
    }

    private <T> CarrierReply<T> answer(String name, Supplier<CarrierReply<T>> deed) {
        calls++;
        onEffect.accept(name + ":before");
        CarrierReply<?> next = scripted.poll();
        if (next != null) {
            return ScriptedCarrier.ofAnyKind(next);
        }
        CarrierReply<T> reply = deed.get();
        onEffect.accept(name + ":after");
        return reply;
    }
}
