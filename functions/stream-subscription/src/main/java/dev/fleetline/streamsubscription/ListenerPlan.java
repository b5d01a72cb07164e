package dev.fleetline.streamsubscription;

import dev.fleetline.callback.CallbackSecret;
import dev.fleetline.carrier.OurAddresses;
import dev.fleetline.streamsubscription.ListenerDesk.Listening;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which services must be registered and which of ours are of no use any more; what calls somebody else is in neither.
 *
 * @param register services that nobody listens to, or that call us at another address or are not let in there
 * @param deregister services of ours that nobody wants
 * @param taken services that are wanted and call somebody else
 */
record ListenerPlan(List<String> register, List<String> deregister, Set<String> taken) {

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

        static final Wanted NOTHING = new Wanted(Map.of(), List.of());

        Wanted {
            urls = Map.copyOf(urls);
            logins = List.copyOf(logins);
        }
    }

    boolean isEmpty() {
        return register.isEmpty() && deregister.isEmpty();
    }

    /** For people; without addresses. */
    List<String> words() {
        var words = new ArrayList<String>();
        register.forEach(service -> words.add("register " + service));
        deregister.forEach(service -> words.add("deregister " + service));
        return words;
    }

    /** From what there is to what is wanted. */
    static ListenerPlan of(Wanted wanted, List<Listening> found, OurAddresses addresses) {
        var register = new ArrayList<String>();
        var taken = new TreeSet<String>();
        Map<String, Listening> byService = new TreeMap<>();
        found.forEach(listening -> byService.put(listening.service(), listening));
        new TreeMap<>(wanted.urls()).forEach((service, url) -> {
            Listening had = byService.get(service);
            if (had != null && !addresses.isCallbackOf(service, had.url())) {
                taken.add(service);
            } else if (had == null
                    || !OurAddresses.isSame(had.url(), url)
                    || !had.isLetIn().test(wanted.logins())) {
                register.add(service);
            }
        });
        List<String> deregister = byService.values().stream()
                .filter(listening -> addresses.isCallbackOf(listening.service(), listening.url()))
                .map(Listening::service)
                .filter(service -> !wanted.urls().containsKey(service))
                .toList();
        return new ListenerPlan(register, deregister, taken);
    }
}
