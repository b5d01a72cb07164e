package dev.fleetline.testing;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands still until the test moves it. */
public final class MovableClock implements InstantSource {

    private Instant now;

    public MovableClock(Instant start) {
        this.now = requireNonNull(start, "start");
    }

    /** A clock that stands at the moment that is written so, {@code 2026-03-01T12:00:00Z}. */
    public static MovableClock at(String start) {
        return new MovableClock(Instant.parse(start));
    }

    @Override
    public synchronized Instant instant() {
        return now;
    }

    /** Moves it on, or back by a negative duration, and says where it stands then. */
    public synchronized Instant forward(Duration by) {
        now = now.plus(by);
        return now;
    }

    /** Puts it at this moment. */
    public synchronized void set(Instant moment) {
        now = requireNonNull(moment, "moment");
    }
}
