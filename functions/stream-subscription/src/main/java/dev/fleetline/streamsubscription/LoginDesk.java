package dev.fleetline.streamsubscription;

import dev.fleetline.callback.CallbackSecret;
import dev.fleetline.carrier.CallbackListeners;
import dev.fleetline.carrier.CallbackListeners.Listener;
import dev.fleetline.carrier.CarrierReply;
import java.util.List;
import java.util.Optional;

/** The listeners of M2M, whose callbacks show a login. */
record LoginDesk(CallbackListeners listeners) implements ListenerDesk {

    @Override
    public CarrierReply<List<Listening>> look() {
        return listeners.listeners().map(all -> all.stream()
                .map(one -> new Listening(one.service(), one.url(), logins -> showsOneOf(logins, one)))
                .toList());
    }

    @Override
    public boolean mayHaveOurs() {
        // nothing here remembers it
        return true;
    }

    @Override
    public CarrierReply<Optional<String>> register(String service, String url, CallbackSecret login) {
        return listeners
                .register(new Listener(service, url, login.username(), login.password()))
                .map(_ -> Optional.empty());
    }

    @Override
    public CarrierReply<String> deregister(String service) {
        return listeners.deregister(service);
    }

    @Override
    public CarrierReply<String> deregisterForGood(String service) {
        return deregister(service);
    }

    @Override
    public Flaw flaw() {
        return new Flaw("NOT_LET_IN", "the service calls us at an address or with a login that is not the current one");
    }

    private static boolean showsOneOf(List<CallbackSecret> logins, Listener listener) {
        return logins.stream().anyMatch(login -> listener.shows(login.username(), login.password()));
    }
}
