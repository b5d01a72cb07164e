package dev.fleetline.testing;

import dev.fleetline.carrier.CarrierReply;
import dev.fleetline.carrier.CarrierReply.AlreadyDone;
import dev.fleetline.carrier.CarrierReply.Ok;
import dev.fleetline.carrier.CarrierReply.Refused;
import dev.fleetline.carrier.SignedListeners;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** A carrier's listeners of signed callbacks in memory; it makes up a key for each registration. */
public final class InMemorySignedListeners extends Misbehaving implements SignedListeners {

    private record Registered(SignedListener listener, String key) {}

    private final Set<String> services;
    private final Map<String, Registered> now = new TreeMap<>();
    private boolean hidesKeys;
    private int registrations;

    /** Nobody listens to these services. */
    public InMemorySignedListeners(Set<String> services) {
        this.services = Set.copyOf(services);
    }

    /** From now on the key is in no header that anybody looks at. */
    public void hidesKeys() {
        hidesKeys = true;
    }

    /** What a service signs its next callback with, if anybody listens. */
    public Optional<String> signsWith(String service) {
        return Optional.ofNullable(now.get(service)).map(Registered::key);
    }

    /** How often something was registered. */
    public int registrations() {
        return registrations;
    }

    @Override
    public Set<String> services() {
        return services;
    }

    @Override
    public CarrierReply<List<SignedListener>> listeners() {
        return answer(
                "listeners",
                () -> new Ok<>(now.values().stream().map(Registered::listener).toList()));
    }

    @Override
    public CarrierReply<Registration> register(SignedListener listener) {
        return change("register", () -> {
            if (!services.contains(listener.service())) {
                return new Refused<>("INVALID_PARAMETER", "there is no such callback service");
            }
            registrations++;
            String key = "key-" + registrations + "-of-" + listener.service();
            now.put(listener.service(), new Registered(listener, key));
            return new Ok<>(
                    new Registration(listener.service(), Optional.of(key).filter(_ -> !hidesKeys)));
        });
    }

    @Override
    public CarrierReply<String> deregister(String service) {
        return change("deregister", () -> now.remove(service) == null ? new AlreadyDone<>() : new Ok<>(service));
    }
}
