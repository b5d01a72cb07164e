package dev.fleetline.fleetgenerator;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the carrier knows of one device. A contact in the future of the asker is not told. */
final class Contacts {

    private record Heard(Instant at, PlatformMessage message) {}

    private final Deque<Instant> connections = new ArrayDeque<>();
    private final Deque<Heard> heard = new ArrayDeque<>();

    void connected(Instant at) {
        connections.add(at);
    }

    /** Of a burst only the last counts: it is what the platform's document says afterwards. */
    void heard(PlatformMessage message) {
        if (!heard.isEmpty() && heard.getLast().at().plusSeconds(60).isAfter(message.lastUpdated())) {
            heard.removeLast();
        }
        heard.add(new Heard(message.lastUpdated(), message));
    }

    Optional<Instant> lastConnection(Instant until) {
        return connections.stream().filter(at -> !at.isAfter(until)).reduce((_, later) -> later);
    }

    Optional<Map<String, Object>> document(Instant until) {
        return heard.stream()
                .filter(one -> !one.at().isAfter(until))
                .reduce((_, later) -> later)
                .map(one -> one.message().document());
    }

    /** The last reports that the platform has, newest first. */
    List<Map<String, Object>> history(Instant until, int limit) {
        List<Map<String, Object>> events = new ArrayList<>();
        for (Iterator<Heard> newest = heard.descendingIterator(); newest.hasNext() && events.size() < limit; ) {
            Heard one = newest.next();
            if (!one.at().isAfter(until)) {
                events.add(one.message().event());
            }
        }
        return List.copyOf(events);
    }

    /** Nobody asks any more what was known before the last contacts of that time. */
    void forget(Instant before) {
        while (connections.size() > 1 && connections.getFirst().isBefore(before)) {
            connections.removeFirst();
        }
        while (heard.size() > 1 && heard.getFirst().at().isBefore(before)) {
            heard.removeFirst();
        }
    }
}
