package dev.fleetline.thingspacesimulator;

import static java.util.Objects.requireNonNull;

import dev.fleetline.thingspacesimulator.clock.SimulatorClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How a simulator is started.
 *
 * @param address where it listens: loopback, unless others than this machine must reach it, such as containers
 * @param port where it listens at that address; 0 for any free port
 * @param standingAt the time at which its own clock stands until it is moved; without it the clock follows the system's
 * @param sharedClock the clock of the process around it, used instead of one of its own
 * @param deliveryPatience how long a receiver of events may take for its answer, in real time
 */
public record SimulatorConfig(
        String address,
        int port,
        Optional<Instant> standingAt,
        Optional<SimulatorClock> sharedClock,
        Duration deliveryPatience) {

    private static final String LOOPBACK = "127.0.0.1";

    /** Checks that the parts go together. */
    public SimulatorConfig {
        requireNonNull(address, "address");
        requireNonNull(standingAt, "standingAt");
        requireNonNull(sharedClock, "sharedClock");
        requireNonNull(deliveryPatience, "deliveryPatience");
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port must be from 0 (any free one) to 65535: " + port);
        }
        if (standingAt.isPresent() && sharedClock.isPresent()) {
            throw new IllegalArgumentException(
                    "give either a start time or a shared clock: who shares a clock sets it");
        }
        if (!deliveryPatience.isPositive()) {
            throw new IllegalArgumentException("deliveryPatience must be positive: " + deliveryPatience);
        }
    }

    /** A simulator on that port with a clock that follows the system's. */
    public static SimulatorConfig onPort(int port) {
        return new SimulatorConfig(LOOPBACK, port, Optional.empty(), Optional.empty(), Duration.ofSeconds(10));
    }

    /** A simulator on any free port with a clock that follows the system's. */
    public static SimulatorConfig onFreePort() {
        return onPort(0);
    }

    /** The same, at another address of this machine than loopback. */
    public SimulatorConfig listeningAt(String other) {
        return new SimulatorConfig(other, port, standingAt, sharedClock, deliveryPatience);
    }

    /** The same, with a clock that stands at {@code start} until it is moved. */
    public SimulatorConfig standingAt(Instant start) {
        return new SimulatorConfig(address, port, Optional.of(start), sharedClock, deliveryPatience);
    }

    /** The same, on the clock of the process around it. */
    public SimulatorConfig sharing(SimulatorClock clock) {
        return new SimulatorConfig(address, port, standingAt, Optional.of(clock), deliveryPatience);
    }

    /** The same, with receivers that must answer within that real time. */
    public SimulatorConfig waitingForReceivers(Duration patience) {
        return new SimulatorConfig(address, port, standingAt, sharedClock, patience);
    }
}
