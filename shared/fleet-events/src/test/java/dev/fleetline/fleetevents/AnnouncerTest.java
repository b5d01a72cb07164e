package dev.fleetline.fleetevents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetline.fleetevents.FleetEvents.Published;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class AnnouncerTest {

    private final Kept outbox = new Kept();
    private final Bus bus = new Bus();
    private final Announcer announcer = new Announcer(outbox, bus);

    @Test
    void what_the_bus_took_leaves_the_outbox() {
        outbox.put(List.of(event("a"), event("b")));

        Published published = announcer.publishStored(List.of(event("a"), event("b")));

        assertThat(published).isEqualTo(new Published(Set.of("a", "b"), Set.of()));
        assertThat(outbox.events).isEmpty();
        assertThat(bus.taken).containsExactly("a", "b");
    }

    @Test
    void what_the_bus_refused_stays() {
        outbox.put(List.of(event("a"), event("b")));
        bus.refused.add("a");

        Published published = announcer.publishStored(List.of(event("a"), event("b")));

        assertThat(published.failed()).containsExactly("a");
        assertThat(outbox.events).containsOnlyKeys("a");
    }

    @Test
    void an_event_that_nothing_else_stores_is_stored_before_it_is_published() {
        bus.whenAsked = () -> assertThat(outbox.events).containsOnlyKeys("a");

        announcer.announce(List.of(event("a")));

        assertThat(bus.taken).containsExactly("a");
        assertThat(outbox.events).isEmpty();
    }

    @Test
    void announced_while_the_bus_is_down_it_waits_in_the_outbox() {
        bus.refused.add("a");

        announcer.announce(List.of(event("a")));

        assertThat(outbox.events).containsOnlyKeys("a");
    }

    @Test
    void nothing_to_say_asks_nobody() {
        bus.whenAsked = () -> {
            throw new AssertionError("the bus was asked");
        };

        assertThat(announcer.announce(List.of())).isEqualTo(new Published(Set.of(), Set.of()));
    }

    private static Outgoing event(String id) {
        return new Outgoing(
                id,
                "fleetline.health-sweep",
                "HealthSweepCompleted",
                Instant.parse("2026-03-02T15:00:00Z"),
                "{\"schemaVersion\":1,\"eventId\":\"" + id + "\"}");
    }

    private static final class Bus implements FleetEvents {
        private final List<String> taken = new ArrayList<>();
        private final Set<String> refused = new HashSet<>();
        private Runnable whenAsked = () -> {};

        @Override
        public Published publish(List<Outgoing> events) {
            whenAsked.run();
            Map<Boolean, Set<String>> byFate = events.stream()
                    .map(Outgoing::eventId)
                    .collect(Collectors.partitioningBy(id -> !refused.contains(id), Collectors.toSet()));
            Set<String> accepted = byFate.getOrDefault(true, Set.of());
            events.stream().map(Outgoing::eventId).filter(accepted::contains).forEach(taken::add);
            return new Published(accepted, byFate.getOrDefault(false, Set.of()));
        }
    }

    private static final class Kept implements Outbox {
        private final Map<String, Outgoing> events = new LinkedHashMap<>();

        @Override
        public void put(List<Outgoing> more) {
            more.forEach(event -> events.putIfAbsent(event.eventId(), event));
        }

        @Override
        public List<Outgoing> decidedBefore(Instant moment, int limit) {
            throw new UnsupportedOperationException("announcing never asks what is left");
        }

        @Override
        public void delete(Collection<String> eventIds) {
            events.keySet().removeAll(eventIds);
        }
    }
}
