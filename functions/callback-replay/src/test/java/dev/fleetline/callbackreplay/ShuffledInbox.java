package dev.fleetline.callbackreplay;

import dev.fleetline.callback.CallbackInbox;
import dev.fleetline.callback.Delivery;
import java.util.List;
import java.util.Optional;

/** An inbox that lists what is set aside in an order of its own, one a page, as the shelves of an index do. */
final class ShuffledInbox extends PassingInbox {

    private final List<Delivery> listed;

    ShuffledInbox(CallbackInbox inbox, List<Delivery> listed) {
        super(inbox);
        this.listed = List.copyOf(listed);
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
