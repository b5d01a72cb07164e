package dev.fleetline.thingspacesimulator.m2m;

import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;

/** The account's listeners, one for each service. */
public final class ListenerBook {

    private final InstantSource clock;
    private final Supplier<UUID> ids;
    private final Map<String, Listener> listeners = new TreeMap<>();

    /** What a service was registered with is not gone everywhere at once either. */
    private final Map<String, Listener> deregistered = new TreeMap<>();

    /** Nobody listens. */
    public ListenerBook(InstantSource clock, Supplier<UUID> ids) {
        this.clock = clock;
        this.ids = ids;
    }

    synchronized void register(String service, URI url, Optional<String> username, Optional<String> password) {
        add(service, url, new Listener.Proof.Password(clock.instant(), username, password));
    }

    /** Registers a listener for signed callbacks; the key is a new one each time. */
    synchronized String registerSigned(String service, URI url, Map<String, String> headers) {
        String key = (ids.get().toString() + ids.get()).replace("-", "");
        add(service, url, new Listener.Proof.Key(clock.instant(), key, headers));
        return key;
    }

    private void add(String service, URI url, Listener.Proof proof) {
        Optional<Listener> gone = Optional.ofNullable(deregistered.remove(service));
        Listener listener = listener(service)
                .or(() -> gone)
                .map(before -> before.replacedBy(url, proof))
                .orElseGet(() -> new Listener(service, url, List.of(proof)));
        listeners.put(service, listener);
    }

    /** Takes a listener out; who registers anew may still be shown what it was registered with before. */
    synchronized boolean deregister(String service) {
        Optional<Listener> gone = Optional.ofNullable(listeners.remove(service));
        gone.ifPresent(listener -> deregistered.put(service, listener));
        return gone.isPresent();
    }

    synchronized Optional<Listener> listener(String service) {
        return Optional.ofNullable(listeners.get(service));
    }

    /** The listeners of those services. */
    synchronized List<Listener> of(Set<String> services) {
        return listeners.values().stream()
                .filter(listener -> services.contains(listener.service()))
                .toList();
    }

    /** Where the callbacks of each service go. */
    public synchronized Map<String, URI> urls() {
        Map<String, URI> urls = new TreeMap<>();
        listeners.forEach((service, listener) -> urls.put(service, listener.url()));
        return urls;
    }
}
