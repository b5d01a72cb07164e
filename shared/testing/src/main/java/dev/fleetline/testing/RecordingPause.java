package dev.fleetline.testing;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Waits for nothing and remembers what it was asked to wait; {@code pause::of} stands for any way of waiting. */
public final class RecordingPause {

    private final List<Duration> waited = new CopyOnWriteArrayList<>();

    /** Returns at once. */
    public void of(Duration duration) {
        waited.add(duration);
    }

    /** Every wait, in its order. */
    public List<Duration> waited() {
        return List.copyOf(waited);
    }

    /** How long all of them would have taken. */
    public Duration total() {
        return waited.stream().reduce(Duration.ZERO, Duration::plus);
    }
}
