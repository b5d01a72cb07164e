package dev.fleetline.testing;

import dev.fleetline.carrier.CallbackListeners;
import dev.fleetline.carrier.CarrierReply;
import dev.fleetline.carrier.CarrierReply.AlreadyDone;
import dev.fleetline.carrier.CarrierReply.Ok;
import dev.fleetline.carrier.CarrierReply.Refused;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A carrier's callback listeners in memory. Like the platform it goes on for a while showing what was registered before.
 */
public final class InMemoryListeners extends Misbehaving implements CallbackListeners {

    private static final int LONGEST_PASSWORD = 40;

    private record Registered(Instant at, Listener listener) {}

    private final InstantSource clock;
    private final Map<String, List<Registered>> services = new TreeMap<>();
    private final Map<String, Listener> now = new TreeMap<>();
    private boolean refusesToReplace;

    /** Nobody listens; times come from the clock. */
    public InMemoryListeners(InstantSource clock) {
        this.clock = clock;
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
}
