package dev.fleetline.thingspacesimulator;

import java.io.PrintWriter;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The simulator on the command line. Prints where it listens, and stays up until it is told to stop. */
@Command(
        name = "thingspace-simulator",
        description =
                "ThingSpace on your laptop: its hosts under /core, /thingspace and /5gedge, its control under /control.",
        footer = {"", "While it runs: curl http://127.0.0.1:8701/control/credentials"})
public final class SimulatorMain implements Callable<Integer> {

    private static final Logger SERVER_LOG = Logger.getLogger("io.helidon");
    private static final Logger SERVER_START_LOG = Logger.getLogger("io.helidon.webserver.LoomServer");

    private final CountDownLatch stop;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "8701",
            description = "port on the loopback address, 0 for any free one (default: ${DEFAULT-VALUE})")
    private int port;

    @Option(
            names = "--clock",
            paramLabel = "TIME",
            description = "stand at this time, such as 2026-03-02T15:00:00Z, and move only by POST /control/clock "
                    + "(default: follow the system's clock)")
    private Optional<Instant> clock = Optional.empty();

    /** A command that runs until its process ends. */
    public SimulatorMain() {
        this(new CountDownLatch(1));
    }

    private SimulatorMain(CountDownLatch stop) {
        this.stop = stop;
    }

    /** Runs it as a process of its own. */
    public static void main(String[] args) {
        // the log of a process is its own affair; as a library the simulator leaves logging to its surroundings
        if (System.getProperty("logback.configurationFile") == null) {
            System.setProperty("logback.configurationFile", "thingspace-simulator-logback.xml");
        }
        SERVER_LOG.setLevel(Level.WARNING);
        // a port in use is said in one line of ours, not in forty of the server's
        SERVER_START_LOG.setLevel(Level.OFF);
        System.exit(new CommandLine(new SimulatorMain()).execute(args));
    }

    /** A command that runs until {@code stop} opens. */
    static CommandLine commandLine(CountDownLatch stop) {
        return new CommandLine(new SimulatorMain(stop));
    }

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "show this and exit")
    @SuppressWarnings("UnusedVariable") // picocli acts on it and never starts the command
    private boolean help;

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        try (ThingSpaceSimulator simulator = ThingSpaceSimulator.start(config())) {
            out.println("ThingSpace simulator listens on " + simulator.baseUri());
            out.flush();
            stop.await();
        } catch (IllegalStateException e) {
            spec.commandLine().getErr().println(e.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        }
        return CommandLine.ExitCode.OK;
    }

    private SimulatorConfig config() {
        if (port < 0 || port > 65_535) {
            throw new ParameterException(
                    spec.commandLine(), "Invalid value for option '--port': must be from 0 to 65535, not " + port);
        }
        SimulatorConfig config = SimulatorConfig.onPort(port);
        return clock.map(config::standingAt).orElse(config);
    }
}
