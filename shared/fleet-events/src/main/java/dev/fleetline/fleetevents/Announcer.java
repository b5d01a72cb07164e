package dev.fleetline.fleetevents;

import dev.fleetline.fleetevents.FleetEvents.Published;
import java.util.List;
import java.util.Set;

/**
 * Puts decided events on the bus and forgets those that arrived there.
 *
 * <p>Every event given here is already in the outbox, so nothing is lost when the bus is down: what was not accepted
 * stays and belongs to outbox-relay.
 */
public final class Announcer {

    private final Outbox outbox;
    private final FleetEvents bus;

    public Announcer(Outbox outbox, FleetEvents bus) {
        this.outbox = outbox;
        this.bus = bus;
    }

    /** Publishes events whose deciding transaction has put them into the outbox. */
    public Published publishStored(List<Outgoing> events) {
        if (events.isEmpty()) {
            return new Published(Set.of(), Set.of());
        }
        Published published = bus.publish(events);
        if (!published.accepted().isEmpty()) {
            outbox.delete(published.accepted());
        }
        return published;
    }

    /** Stores events that no other transaction stores, then publishes them. */
    public Published announce(List<Outgoing> events) {
        if (!events.isEmpty()) {
            outbox.put(events);
        }
        return publishStored(events);
    }
}
