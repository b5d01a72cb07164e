package dev.fleetline.callback;

import java.util.Set;

/**
 * Where the keys of {@link SigningKeys} are written, by the one who registers; read from the store itself and never from a
 * cache. One at a time.
 *
 * <p>A registration gives a new key, and an answer may get lost: so a key is said to be of the past
 * <em>before</em> its service is registered anew, and a service without a key of the present must be registered again,
 * whatever stands at the platform. The key of the past goes on counting until another one takes its place, because
 * messages that are signed with it may be on their way.
 */
public interface SigningKeyBook {

    /** The services whose last registration's key is kept. */
    Set<String> services();

    /** The service is about to be registered anew: from now on its key is of the past. Nothing changes if it has none. */
    void isReplaced(String service);

    /** Keeps the key of a registration; the one of the past stays beside it. */
    Kept keep(String service, String key);

    /** No key of this service counts any more. */
    void forget(String service);

    /** What came of keeping a key; one that is not kept is lost, because it is told once. */
    sealed interface Kept {
        record Yes() implements Kept {}

        /** The store did not take it. */
        record No(String reason) implements Kept {}
    }
}
