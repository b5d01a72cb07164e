package dev.fleetline.callbackreplay;

import dev.fleetline.callback.CallbackInbox;
import dev.fleetline.callback.Delivery;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** An inbox that lists what is set aside in an order of its own, one a page, as the shelves of an index do. */
record ShuffledInbox(CallbackInbox inbox, List<Delivery> listed) implements CallbackInbox {

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
    public Page received(Instant from, Instant to, Optional<String> startAfter, int limit) {
        return inbox.received(from, to, startAfter, limit);
    }

    @Override
    public Page setAside(String reason, Optional<String> startAfter, int limit) {
        int place = startAfter.map(Integer::parseInt).orElse(0);
        return new Page(
                listed.subList(place, place + 1),
                place + 1 < listed.size() ? Optional.of(Integer.toString(place + 1)) : Optional.empty());
    }

    @Override
    public String behind(Delivery delivery) {
        return Integer.toString(listed.indexOf(delivery) + 1);
    }
}
