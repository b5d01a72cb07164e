package dev.fleetline.testing;

import dev.fleetline.fleetevents.Outbox;
import dev.fleetline.fleetevents.Outgoing;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Events in an {@link InMemoryStore}. */
public final class InMemoryOutbox implements Outbox {

    private final InMemoryStore store;

    public InMemoryOutbox(InMemoryStore store) {
        this.store = store;
    }

    @Override
    public void put(List<Outgoing> events) {
        store.write("put outbox", stored -> {
            events.forEach(event -> stored.outbox.putIfAbsent(event.eventId(), event));
            return events.size();
        });
    }

    @Override
    public List<Outgoing> decidedBefore(Instant moment, int limit) {
        return store.read(stored -> stored.outbox.values().stream()
                .filter(event -> event.time().isBefore(moment))
                .sorted(Comparator.comparing(Outgoing::time).thenComparing(Outgoing::eventId))
                .limit(limit)
                .toList());
    }

    @Override
    public void delete(Collection<String> eventIds) {
        store.write("delete outbox", stored -> stored.outbox.keySet().removeAll(eventIds));
    }
}
