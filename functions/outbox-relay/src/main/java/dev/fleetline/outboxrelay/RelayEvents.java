package dev.fleetline.outboxrelay;

import dev.fleetline.fleetevents.Announcer;
import dev.fleetline.fleetevents.FleetEvents.Published;
import dev.fleetline.fleetevents.Outbox;
import dev.fleetline.fleetevents.Outgoing;
import dev.fleetline.lambda.Deadline;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Takes what was decided more than a minute ago and is still in the outbox, and puts it on the bus. */
final class RelayEvents {

    /** Younger events belong to the invocation that decided them, which may be about to publish them. */
    static final Duration LEFT_ALONE = Duration.ofMinutes(1);

    static final int PAGE = 500;

    /** Small enough that the deadline is looked at often, also when a bus in trouble makes every call slow. */
    private static final int AT_ONCE = 50;

    /** After so many refusals in a row it is the bus that is in trouble, and not a few bad events. */
    private static final int REFUSED_AT_MOST = 5;

    private static final Duration RESERVE = Duration.ofSeconds(10);

    private final Outbox outbox;
    private final Announcer announcer;
    private final InstantSource clock;

    RelayEvents(Outbox outbox, Announcer announcer, InstantSource clock) {
        this.outbox = outbox;
        this.announcer = announcer;
        this.clock = clock;
    }

    /**
     * How many events are on the bus now, and how many the bus did not take: they stay for the next run.
     *
     * @param oldestLeft the age of the oldest event that was found and could not be published; zero when there is none
     */
    record Relayed(int published, int failed, Duration oldestLeft) {}

    /**
     * Publishes until nothing is left, the deadline is near, or the bus takes nothing any more. No event is offered
     * twice in one run, so one that the bus refuses does not keep it busy.
     */
    Relayed run(Deadline deadline) {
        Instant before = clock.instant().minus(LEFT_ALONE);
        var decided = new HashMap<String, Instant>();
        Set<String> published = new HashSet<>();
        Set<String> failed = new HashSet<>();
        int refusedInARow = 0;
        List<Outgoing> left = unoffered(before, published, failed);
        while (!left.isEmpty()) {
            left.forEach(event -> decided.put(event.eventId(), event.time()));
            for (int from = 0; from < left.size(); from += AT_ONCE) {
                Published answer = announcer.publishStored(left.subList(from, Math.min(left.size(), from + AT_ONCE)));
                published.addAll(answer.accepted());
                failed.addAll(answer.failed());
                refusedInARow = answer.accepted().isEmpty() ? refusedInARow + 1 : 0;
                if (refusedInARow == REFUSED_AT_MOST || deadline.isNear(RESERVE)) {
                    return relayed(decided, published, failed);
                }
            }
            left = unoffered(before, published, failed);
        }
        return relayed(decided, published, failed);
    }

    private Relayed relayed(Map<String, Instant> decided, Set<String> published, Set<String> failed) {
        Duration oldestLeft = decided.entrySet().stream()
                .filter(event -> !published.contains(event.getKey()))
                .map(event -> Duration.between(event.getValue(), clock.instant()))
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
        return new Relayed(published.size(), failed.size(), oldestLeft);
    }

    private List<Outgoing> unoffered(Instant before, Set<String> published, Set<String> failed) {
        return outbox.decidedBefore(before, PAGE).stream()
                .filter(event -> !published.contains(event.eventId()) && !failed.contains(event.eventId()))
                .toList();
    }
}
