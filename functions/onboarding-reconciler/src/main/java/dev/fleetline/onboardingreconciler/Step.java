package dev.fleetline.onboardingreconciler;

import dev.fleetline.device.Consequences.HistoryEntry;
import dev.fleetline.device.Device;
import dev.fleetline.fleetevents.FleetEvent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is to be stored of a device and told of it, all of it or nothing.
 *
 * @param next the device as it shall be; the very device that was looked at when only something is told
 */
record Step(Device next, Optional<HistoryEntry> history, List<FleetEvent> events) {

    Step {
        events = List.copyOf(events);
    }

    /** Into the state that {@code next} has. */
    static Step to(Device next, String note, Instant now, FleetEvent... events) {
        return new Step(next, Optional.of(entry(next.lifecycle().name(), note, now)), List.of(events));
    }

    /** Still in its state, and it is looked at again later. */
    static Step waits(Device next, FleetEvent... events) {
        return new Step(next, Optional.empty(), List.of(events));
    }

    static HistoryEntry entry(String what, String note, Instant now) {
        return new HistoryEntry(now, what, ReconcilerEvents.MODULE, note);
    }
}
