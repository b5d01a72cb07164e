package dev.fleetline.streamsubscription;

import dev.fleetline.callback.CallbackSecret;
import dev.fleetline.callback.SigningKeyBook;
import dev.fleetline.callback.SigningKeyBook.Kept;
import dev.fleetline.carrier.CarrierReply;
import dev.fleetline.carrier.CarrierReply.Ok;
import dev.fleetline.carrier.CarrierReply.TryLater;
import dev.fleetline.carrier.SignedListeners;
import dev.fleetline.carrier.SignedListeners.Registration;
import dev.fleetline.carrier.SignedListeners.SignedListener;
import dev.fleetline.tokens.TokenStore.BadSecret;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The listeners of an API whose callbacks are signed, with a key that the platform tells once, in its answer to a
 * registration. A key counts as known only from its keeping to the next registration, so whatever gets lost in between,
 * the service is seen to lack its key and is registered anew. While the keys cannot be read or written, it is as if the
 * platform had no time: so what was taken away before is tried again, and no other part is kept from being done.
 */
record SignatureDesk(SignedListeners listeners, SigningKeyBook keys) implements ListenerDesk {

    private static final Duration SOON = Duration.ofMinutes(1);

    @Override
    public CarrierReply<List<Listening>> look() {
        CarrierReply<List<SignedListener>> reply = listeners.listeners();
        return inBook(
                keys::services,
                known -> reply.map(all -> all.stream()
                        .map(one -> new Listening(one.service(), one.url(), _ -> known.contains(one.service())))
                        .toList()));
    }

    @Override
    public boolean mayHaveOurs() {
        return !(inBook(keys::services, Ok::new) instanceof Ok<Set<String>>(var known))
                || known.stream().anyMatch(listeners.services()::contains);
    }

    @Override
    public CarrierReply<Optional<String>> register(String service, String url, CallbackSecret login) {
        return inBook(
                () -> {
                    keys.isReplaced(service);
                    return service;
                },
                replaced ->
                        listeners.register(new SignedListener(replaced, url)).map(this::keep));
    }

    @Override
    public CarrierReply<String> deregister(String service) {
        return listeners.deregister(service);
    }

    @Override
    public CarrierReply<String> deregisterForGood(String service) {
        return inBook(
                () -> {
                    keys.forget(service);
                    return service;
                },
                listeners::deregister);
    }

    @Override
    public Flaw flaw() {
        return new Flaw(
                "NO_KEY",
                "the service signs with a key that we do not have, or calls us at an address that is not the current one");
    }

    /** What follows on what the book says; while it says nothing, nothing does. */
    private static <B, T> CarrierReply<T> inBook(Supplier<B> book, Function<B, CarrierReply<T>> next) {
        B said;
        try {
            said = book.get();
        } catch (BadSecret notFilledIn) {
            return unread(String.valueOf(notFilledIn.getMessage()));
        } catch (RuntimeException unreadable) {
            // its message is the store's; nobody knows whether it repeats a key
            return unread("the signing keys cannot be read or written: "
                    + unreadable.getClass().getSimpleName());
        }
        return next.apply(said);
    }

    private static <T> CarrierReply<T> unread(String why) {
        return new TryLater<>(SOON, why);
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
