package dev.fleetline.callbackreplay;

import dev.fleetline.callback.CallbackInbox;
import java.util.List;
import java.util.Optional;

/** An inbox in which one more delivery is kept under each key, which cannot be read for this reason. */
final class SpoiltInbox extends PassingInbox {

    private final String reason;

    SpoiltInbox(CallbackInbox inbox, String reason) {
        super(inbox);
        this.reason = reason;
    }

    @Override
    public Page under(String device) {
        return new Page(of(device), List.of(reason), Optional.empty());
    }
}
