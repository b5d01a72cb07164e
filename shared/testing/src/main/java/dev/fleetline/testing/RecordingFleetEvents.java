package dev.fleetline.testing;

import dev.fleetline.fleetevents.FleetEvents;
import dev.fleetline.fleetevents.Outgoing;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** A bus that remembers what it took, takes only what the test lets it take, and can fail before or after taking. */
public final class RecordingFleetEvents implements FleetEvents {

    private final List<Outgoing> published = new ArrayList<>();
    private Predicate<Outgoing> refused = event -> false;
    private Consumer<String> onEffect = name -> {};

    @Override
    public Published publish(List<Outgoing> events) {
        Consumer<String> hook = hook();
        hook.accept("publish events:before");
        Set<String> accepted = new HashSet<>();
        Set<String> failed = new HashSet<>();
        synchronized (this) {
            for (Outgoing event : events) {
                if (refused.test(event)) {
                    failed.add(event.eventId());
                } else {
                    accepted.add(event.eventId());
                    published.add(event);
                }
            }
        }
        hook.accept("publish events:after");
        return new Published(accepted, failed);
    }

    /** Everything that was taken, in its order; what was published twice stands here twice. */
    public synchronized List<Outgoing> published() {
        return List.copyOf(published);
    }

    /** What was taken under this detail-type. */
    public synchronized List<Outgoing> published(String detailType) {
        return published.stream()
                .filter(event -> event.detailType().equals(detailType))
                .toList();
    }

    /** The detail-types of what was taken, in its order. */
    public synchronized List<String> detailTypes() {
        return published.stream().map(Outgoing::detailType).toList();
    }

    /** From now on refuses the events that match. */
    public synchronized void refuse(Predicate<Outgoing> which) {
        refused = which;
    }

    /** From now on refuses everything, as a bus does that cannot be reached. */
    public void goDown() {
        refuse(event -> true);
    }

    /** From now on takes everything. */
    public void comeBack() {
        refuse(event -> false);
    }

    /** Forgets what was taken. */
    public synchronized void clear() {
        published.clear();
    }

    /**
     * Called with {@code publish events:before} and {@code publish events:after}; what it throws, the caller of the bus
     * gets.
     */
    public synchronized void onEffect(Consumer<String> hook) {
        onEffect = hook;
    }

    private synchronized Consumer<String> hook() {
        return onEffect;
    }
}
