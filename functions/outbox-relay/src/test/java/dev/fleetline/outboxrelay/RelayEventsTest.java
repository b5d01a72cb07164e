package dev.fleetline.outboxrelay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetline.fleetevents.Announcer;
import dev.fleetline.fleetevents.Outgoing;
import dev.fleetline.lambda.Deadline;
import dev.fleetline.lambda.Metrics;
import dev.fleetline.outboxrelay.RelayEvents.Relayed;
import dev.fleetline.testing.InMemoryOutbox;
import dev.fleetline.testing.InMemoryStore;
import dev.fleetline.testing.Invocation;
import dev.fleetline.testing.MovableClock;
import dev.fleetline.testing.RecordingFleetEvents;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RelayEventsTest {

    private static final Deadline FAR = () -> Duration.ofMinutes(1);
    private static final Deadline HERE = () -> Duration.ofSeconds(9);

    private final MovableClock clock = MovableClock.at("2026-03-02T15:00:00Z");
    private final InMemoryStore store = new InMemoryStore();
    private final InMemoryOutbox outbox = new InMemoryOutbox(store);
    private final RecordingFleetEvents bus = new RecordingFleetEvents();
    private final ByteArrayOutputStream metrics = new ByteArrayOutputStream();
    private final RelayEvents relayEvents = new RelayEvents(outbox, new Announcer(outbox, bus), clock);

    @Test
    void what_a_crash_left_behind_is_published_and_forgotten() {
        leaves("a", "b");
        clock.forward(Duration.ofMinutes(2));

        assertThat(relayEvents.run(FAR)).isEqualTo(new Relayed(2, 0, Duration.ZERO));

        assertThat(published()).containsExactly("a", "b");
        assertThat(store.outbox()).isEmpty();
        assertThat(relayEvents.run(FAR)).isEqualTo(new Relayed(0, 0, Duration.ZERO));
    }

    @Test
    void what_is_younger_than_a_minute_is_left_to_who_decided_it() {
        leaves("old");
        clock.forward(Duration.ofSeconds(30));
        leaves("young");
        clock.forward(Duration.ofSeconds(31));

        relayEvents.run(FAR);

        assertThat(published()).containsExactly("old");
        assertThat(store.outbox()).singleElement().satisfies(event -> assertThat(event.eventId())
                .isEqualTo("young"));
    }

    @Test
    void while_the_bus_is_down_everything_stays() {
        leaves("a", "b");
        clock.forward(Duration.ofMinutes(2));
        bus.goDown();

        assertThat(relayEvents.run(FAR)).isEqualTo(new Relayed(0, 2, Duration.ofMinutes(2)));
        assertThat(store.outbox()).hasSize(2);

        bus.comeBack();
        assertThat(relayEvents.run(FAR)).isEqualTo(new Relayed(2, 0, Duration.ZERO));
    }

    @Test
    void an_event_that_the_bus_refuses_does_not_keep_the_others_waiting() {
        leaves("a", "bad", "c");
        clock.forward(Duration.ofMinutes(2));
        bus.refuse(event -> event.eventId().equals("bad"));

        assertThat(relayEvents.run(FAR)).isEqualTo(new Relayed(2, 1, Duration.ofMinutes(2)));

        assertThat(published()).containsExactly("a", "c");
        assertThat(store.outbox()).hasSize(1);
    }

    @Test
    void many_events_that_the_bus_refuses_do_not_hide_the_next() {
        leaves(numbered(120));
        clock.forward(Duration.ofMinutes(1));
        leaves("late");
        clock.forward(Duration.ofMinutes(2));
        bus.refuse(event -> event.eventId().startsWith("event-"));

        assertThat(relayEvents.run(FAR)).isEqualTo(new Relayed(1, 120, Duration.ofMinutes(3)));

        assertThat(published()).containsExactly("late");
    }

    @Test
    void the_age_of_what_is_left_is_told_as_a_metric() throws IOException {
        leaves("a");
        clock.forward(Duration.ofMinutes(2));
        bus.goDown();
        handler()
                .handleRequest(
                        new ByteArrayInputStream("{}".getBytes(UTF_8)),
                        new ByteArrayOutputStream(),
                        Invocation.withLeft(50_000));

        assertThat(metrics.toString(UTF_8))
                .contains("\"OutboxAgeSeconds\":120.0")
                .endsWith("}\n");
    }

    @Test
    void more_than_a_page_is_published_page_by_page() {
        leaves(numbered(RelayEvents.PAGE + 120));
        clock.forward(Duration.ofMinutes(2));

        assertThat(relayEvents.run(FAR)).isEqualTo(new Relayed(RelayEvents.PAGE + 120, 0, Duration.ZERO));
        assertThat(store.outbox()).isEmpty();
    }

    @Test
    void near_its_deadline_it_stops_and_the_next_run_does_the_rest() {
        leaves(numbered(120));
        clock.forward(Duration.ofMinutes(2));

        Relayed first = relayEvents.run(HERE);
        assertThat(first.published()).isPositive().isLessThan(120);
        assertThat(first.published() + relayEvents.run(FAR).published()).isEqualTo(120);

        assertThat(published()).doesNotHaveDuplicates().hasSize(120);
    }

    @Test
    void one_that_died_between_publishing_and_forgetting_is_published_again_under_the_same_id() {
        leaves("a");
        clock.forward(Duration.ofMinutes(2));
        store.failNextWrite();
        try {
            relayEvents.run(FAR);
        } catch (IllegalStateException e) {
            assertThat(e).hasMessageContaining("delete outbox");
        }

        assertThat(relayEvents.run(FAR)).isEqualTo(new Relayed(1, 0, Duration.ZERO));
        assertThat(published()).containsExactly("a", "a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"source\":\"aws.events\",\"detail\":{}}"})
    void the_handler_ignores_what_wakes_it_and_replies_with_counts(String event) throws IOException {
        leaves("a");
        clock.forward(Duration.ofMinutes(2));
        ByteArrayOutputStream reply = new ByteArrayOutputStream();

        handler().handleRequest(new ByteArrayInputStream(event.getBytes(UTF_8)), reply, Invocation.withLeft(50_000));

        assertThat(reply.toString(UTF_8)).isEqualTo("{\"published\":1,\"failed\":0}");
    }

    private OutboxRelayHandler handler() {
        return new OutboxRelayHandler(
                relayEvents, new Metrics(Optional.of("fleetline-test-outbox-relay"), clock, new PrintStream(metrics)));
    }

    private List<String> published() {
        return bus.published().stream().map(Outgoing::eventId).toList();
    }

    private void leaves(String... eventIds) {
        List<Outgoing> events = new ArrayList<>();
        for (String id : eventIds) {
            events.add(new Outgoing(
                    id,
                    "fleetline.health-sweep",
                    "DeviceAlertRaised",
                    clock.instant(),
                    "{\"schemaVersion\":1,\"eventId\":\"" + id + "\"}"));
        }
        outbox.put(events);
    }

    private static String[] numbered(int count) {
        String[] ids = new String[count];
        for (int number = 0; number < count; number++) {
            ids[number] = "event-%04d".formatted(number);
        }
        return ids;
    }
}
