package dev.fleetline.testing;

import dev.fleetline.callback.CallbackInbox;
import dev.fleetline.callback.Delivery;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** Deliveries in an {@link InMemoryStore}. */
public final class InMemoryCallbackInbox implements CallbackInbox {

    private static final Comparator<Delivery> OLDEST_FIRST = Comparator.<Delivery, Instant>comparing(
                    delivery -> delivery.id().eventTime().orElse(Instant.MIN))
            .thenComparing(delivery -> delivery.id().deliveryId());

    private final InMemoryStore store;

    public InMemoryCallbackInbox(InMemoryStore store) {
        this.store = store;
    }

    @Override
    public boolean put(Delivery delivery) {
        return store.write("put delivery", stored -> stored.deliveries.putIfAbsent(delivery.id(), delivery) == null);
    }

    @Override
    public boolean has(Delivery.DeliveryId id) {
        return store.read(stored -> stored.deliveries.containsKey(id));
    }

    @Override
    public boolean mark(Delivery.DeliveryId id, Delivery.Status status) {
        return store.write(
                "mark delivery",
                stored -> stored.deliveries.computeIfPresent(id, (same, had) -> had.in(status)) != null);
    }

    @Override
    public List<Delivery> of(String device) {
        return store.read(stored -> stored.deliveries.values().stream()
                .filter(delivery -> delivery.id().device().equals(device))
                .sorted(OLDEST_FIRST)
                .toList());
    }
}
