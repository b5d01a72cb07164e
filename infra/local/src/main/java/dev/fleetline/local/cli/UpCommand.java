package dev.fleetline.local.cli;

import dev.fleetline.local.LocalFleetline;
import dev.fleetline.local.LocalSetup;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Starts everything and stays up until the process is ended. */
@Command(
        name = "up",
        description =
                "Starts everything and stays up: callbacks at /stream and /callbacks/{service}, the rest at /local.",
        footer = {"", "While it runs: curl http://127.0.0.1:8700/local/health"})
final class UpCommand implements Callable<Integer> {

    @Mixin
    private final Terminal terminal = new Terminal();

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "8700",
            description = "port on the loopback address, 0 for any free one (default: ${DEFAULT-VALUE})")
    private int port;

    @Option(
            names = "--simulator-port",
            paramLabel = "PORT",
            defaultValue = "8701",
            description = "port of the simulated ThingSpace, 0 for any free one (default: ${DEFAULT-VALUE})")
    private int simulatorPort;

    @Option(
            names = "--clock",
            paramLabel = "TIME",
            description = "stand at this time, such as 2026-03-02T15:00:00Z, and move only by POST /local/clock "
                    + "(default: follow the system's clock)")
    private Optional<Instant> clock = Optional.empty();

    @Option(
            names = "--stream-key",
            paramLabel = "KEY",
            description = "what a delivery must show as Authorization (default: a new one, printed)")
    private Optional<String> streamKey = Optional.empty();

    @Option(names = "--with-faults", hidden = true, description = "things can be made to go wrong at /local/faults")
    private boolean withFaults;

    private final CountDownLatch stopped = new CountDownLatch(1);

    @Override
    public Integer call() throws InterruptedException {
        try (LocalFleetline fleetline = LocalFleetline.startAgreed(setup())) {
            PrintWriter out = terminal.out();
            out.println("Fleetline: " + fleetline.baseUri() + "/local/health");
            out.println("ThingSpace simulator: " + fleetline.simulatorUri() + "/control/state");
            if (streamKey.isEmpty()) {
                out.println("stream key: " + fleetline.streamKey());
            }
            out.flush();
            stopped.await();
        }
        return CommandLine.ExitCode.OK;
    }

    private LocalSetup setup() {
        try {
            return new LocalSetup(FleetlineCommand.project(), port, simulatorPort, clock, streamKey, withFaults);
        } catch (IllegalArgumentException e) {
            throw terminal.mistake(e);
        }
    }
}
