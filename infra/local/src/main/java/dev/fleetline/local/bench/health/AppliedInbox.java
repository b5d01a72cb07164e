package dev.fleetline.local.bench.health;

import dev.fleetline.applying.ApplyDelivery;
import dev.fleetline.callback.CallbackInbox;
import dev.fleetline.callback.Delivery;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Takes in what a pass has asked for, and applies it at once, as the table's stream would have it applied. */
final class AppliedInbox implements CallbackInbox {

    private final ApplyDelivery applyDelivery;
    private final Set<Delivery.DeliveryId> known = new HashSet<>();

    AppliedInbox(ApplyDelivery applyDelivery) {
        this.applyDelivery = applyDelivery;
    }

    @Override
    public boolean put(Delivery delivery) {
        if (!known.add(delivery.id())) {
            return false;
        }
        var _ = applyDelivery.run(delivery);
        return true;
    }

    @Override
    public boolean has(Delivery.DeliveryId id) {
        return known.contains(id);
    }

    @Override
    public boolean mark(Delivery.DeliveryId id, Delivery.Status status) {
        return known.contains(id);
    }

    @Override
    public List<Delivery> of(String device) {
        throw notPlayed();
    }

    @Override
    public Page received(Instant from, Instant to, Optional<String> startAfter, int limit) {
        throw notPlayed();
    }

    @Override
    public Page setAside(String reason, Optional<String> startAfter, int limit) {
        throw notPlayed();
    }

    @Override
    public String behind(Delivery delivery) {
        throw notPlayed();
    }

    private static UnsupportedOperationException notPlayed() {
        return new UnsupportedOperationException("nothing is played again in this play");
    }
}
