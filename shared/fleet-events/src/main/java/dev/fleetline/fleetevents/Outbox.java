package dev.fleetline.fleetevents;

import java.time.Instant;
import java.util.Collection;
import java.util.List;

/**
 * Events that were decided and are not yet known to be on the bus.
 *
 * <p>Registries and books write an event here in the transaction that decided it; the same invocation publishes and
 * deletes it. What a crash left behind, outbox-relay publishes. An event may therefore be published twice, with the
 * same event id.
 */
public interface Outbox {

    /** Keeps events that belong to no other change. The same event id again changes nothing. */
    void put(List<Outgoing> events);

    /** Events decided before {@code moment}, oldest first, at most {@code limit}. */
    List<Outgoing> decidedBefore(Instant moment, int limit);

    /** Forgets events that are on the bus; an id that is not there is no error. */
    void delete(Collection<String> eventIds);
}
