package dev.fleetline.callbacksecretrotation;

import static dev.fleetline.callbacksecretrotation.Answers.done;
import static dev.fleetline.callbacksecretrotation.Answers.value;

import dev.fleetline.callback.CallbackSecret;
import dev.fleetline.carrier.CallbackListeners;
import dev.fleetline.carrier.CallbackListeners.Listener;
import dev.fleetline.carrier.CarrierReply;
import dev.fleetline.carrier.CarrierReply.Refused;
import dev.fleetline.carrier.FreshToken;
import dev.fleetline.carrier.OurAddresses;
import dev.fleetline.tokens.TokenRealm;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Has the callback services show a new password. Ours is a listener whose address leads to us; no other is touched.
 *
 * <p>Where a listener has to be deregistered before it is registered with another password, a try that dies in between
 * leaves none to be seen: so the services and their addresses are noted in the new version of the secret before any is
 * touched.
 */
final class ListenerChange {

    private final CallbackListeners listeners;
    private final OurAddresses addresses;
    private final FreshToken freshToken;

    ListenerChange(CallbackListeners listeners, OurAddresses addresses, FreshToken freshToken) {
        this.listeners = listeners;
        this.addresses = addresses;
        this.freshToken = freshToken;
    }

    /** The services that call us, each with the address that it calls. */
    Map<String, String> services() {
        Map<String, String> services = new TreeMap<>();
        ours(all()).values().forEach(listener -> services.put(listener.service(), listener.url()));
        return services;
    }

    /**
     * Registers every service that calls us, or did when the version was made, with its login: over what is registered,
     * so that no callback finds nobody. Where that changes nothing, it is deregistered first, as the platform's
     * documentation has it.
     */
    void to(CallbackSecret value) {
        for (Listener wanted : lagging(value)) {
            CarrierReply<String> reply = ask(() -> listeners.register(wanted));
            if (!(reply instanceof Refused<String>)) {
                done("registering " + wanted.service(), reply);
            }
        }
        for (Listener wanted : lagging(value)) {
            done("deregistering " + wanted.service(), ask(() -> listeners.deregister(wanted.service())));
            done("registering " + wanted.service(), ask(() -> listeners.register(wanted)));
        }
    }

    /** Those that do not show this login, as they shall. */
    private List<Listener> lagging(CallbackSecret value) {
        Map<String, Listener> all = all();
        Map<String, Listener> ours = ours(all);
        return concerned(value, all, ours).stream()
                .filter(service -> !isShowing(ours, service, value))
                .map(service -> new Listener(
                        service,
                        Optional.ofNullable(ours.get(service))
                                .map(Listener::url)
                                .or(() -> Optional.ofNullable(value.services().get(service)))
                                .orElseThrow(),
                        value.username(),
                        value.password()))
                .toList();
    }

    /** How the services stand. */
    record Standing(List<String> showing, List<String> lagging) {
        Standing {
            showing = List.copyOf(showing);
            lagging = List.copyOf(lagging);
        }
    }

    /** Which of the services that must show this login do, and which do not. */
    Standing standing(CallbackSecret value) {
        Map<String, Listener> all = all();
        Map<String, Listener> ours = ours(all);
        Set<String> concerned = concerned(value, all, ours);
        List<String> showing = concerned.stream()
                .filter(service -> isShowing(ours, service, value))
                .toList();
        return new Standing(
                showing,
                concerned.stream().filter(service -> !showing.contains(service)).toList());
    }

    /** A service that was ours and calls somebody else now is somebody else's. */
    private static Set<String> concerned(CallbackSecret value, Map<String, Listener> all, Map<String, Listener> ours) {
        Set<String> services = new TreeSet<>(value.services().keySet());
        services.removeAll(all.keySet());
        services.addAll(ours.keySet());
        return services;
    }

    private <T> CarrierReply<T> ask(Supplier<CarrierReply<T>> call) {
        return freshToken.ask(TokenRealm.M2M, call);
    }

    private Map<String, Listener> all() {
        Map<String, Listener> all = new LinkedHashMap<>();
        value("listing the listeners", ask(listeners::listeners))
                .forEach(listener -> all.put(listener.service(), listener));
        return all;
    }

    private Map<String, Listener> ours(Map<String, Listener> all) {
        Map<String, Listener> ours = new LinkedHashMap<>();
        all.forEach((service, listener) -> {
            if (addresses.isCallbackOf(service, listener.url())) {
                ours.put(service, listener);
            }
        });
        return ours;
    }

    private static boolean isShowing(Map<String, Listener> ours, String service, CallbackSecret value) {
        return Optional.ofNullable(ours.get(service))
                .filter(listener -> listener.shows(value.username(), value.password()))
                .isPresent();
    }
}
