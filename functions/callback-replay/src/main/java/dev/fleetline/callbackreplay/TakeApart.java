package dev.fleetline.callbackreplay;

import dev.fleetline.callback.CallbackInbox;
import dev.fleetline.callback.Deliveries;
import dev.fleetline.callback.Delivery;
import dev.fleetline.callback.Delivery.Status;

/**
 * Reads again what could not be read at receipt and was kept as it came. What can be read now is kept anew as what it is,
 * and goes to callback-processor by the stream like all that comes in.
 */
final class TakeApart {

    private static final String STREAM = "stream";
    private static final String UNREADABLE = "unreadable";

    private final CallbackInbox inbox;

    TakeApart(CallbackInbox inbox) {
        this.inbox = inbox;
    }

    /** Whether it could be read; false as well for what was read at once. */
    boolean run(Delivery whole) {
        if (!whole.kind().equals(UNREADABLE) || !whole.source().equals(STREAM)) {
            return false;
        }
        Delivery read = Deliveries.streamed(whole.payload(), whole.receivedAt());
        if (!(read.status() instanceof Status.Received)) {
            return false;
        }
        // which of the two it is that keeps it first, does not matter: its id is made from itself
        inbox.put(read);
        inbox.mark(whole.id(), new Status.Received());
        return true;
    }
}
