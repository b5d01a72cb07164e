package dev.fleetline.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetline.fleetevents.FleetEvent.TokenRejected;
import dev.fleetline.fleetevents.FleetEvents;
import dev.fleetline.fleetevents.FleetEvents.Published;
import dev.fleetline.fleetevents.Outgoing;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every {@link FleetEvents} promises. */
public abstract class FleetEventsContract {

    /** A bus that takes everything. */
    protected abstract FleetEvents bus();

    /** The ids of the events that are on it, in their order. */
    protected abstract List<String> onTheBus();

    /** From now on this event is never taken. */
    protected abstract void refuse(String eventId);

    /** From now on nobody reaches the bus. */
    protected abstract void goDown();

    /** Numbered events, {@code event-0} first. */
    protected static List<Outgoing> events(int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> Outgoing.of(
                        "token-refresh",
                        Instant.parse("2026-03-02T15:00:00Z"),
                        new TokenRejected("event-" + number, "core", "fleetline/test/core/token", "v1")))
                .toList();
    }

    /** Their ids. */
    protected static List<String> ids(List<Outgoing> events) {
        return events.stream().map(Outgoing::eventId).toList();
    }

    @Test
    void nothing_to_publish_is_nothing_published() {
        assertThat(bus().publish(List.of())).isEqualTo(new Published(Set.of(), Set.of()));
    }

    @Test
    void more_events_than_one_call_may_have_all_arrive_in_their_order() {
        Published published = bus().publish(events(23));

        assertThat(published.accepted()).containsExactlyInAnyOrderElementsOf(ids(events(23)));
        assertThat(published.failed()).isEmpty();
        assertThat(onTheBus()).containsExactlyElementsOf(ids(events(23)));
    }

    @Test
    void one_event_that_is_refused_keeps_no_other_back() {
        FleetEvents bus = bus();
        refuse("event-1");

        Published published = bus.publish(events(12));

        assertThat(published.failed()).containsExactly("event-1");
        assertThat(published.accepted()).hasSize(11);
        assertThat(onTheBus()).hasSize(11).doesNotContain("event-1");
    }

    @Test
    void a_bus_that_is_down_is_an_answer() {
        FleetEvents bus = bus();
        goDown();

        Published published = bus.publish(events(2));

        assertThat(published.accepted()).isEmpty();
        assertThat(published.failed()).containsExactlyInAnyOrder("event-0", "event-1");
    }
}
