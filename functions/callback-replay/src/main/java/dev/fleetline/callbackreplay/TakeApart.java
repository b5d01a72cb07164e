package dev.fleetline.callbackreplay;

import dev.fleetline.callback.Accounts;
import dev.fleetline.callback.Arrival;
import dev.fleetline.callback.CallbackInbox;
import dev.fleetline.callback.Delivery;
import dev.fleetline.callback.Delivery.Status;
import dev.fleetline.callback.Intake;
import dev.fleetline.lambda.SideBySide;
import java.util.List;

/**
 * Reads again what could not be read at receipt and was kept as it came, and takes apart a body that held too much for
 * that then. What can be read now is kept anew as what it is, and goes to callback-processor by the stream like all that
 * comes in.
 */
final class TakeApart {

    private final CallbackInbox inbox;
    private final Intake intake;

    TakeApart(CallbackInbox inbox, Accounts accounts) {
        this.inbox = inbox;
        this.intake = new Intake(accounts, Integer.MAX_VALUE);
    }

    /** Whether something in it could be read; false as well for what was read at once. */
    boolean run(Delivery asItCame) {
        if (!asItCame.isAsItCame()) {
            return false;
        }
        List<Arrival> messages = intake.takenApart(asItCame);
        if (messages.stream().noneMatch(message -> message.delivery().status() instanceof Status.Received)) {
            return false;
        }
        // who keeps one first does not matter: its id is made from itself
        SideBySide.each(messages, message -> message.keepIn(inbox));
        inbox.mark(asItCame.id(), new Status.Received());
        return true;
    }

    /** Whether that was done before: what is in it is kept by itself. */
    static boolean isDone(Delivery asItCame) {
        return asItCame.status() instanceof Status.Received && asItCame.isAsItCame();
    }
}
