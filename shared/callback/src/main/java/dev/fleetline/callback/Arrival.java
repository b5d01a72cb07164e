package dev.fleetline.callback;

import dev.fleetline.callback.Delivery.DeliveryId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A delivery that has just arrived.
 *
 * @param before the key under which it is kept already if it is a repetition of what came in the half hour before; empty
 *     where the message itself says which one it is
 */
public record Arrival(Delivery delivery, Optional<DeliveryId> before) {

    /** So many puts at a time, each on a connection of its own. */
    private static final int AT_ONCE = 32;

    /** Keeps it; false when it is kept already. */
    public boolean keepIn(CallbackInbox inbox) {
        return before.filter(inbox::has).isEmpty() && inbox.put(delivery);
    }

    /**
     * Keeps them side by side, and says how many of them were not there yet. All are tried, also when one fails: the
     * more are kept, the less is left for the next try.
     */
    public static int keepAll(List<Arrival> arrivals, CallbackInbox inbox) {
        List<Callable<Boolean>> puts = arrivals.stream()
                .<Callable<Boolean>>map(arrival -> () -> arrival.keepIn(inbox))
                .toList();
        try (var threads =
                Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory())) {
            return (int)
                    threads.invokeAll(puts).stream().filter(Arrival::isStored).count();
        } catch (InterruptedException e) {
            throw stopped(e);
        }
    }

    private static boolean isStored(Future<Boolean> put) {
        try {
            return put.get();
        } catch (InterruptedException e) {
            throw stopped(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("one of several messages could not be kept", e.getCause());
        }
    }

    private static IllegalStateException stopped(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IllegalStateException("stopped while it was kept", e);
    }
}
