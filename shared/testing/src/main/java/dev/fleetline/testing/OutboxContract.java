package dev.fleetline.testing;

import static dev.fleetline.testing.SampleFleet.NOON;
import static dev.fleetline.testing.SampleFleet.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetline.fleetevents.Outbox;
import dev.fleetline.fleetevents.Outgoing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every outbox promises. */
public abstract class OutboxContract {

    /** The outbox; the same one during a test, an empty one at its beginning. */
    protected abstract Outbox outbox();

    @Test
    void an_event_stays_as_it_was_decided() {
        Outgoing event = event("e1", NOON.plusNanos(123_456_789));

        outbox().put(List.of(event));

        assertThat(outbox().decidedBefore(NOON.plusSeconds(1), 10)).containsExactly(event);
    }

    @Test
    void the_same_event_id_again_changes_nothing() {
        outbox().put(List.of(event("e1", NOON)));

        outbox().put(List.of(event("e1", NOON.plusSeconds(9)), event("e2", NOON)));

        assertThat(outbox().decidedBefore(NOON.plusSeconds(60), 10))
                .containsExactly(event("e1", NOON), event("e2", NOON));
    }

    @Test
    void only_what_was_decided_before_the_moment_is_listed_oldest_first() {
        outbox().put(List.of(
                event("young", NOON.plusSeconds(1)),
                event("now", NOON),
                event("just-before", NOON.minusNanos(1)),
                event("whole-second", NOON.minusMillis(250)),
                event("old", NOON.minus(Duration.ofDays(400)))));

        assertThat(outbox().decidedBefore(NOON, 10))
                .extracting(Outgoing::eventId)
                .containsExactly("old", "whole-second", "just-before");
    }

    @Test
    void no_more_are_listed_than_asked_for_and_those_are_the_oldest() {
        List<Outgoing> events = new ArrayList<>();
        for (int second = 30; second > 0; second--) {
            events.add(event("e" + second, NOON.plusSeconds(second)));
        }
        outbox().put(events);

        assertThat(outbox().decidedBefore(NOON.plusSeconds(60), 3))
                .extracting(Outgoing::eventId)
                .containsExactly("e1", "e2", "e3");
    }

    @Test
    void a_deleted_event_is_forgotten_and_an_unknown_id_is_no_error() {
        List<Outgoing> events = new ArrayList<>();
        for (int number = 0; number < 60; number++) {
            events.add(event("e" + number, NOON.minusSeconds(number)));
        }
        outbox().put(events);

        List<String> gone =
                new ArrayList<>(events.stream().skip(1).map(Outgoing::eventId).toList());
        gone.add("never-was");
        outbox().delete(gone);
        outbox().delete(List.of());

        assertThat(outbox().decidedBefore(NOON.plusSeconds(60), 100)).containsExactly(events.getFirst());
    }
}
