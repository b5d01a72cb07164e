package dev.fleetline.callback;

import dev.fleetline.callback.Delivery.DeliveryId;
import java.util.Optional;

/**
 * A delivery that has just arrived.
 *
 * @param before the key under which it is kept already if it is a repetition of what came in the half hour before; empty
 *     where the message itself says which one it is
 */
public record Arrival(Delivery delivery, Optional<DeliveryId> before) {

    /** Keeps it; false when it is kept already. */
    public boolean keepIn(CallbackInbox inbox) {
        return before.filter(inbox::has).isEmpty() && inbox.put(delivery);
    }
}
