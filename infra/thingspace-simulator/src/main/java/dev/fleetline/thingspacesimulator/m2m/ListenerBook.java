package dev.fleetline.thingspacesimulator.m2m;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.thingspacesimulator.oauth.Credentials;
import dev.fleetline.thingspacesimulator.web.Json;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The account's listeners, one for each service. */
public final class ListenerBook {

    private final InstantSource clock;
    private final Map<String, Listener> listeners = new TreeMap<>();

    /** Nobody listens. */
    public ListenerBook(InstantSource clock) {
        this.clock = clock;
    }

    synchronized void register(String service, URI url, Optional<String> username, Optional<String> password) {
        Listener.Proof proof = new Listener.Proof(clock.instant(), username, password);
        listeners.merge(
                service, new Listener(service, url, List.of(proof)), (before, _) -> before.replacedBy(url, proof));
    }

    /** Takes a listener out, and with it all that it was ever registered with. */
    synchronized boolean deregister(String service) {
        return listeners.remove(service) != null;
    }

    synchronized Optional<Listener> listener(String service) {
        return Optional.ofNullable(listeners.get(service));
    }

    /** As the platform tells them: with the passwords in the clear. */
    synchronized List<ObjectNode> documents() {
        return listeners.values().stream()
                .map(listener -> {
                    ObjectNode document = Json.object()
                            .put("accountName", Credentials.ACCOUNT)
                            .put("serviceName", listener.service())
                            .put("url", listener.url().toString());
                    listener.current().username().ifPresent(username -> document.put("username", username));
                    listener.current().password().ifPresent(password -> document.put("password", password));
                    return document;
                })
                .toList();
    }

    /** Where the callbacks of each service go. */
    public synchronized Map<String, URI> urls() {
        Map<String, URI> urls = new TreeMap<>();
        listeners.forEach((service, listener) -> urls.put(service, listener.url()));
        return urls;
    }
}
