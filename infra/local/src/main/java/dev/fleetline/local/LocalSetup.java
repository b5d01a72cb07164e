package dev.fleetline.local;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * How a local Fleetline is started.
 *
 * @param project a folder inside the project, whose {@code template.yaml} is deployed
 * @param port where it answers on the loopback address, 0 for any free one
 * @param simulatorPort the same for the simulator
 * @param standingAt the time at which the clock stands until it is moved; without it, it follows the system's
 * @param streamKey what the platform must show to deliver; without it, one is made
 * @param withFaults whether things can be made to go wrong, for a benchmark
 */
public record LocalSetup(
        Path project,
        int port,
        int simulatorPort,
        Optional<Instant> standingAt,
        Optional<String> streamKey,
        boolean withFaults) {

    /** Refuses ports that are none, and a key that no header could carry. */
    public LocalSetup {
        requireNonNull(project, "project");
        requireNonNull(standingAt, "standingAt");
        requireNonNull(streamKey, "streamKey");
        checkPort("port", port);
        checkPort("simulator port", simulatorPort);
        if (streamKey.filter(key -> !key.matches("[!-~]{8,256}")).isPresent()) {
            throw new IllegalArgumentException(
                    "the stream key must be 8 to 256 printable ASCII characters without blanks");
        }
    }

    /** On free ports, with the system's clock and a key of its own. */
    public static LocalSetup onFreePorts(Path project) {
        return new LocalSetup(project, 0, 0, Optional.empty(), Optional.empty(), false);
    }

    /** The same on these ports. */
    public LocalSetup on(int newPort, int newSimulatorPort) {
        return new LocalSetup(project, newPort, newSimulatorPort, standingAt, streamKey, withFaults);
    }

    /** The same with a clock that stands. */
    public LocalSetup standingAt(Instant time) {
        return new LocalSetup(project, port, simulatorPort, Optional.of(time), streamKey, withFaults);
    }

    /** The same with a key of the caller's. */
    public LocalSetup withStreamKey(String key) {
        return new LocalSetup(project, port, simulatorPort, standingAt, Optional.of(key), withFaults);
    }

    /** The same, in which things can be made to go wrong. */
    public LocalSetup inWhichThingsGoWrong() {
        return new LocalSetup(project, port, simulatorPort, standingAt, streamKey, true);
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "LocalSetup[port=" + port + ", simulatorPort=" + simulatorPort + ", standingAt=" + standingAt + "]";
    }

    private static void checkPort(String name, int port) {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException(name + " must be from 0 (any free one) to 65535: " + port);
        }
    }
}
