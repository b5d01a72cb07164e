package dev.fleetline.testing;

import dev.fleetline.callback.CallbackInbox;
import dev.fleetline.callback.Delivery;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

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

    @Override
    public Page received(Instant from, Instant to, Optional<String> startAfter, int limit) {
        return page(
                delivery -> !delivery.receivedAt().isBefore(from)
                        && delivery.receivedAt().isBefore(to),
                startAfter,
                limit);
    }

    @Override
    public Page setAside(String reason, Optional<String> startAfter, int limit) {
        return page(
                delivery -> switch (delivery.status()) {
                    case Delivery.Status.Received _ -> false;
                    case Delivery.Status.Quarantined(var code, var _) -> code.equals(reason);
                    case Delivery.Status.Unhandled _ -> reason.equals(UNHANDLED);
                },
                startAfter,
                limit);
    }

    @Override
    public String behind(Delivery delivery) {
        return key(delivery);
    }

    /** In the order of their keys, so that what is marked meanwhile moves nobody. */
    private Page page(Predicate<Delivery> wanted, Optional<String> startAfter, int limit) {
        List<Delivery> found = store.read(stored -> stored.deliveries.values().stream()
                .filter(wanted)
                .filter(delivery -> startAfter
                        .filter(start -> key(delivery).compareTo(start) <= 0)
                        .isEmpty())
                .sorted(Comparator.comparing(InMemoryCallbackInbox::key))
                .limit(limit + 1L)
                .toList());
        List<Delivery> page = found.subList(0, Math.min(limit, found.size()));
        return new Page(page, found.size() > limit ? Optional.of(behind(page.getLast())) : Optional.empty());
    }

    private static String key(Delivery delivery) {
        return delivery.id().device() + " " + delivery.id().sortKey();
    }
}
