package dev.fleetline.streamsubscription;

import dev.fleetline.callback.CallbackSecret;
import dev.fleetline.callback.SigningKeyBook;
import dev.fleetline.callback.SigningKeyBook.Kept;
import dev.fleetline.carrier.CarrierReply;
import dev.fleetline.carrier.SignedListeners;
import dev.fleetline.carrier.SignedListeners.Registration;
import dev.fleetline.carrier.SignedListeners.SignedListener;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The listeners of an API whose callbacks are signed, with a key that the platform tells once, in its answer to a
 * registration. A key counts as known only from its keeping to the next registration, so whatever gets lost in between,
 * the service is seen to lack its key and is registered anew.
 */
record SignatureDesk(SignedListeners listeners, SigningKeyBook keys) implements ListenerDesk {

    @Override
    public CarrierReply<List<Listening>> look() {
        CarrierReply<List<SignedListener>> reply = listeners.listeners();
        Set<String> known = keys.services();
        return reply.map(all -> all.stream()
                .map(one -> new Listening(one.service(), one.url(), _ -> known.contains(one.service())))
                .toList());
    }

    @Override
    public boolean mayHaveOurs() {
        return keys.services().stream().anyMatch(listeners.services()::contains);
    }

    @Override
    public CarrierReply<Optional<String>> register(String service, String url, CallbackSecret login) {
        keys.isReplaced(service);
        return listeners.register(new SignedListener(service, url)).map(this::keep);
    }

    @Override
    public CarrierReply<String> deregister(String service) {
        return listeners.deregister(service);
    }

    @Override
    public void isNotWanted(String service) {
        keys.forget(service);
    }

    @Override
    public Flaw flaw() {
        return new Flaw(
                "NO_KEY",
                "the service signs with a key that we do not have, or calls us at an address that is not the current one");
    }

    private Optional<String> keep(Registration registration) {
        if (registration.key().isEmpty()) {
            return Optional.of("the answer does not have the key in the header that SIGNING_KEY_HEADER names;"
                    + " nothing that it signs is let in");
        }
        return switch (keys.keep(registration.service(), registration.key().get())) {
            case Kept.Yes() -> Optional.empty();
            case Kept.No(var reason) ->
                Optional.of("its key could not be kept (" + reason + "); the next repair registers it anew");
        };
    }
}
