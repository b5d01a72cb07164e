package dev.fleetline.thingspacesimulator.clock;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The time the simulator lives by, which moves forward on demand.
 *
 * <p>A process that embeds the simulator and has a clock of its own implements this, so that one move of that clock moves
 * both worlds. After moving it by itself, it calls {@code ThingSpaceSimulator.settle()} to have done what came due.
 */
public interface SimulatorClock extends InstantSource {

    /**
     * Moves the time forward.
     *
     * @throws IllegalArgumentException when {@code by} is negative: the platform's time never runs backwards
     */
    void forward(Duration by);

    /** A clock that stands at {@code start} and moves only through {@link #forward}. */
    static SimulatorClock standingAt(Instant start) {
        return new OwnClock(InstantSource.fixed(start));
    }

    /** A clock that follows {@code source}, ahead of it by all forwards so far. */
    static SimulatorClock following(InstantSource source) {
        return new OwnClock(source);
    }
}
