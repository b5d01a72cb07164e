package dev.fleetline.callbackreplay;

import dev.fleetline.callback.CallbackInbox;
import dev.fleetline.callback.Delivery;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Passes everything on to another inbox. */
class PassingInbox implements CallbackInbox {

    private final CallbackInbox inbox;

    PassingInbox(CallbackInbox inbox) {
        this.inbox = inbox;
    }

    @Override
    public boolean put(Delivery delivery) {
        return inbox.put(delivery);
    }

    @Override
    public boolean has(Delivery.DeliveryId id) {
        return inbox.has(id);
    }

    @Override
    public boolean mark(Delivery.DeliveryId id, Delivery.Status status) {
        return inbox.mark(id, status);
    }

    @Override
    public List<Delivery> of(String device) {
        return inbox.of(device);
    }

    @Override
    public Page under(String device) {
        return inbox.under(device);
    }

    @Override
    public Page received(Instant from, Instant to, Optional<String> startAfter, int limit) {
        return inbox.received(from, to, startAfter, limit);
    }

    @Override
    public Page setAside(String reason, Optional<String> startAfter, int limit) {
        return inbox.setAside(reason, startAfter, limit);
    }

    @Override
    public String behind(Delivery delivery) {
        return inbox.behind(delivery);
    }
}
