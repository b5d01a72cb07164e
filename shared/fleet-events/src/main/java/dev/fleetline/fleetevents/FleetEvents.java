package dev.fleetline.fleetevents;

import java.util.List;
import java.util.Set;

/** The bus, as a place to put events. */
public interface FleetEvents {

    /**
     * Publishes the events in their order, each at least once. What the bus refused is tried again a bounded number of
     * times inside this call; a bus that cannot be reached is an answer (all failed), not an exception.
     */
    Published publish(List<Outgoing> events);

    /** Which events the bus took, and which it did not, by event id. */
    record Published(Set<String> accepted, Set<String> failed) {
        public Published {
            accepted = Set.copyOf(accepted);
            failed = Set.copyOf(failed);
        }
    }
}
