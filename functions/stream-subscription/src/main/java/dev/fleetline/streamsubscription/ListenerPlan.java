package dev.fleetline.streamsubscription;

import dev.fleetline.callback.CallbackSecret;
import dev.fleetline.carrier.CallbackListeners.Listener;
import dev.fleetline.carrier.OurAddresses;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which listeners must be registered and which of ours are of no use any more; what calls somebody else is in neither.
 *
 * @param register for services that nobody listens to, or that call us at another address or with another login
 * @param deregister services of ours that nobody wants
 * @param taken services that are wanted and call somebody else
 */
record ListenerPlan(List<Listener> register, List<String> deregister, Set<String> taken) {

    ListenerPlan {
        register = List.copyOf(register);
        deregister = List.copyOf(deregister);
        taken = Set.copyOf(taken);
    }

    /**
     * What there shall be.
     *
     * @param urls for each service the address that it shall call
     * @param logins that are good, the one to register with first; empty when nothing is wanted
     */
    record Wanted(Map<String, String> urls, List<CallbackSecret> logins) {
        Wanted {
            urls = Map.copyOf(urls);
            logins = List.copyOf(logins);
        }
    }

    boolean isEmpty() {
        return register.isEmpty() && deregister.isEmpty();
    }

    /** For people; without addresses and logins. */
    List<String> words() {
        var words = new ArrayList<String>();
        register.forEach(listener -> words.add("register " + listener.service()));
        deregister.forEach(service -> words.add("deregister " + service));
        return words;
    }

    /** From what there is to what is wanted. */
    static ListenerPlan of(Wanted wanted, List<Listener> found, OurAddresses addresses) {
        var register = new ArrayList<Listener>();
        var taken = new TreeSet<String>();
        Map<String, Listener> byService = new TreeMap<>();
        found.forEach(listener -> byService.put(listener.service(), listener));
        new TreeMap<>(wanted.urls()).forEach((service, url) -> {
            Listener had = byService.get(service);
            if (had != null && !addresses.isCallbackOf(service, had.url())) {
                taken.add(service);
            } else if (had == null || !OurAddresses.isSame(had.url(), url) || !showsAGoodLogin(had, wanted.logins())) {
                CallbackSecret login = wanted.logins().getFirst();
                register.add(new Listener(service, url, login.username(), login.password()));
            }
        });
        List<String> deregister = byService.values().stream()
                .filter(listener -> addresses.isCallbackOf(listener.service(), listener.url()))
                .map(Listener::service)
                .filter(service -> !wanted.urls().containsKey(service))
                .toList();
        return new ListenerPlan(register, deregister, taken);
    }

    private static boolean showsAGoodLogin(Listener listener, List<CallbackSecret> logins) {
        return logins.stream().anyMatch(login -> listener.shows(login.username(), login.password()));
    }
}
