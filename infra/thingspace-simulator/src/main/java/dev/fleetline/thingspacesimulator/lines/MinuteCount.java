package dev.fleetline.thingspacesimulator.lines;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;

/** How many there were in the last minute of the simulator's clock. */
final class MinuteCount {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final InstantSource clock;
    private final Deque<Instant> admitted = new ArrayDeque<>();

    MinuteCount(InstantSource clock) {
        this.clock = clock;
    }

    /** Whether one more may come through; one that may not does not count. */
    synchronized boolean admits(int perMinute) {
        Instant now = clock.instant();
        while (!admitted.isEmpty() && !admitted.getFirst().isAfter(now.minus(MINUTE))) {
            admitted.removeFirst();
        }
        if (admitted.size() >= perMinute) {
            return false;
        }
        admitted.addLast(now);
        return true;
    }
}
