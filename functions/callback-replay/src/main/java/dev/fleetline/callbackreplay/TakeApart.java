package dev.fleetline.callbackreplay;

import dev.fleetline.callback.Accounts;
import dev.fleetline.callback.Arrival;
import dev.fleetline.callback.CallbackInbox;
import dev.fleetline.callback.Delivery;
import dev.fleetline.callback.Delivery.Status;
import dev.fleetline.callback.Intake;
import java.util.List;
import java.util.Set;

/**
 * Reads again what could not be read at receipt and was kept as it came, and takes apart a body that held too much to be
 * taken apart then. What can be read now is kept anew as what it is, and goes to callback-processor by the stream like all
 * that comes in.
 */
final class TakeApart {

    /** What a stream sent, or its history that we asked for; what a service sends names its device another way. */
    private static final Set<String> UNREADABLE_EVENTS = Set.of("stream unreadable", Delivery.ASKED + " unreadable");

    private final CallbackInbox inbox;
    private final Intake intake;

    TakeApart(CallbackInbox inbox, Accounts accounts) {
        this.inbox = inbox;
        this.intake = new Intake(accounts, Integer.MAX_VALUE);
    }

    /** Whether something in it could be read; false as well for what was read at once. */
    boolean run(Delivery whole) {
        if (!wasKeptAsItCame(whole)) {
            return false;
        }
        List<Arrival> messages = intake.takenApart(whole);
        if (messages.stream().noneMatch(message -> message.delivery().status() instanceof Status.Received)) {
            return false;
        }
        // who keeps one first does not matter: its id is made from itself
        messages.forEach(message -> message.keepIn(inbox));
        inbox.mark(whole.id(), new Status.Received());
        return true;
    }

    /** Whether that was done before: what is in it is kept by itself. */
    static boolean isDone(Delivery whole) {
        return whole.status() instanceof Status.Received && wasKeptAsItCame(whole);
    }

    private static boolean wasKeptAsItCame(Delivery delivery) {
        return delivery.kind().equals(Intake.SEVERAL)
                || UNREADABLE_EVENTS.contains(delivery.source() + " " + delivery.kind());
    }
}
