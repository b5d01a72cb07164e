package dev.fleetline.streamsubscription;

import dev.fleetline.callback.CallbackSecret;
import dev.fleetline.carrier.CallbackListeners;
import dev.fleetline.carrier.CallbackListeners.Listener;
import dev.fleetline.carrier.CarrierReply;
import java.util.List;
import java.util.Optional;

/**
 * The listeners of M2M, whose callbacks show a login.
 *
 * @param logins that are good, the one to register with first; without any, all are taken for good
 */
record LoginDesk(CallbackListeners listeners, List<CallbackSecret> logins) implements ListenerDesk {

    LoginDesk {
        logins = List.copyOf(logins);
    }

    @Override
    public CarrierReply<List<Listening>> look() {
        return listeners.listeners().map(all -> all.stream()
                .map(one -> new Listening(one.service(), one.url(), showsAGoodLogin(one)))
                .toList());
    }

    @Override
    public boolean mayHaveOurs() {
        // nothing here remembers it
        return true;
    }

    @Override
    public CarrierReply<Optional<String>> register(String service, String url) {
        CallbackSecret login = logins.getFirst();
        return listeners
                .register(new Listener(service, url, login.username(), login.password()))
                .map(_ -> Optional.empty());
    }

    @Override
    public CarrierReply<String> deregister(String service) {
        return listeners.deregister(service);
    }

    @Override
    public void isNotWanted(String service) {
        // other services show the same login
    }

    private boolean showsAGoodLogin(Listener listener) {
        return logins.isEmpty()
                || logins.stream().anyMatch(login -> listener.shows(login.username(), login.password()));
    }
}
