package dev.fleetline.device;

import dev.fleetline.fleetevents.Outgoing;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a change brings with it and must be stored in the same transaction: the page of history and the events that
 * will be told.
 *
 * @param freed the SIM that the device holds no longer ({@link Device#simFreedSince}), so that another one may be ordered
 *     with it
 */
public record Consequences(List<HistoryEntry> history, List<Outgoing> events, Optional<Iccid> freed) {

    /** A change that nobody needs to hear of. */
    public static final Consequences NONE = new Consequences(List.of(), List.of());

    public Consequences {
        history = List.copyOf(history);
        events = List.copyOf(events);
    }

    /** Of a change that leaves the SIM where it is. */
    public Consequences(List<HistoryEntry> history, List<Outgoing> events) {
        this(history, events, Optional.empty());
    }

    /** Only events. */
    public static Consequences telling(List<Outgoing> events) {
        return new Consequences(List.of(), events);
    }

    /**
     * A line in the history of a device or an alert, kept for two years.
     *
     * @param what what happened, {@code IN_SERVICE} or {@code BATTERY_LOW#3 ended}; with {@code at} it names the line,
     *     so the same line written twice is one
     * @param by who caused it: a function, an onboarding id, a person
     */
    public record HistoryEntry(Instant at, String what, String by, String note) {}
}
