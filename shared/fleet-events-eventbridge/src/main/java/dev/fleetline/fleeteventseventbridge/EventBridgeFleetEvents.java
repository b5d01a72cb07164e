package dev.fleetline.fleeteventseventbridge;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fleetline.fleetevents.FleetEvents;
import dev.fleetline.fleetevents.Outgoing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResultEntry;

/**
 * Publishes in calls of at most 10 events and 256 KB, one call after the other, so that events arrive in their order as
 * long as none is refused.
 *
 * <p>A call succeeds although some of its entries failed; those alone are sent again, a call that failed as a whole
 * likewise, both up to {@value #TRIES} times with growing pauses. When a whole call never got through, the bus is down
 * and the rest is not tried.
 */
public final class EventBridgeFleetEvents implements FleetEvents {

    private static final Logger LOG = LoggerFactory.getLogger(EventBridgeFleetEvents.class);

    private static final int TRIES = 3;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final int MOST_ENTRIES = 10;
    private static final int LARGEST_CALL = 256 * 1024;
    private static final int SIZE_OF_A_TIME = 14;

    private final EventBridgeClient client;
    private final String busName;
    private final Consumer<Duration> pause;

    /** {@code pause} waits, or in a test records that it was asked to. */
    public EventBridgeFleetEvents(EventBridgeClient client, String busName, Consumer<Duration> pause) {
        this.client = client;
        this.busName = busName;
        this.pause = pause;
    }

    @Override
    public Published publish(List<Outgoing> events) {
        Map<String, Outgoing> byId = new LinkedHashMap<>();
        events.forEach(event -> byId.putIfAbsent(event.eventId(), event));
        Set<String> accepted = new LinkedHashSet<>();
        boolean isBusUp = true;
        for (List<Outgoing> batch : batches(byId.values())) {
            if (isBusUp) {
                isBusUp = put(batch, accepted);
            }
        }
        Set<String> failed = new LinkedHashSet<>(byId.keySet());
        failed.removeAll(accepted);
        return new Published(accepted, failed);
    }

    /** One batch with its repetitions; false when no call got through. */
    private boolean put(List<Outgoing> batch, Set<String> accepted) {
        List<Outgoing> left = batch;
        boolean isBusUp = false;
        for (int attempt = 1; attempt <= TRIES && !left.isEmpty(); attempt++) {
            if (attempt > 1) {
                pause.accept(FIRST_PAUSE.multipliedBy(1L << (attempt - 2)));
            }
            try {
                left = putOnce(left, accepted);
                isBusUp = true;
            } catch (SdkException e) {
                LOG.warn("bus {} did not answer try {} of {}: {}", busName, attempt, TRIES, e.getMessage());
            }
        }
        return isBusUp;
    }

    /** The events that the bus refused. */
    private List<Outgoing> putOnce(List<Outgoing> batch, Set<String> accepted) {
        List<PutEventsRequestEntry> entries = batch.stream().map(this::entry).toList();
        List<PutEventsResultEntry> answers =
                client.putEvents(r -> r.entries(entries)).entries();
        var refused = new ArrayList<Outgoing>();
        for (int i = 0; i < batch.size(); i++) {
            Outgoing event = batch.get(i);
            if (i < answers.size() && answers.get(i).eventId() != null) {
                accepted.add(event.eventId());
            } else {
                refused.add(event);
                String code = i < answers.size() ? answers.get(i).errorCode() : "NoAnswer";
                LOG.warn("bus {} refused {} {}: {}", busName, event.detailType(), event.eventId(), code);
            }
        }
        return refused;
    }

    private PutEventsRequestEntry entry(Outgoing event) {
        return PutEventsRequestEntry.builder()
                .eventBusName(busName)
                .source(event.source())
                .detailType(event.detailType())
                .time(event.time())
                .detail(event.detail())
                .build();
    }

    private static List<List<Outgoing>> batches(Iterable<Outgoing> events) {
        var batches = new ArrayList<List<Outgoing>>();
        var batch = new ArrayList<Outgoing>();
        int size = 0;
        for (Outgoing event : events) {
            int more = size(event);
            if (more > LARGEST_CALL) {
                // it would fail the nine others of its call; stays in the outbox, where the relay's alarm shows it
                LOG.error(
                        "event {} {} has {} bytes, more than a call may have",
                        event.detailType(),
                        event.eventId(),
                        more);
                continue;
            }
            if (batch.size() == MOST_ENTRIES || size + more > LARGEST_CALL) {
                batches.add(List.copyOf(batch));
                batch.clear();
                size = 0;
            }
            batch.add(event);
            size += more;
        }
        if (!batch.isEmpty()) {
            batches.add(List.copyOf(batch));
        }
        return batches;
    }

    /** Counted as AWS documents it. */
    private static int size(Outgoing event) {
        return SIZE_OF_A_TIME + bytes(event.source()) + bytes(event.detailType()) + bytes(event.detail());
    }

    private static int bytes(String text) {
        return text.getBytes(UTF_8).length;
    }
}
