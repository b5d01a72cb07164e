package dev.fleetline.fleeteventseventbridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetline.fleetevents.FleetEvents;
import dev.fleetline.fleetevents.FleetEvents.Published;
import dev.fleetline.fleetevents.Outgoing;
import dev.fleetline.testing.FleetEventsContract;
import dev.fleetline.testing.RecordingPause;
import dev.fleetline.testing.aws.EventBridgeStandIn;
import dev.fleetline.testing.aws.Fault;
import dev.fleetline.testing.aws.LoopbackAws;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;

class EventBridgeFleetEventsIT extends FleetEventsContract {

    private static final String BUS = "fleetline-test";
    private static final Instant NOW = Instant.parse("2026-03-02T15:00:00Z");

    private final List<String> delivered = new CopyOnWriteArrayList<>();
    private final Set<String> refused = ConcurrentHashMap.newKeySet();
    private final AtomicLong ids = new AtomicLong();
    private final RecordingPause pause = new RecordingPause();
    private final EventBridgeStandIn standIn = EventBridgeStandIn.start(
            InstantSource.fixed(NOW), () -> new UUID(0, ids.incrementAndGet()), Set.of(BUS), event -> {
                String eventId = event.path("detail").path("eventId").asText();
                if (refused.contains(eventId)) {
                    throw new IllegalStateException("refused, as the test asked");
                }
                delivered.add(eventId);
            });
    private final EventBridgeClient client = LoopbackAws.aim(EventBridgeClient.builder(), standIn.endpoint())
            .overrideConfiguration(settings -> settings.retryStrategy(AwsRetryStrategy.doNotRetry()))
            .build();

    @AfterEach
    void stop() {
        client.close();
        standIn.close();
    }

    @Override
    protected FleetEvents bus() {
        return new EventBridgeFleetEvents(client, BUS, pause::of);
    }

    @Override
    protected List<String> onTheBus() {
        return List.copyOf(delivered);
    }

    @Override
    protected void refuse(String eventId) {
        refused.add(eventId);
    }

    @Override
    protected void goDown() {
        standIn.failNext(1_000);
    }

    @Test
    void entries_that_failed_are_sent_again_alone_after_a_pause() {
        standIn.failEntries(2);

        Published published = bus().publish(events(5));

        assertThat(published.failed()).isEmpty();
        assertThat(onTheBus()).containsExactly("event-2", "event-3", "event-4", "event-0", "event-1");
        assertThat(standIn.calls("PutEvents")).isEqualTo(2);
        assertThat(pause.waited()).hasSize(1);
    }

    @Test
    void an_entry_that_never_goes_through_is_given_up_after_three_tries_with_growing_pauses() {
        refuse("event-0");

        Published published = bus().publish(events(1));

        assertThat(published.failed()).containsExactly("event-0");
        assertThat(standIn.calls("PutEvents")).isEqualTo(3);
        assertThat(pause.waited()).containsExactly(Duration.ofMillis(200), Duration.ofMillis(400));
    }

    @Test
    void a_call_that_failed_as_a_whole_is_sent_again() {
        standIn.failNext(2);

        assertThat(bus().publish(events(3)).failed()).isEmpty();
        assertThat(onTheBus()).containsExactlyElementsOf(ids(events(3)));
    }

    @Test
    void an_answer_that_got_lost_means_twice_on_the_bus_and_never_not_at_all() {
        standIn.failNext("PutEvents", 1, Fault.ANSWER_LOST);

        assertThat(bus().publish(events(1)).accepted()).containsExactly("event-0");
        assertThat(onTheBus()).containsExactly("event-0", "event-0");
    }

    @Test
    void when_the_bus_is_down_the_other_calls_are_not_tried() {
        goDown();

        Published published = bus().publish(events(30));

        assertThat(published.failed()).hasSize(30);
        assertThat(standIn.calls("PutEvents")).isEqualTo(3);
    }

    @Test
    void large_events_are_spread_over_calls_and_one_that_no_call_can_hold_fails_alone() {
        List<Outgoing> events = IntStream.range(0, 4)
                .mapToObj(number -> sized("event-" + number, number == 2 ? 300 : 120))
                .toList();

        Published published = bus().publish(events);

        assertThat(published.failed()).containsExactly("event-2");
        assertThat(onTheBus()).containsExactly("event-0", "event-1", "event-3");
        assertThat(standIn.calls("PutEvents")).isEqualTo(2);
    }

    private static Outgoing sized(String eventId, int kilobytes) {
        String detail = "{\"eventId\":\"" + eventId + "\",\"text\":\"" + "x".repeat(kilobytes * 1024) + "\"}";
        return new Outgoing(eventId, "fleetline.token-refresh", "TokenRejected", NOW, detail);
    }
}
