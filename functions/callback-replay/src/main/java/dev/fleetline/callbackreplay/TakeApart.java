package dev.fleetline.callbackreplay;

import dev.fleetline.callback.Arrival;
import dev.fleetline.callback.CallbackInbox;
import dev.fleetline.callback.Delivery;
import dev.fleetline.callback.Delivery.Status;
import dev.fleetline.callback.Delivery.Status.Quarantined;
import dev.fleetline.callback.Intake;
import java.util.List;
import java.util.Optional;

/**
 * Reads again what could not be read at receipt and was kept as it came, and takes apart a body that held too much to be
 * taken apart then. What can be read now is kept anew as what it is, and goes to callback-processor by the stream like all
 * that comes in.
 */
final class TakeApart {

    private static final String UNREADABLE_STREAM = "stream unreadable";
    private static final Intake ALL = new Intake(Optional.empty(), Integer.MAX_VALUE);

    private final CallbackInbox inbox;

    TakeApart(CallbackInbox inbox) {
        this.inbox = inbox;
    }

    /** Whether something in it could be read; false as well for what was read at once. */
    boolean run(Delivery whole) {
        if (!wasKeptAsItCame(whole)) {
            return false;
        }
        List<Arrival> messages = ALL.takenApart(whole);
        if (messages.stream().noneMatch(message -> message.delivery().status() instanceof Status.Received)) {
            return false;
        }
        // who keeps one first does not matter: its id is made from itself
        messages.forEach(message -> message.keepIn(inbox));
        inbox.mark(whole.id(), new Status.Received());
        return true;
    }

    private static boolean wasKeptAsItCame(Delivery delivery) {
        return (delivery.source() + " " + delivery.kind()).equals(UNREADABLE_STREAM)
                || (delivery.status() instanceof Quarantined(var reason, var _)
                        && reason.equals(Intake.TOO_MANY_EVENTS));
    }
}
