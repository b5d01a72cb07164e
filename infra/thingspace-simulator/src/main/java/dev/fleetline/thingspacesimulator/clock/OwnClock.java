package dev.fleetline.thingspacesimulator.clock;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** A source of time and what has been added to it. */
final class OwnClock implements SimulatorClock {

    private final InstantSource source;
    private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);

    OwnClock(InstantSource source) {
        this.source = source;
    }

    @Override
    public Instant instant() {
        return source.instant().plus(ahead.get());
    }

    @Override
    public void forward(Duration by) {
        if (by.isNegative()) {
            throw new IllegalArgumentException("the clock only moves forward; not by " + by);
        }
        ahead.accumulateAndGet(by, Duration::plus);
    }
}
