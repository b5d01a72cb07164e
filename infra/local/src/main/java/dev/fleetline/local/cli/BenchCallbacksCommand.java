package dev.fleetline.local.cli;

import dev.fleetline.lambda.Pause;
import dev.fleetline.local.bench.CallbackLoad;
import dev.fleetline.local.bench.LoadedFleet;
import dev.fleetline.local.bench.Outcome;
import dev.fleetline.local.bench.OutcomeTable;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Loads an {@code up} in a process of its own, breaks its store and kills its processor, and counts what became of it. */
@Command(
        name = "bench-callbacks",
        hidden = true,
        description = "Has devices report to an \"up\" of its own while its store fails and its processor is killed, "
                + "and holds what is stored and applied against what was sent.")
final class BenchCallbacksCommand implements Callable<Integer> {

    @Mixin
    private final Terminal terminal = new Terminal();

    @Option(names = "--reports", defaultValue = "100000", description = "how many (default: ${DEFAULT-VALUE})")
    private int reports;

    @Option(names = "--devices", defaultValue = "5000", description = "of so many devices (default: ${DEFAULT-VALUE})")
    private int devices;

    @Option(names = "--rate", defaultValue = "200", description = "how many a second (default: ${DEFAULT-VALUE})")
    private int rate;

    @Option(
            names = "--into-service",
            defaultValue = "50",
            description = "how many of the devices come into service a second, before that (default: ${DEFAULT-VALUE})")
    private int intoService;

    @Option(names = "--duplicates", defaultValue = "5", description = "percent sent twice (default: ${DEFAULT-VALUE})")
    private int duplicates;

    @Option(
            names = "--reordered",
            defaultValue = "5",
            description = "percent sent after the device's next one (default: ${DEFAULT-VALUE})")
    private int reordered;

    @Option(
            names = "--malformed",
            defaultValue = "1",
            description = "percent that break off (default: ${DEFAULT-VALUE})")
    private int malformed;

    @Option(
            names = "--store-fails-for",
            defaultValue = "10",
            description = "seconds in the middle (default: ${DEFAULT-VALUE})")
    private int storeFailsFor;

    @Option(
            names = "--resend-after",
            defaultValue = "60",
            description = "seconds after which the platform sends again (default: ${DEFAULT-VALUE})")
    private int resendAfter;

    @Option(
            names = "--kills",
            defaultValue = "2",
            description = "how often the processor is killed (default: ${DEFAULT-VALUE})")
    private int kills;

    @Option(names = "--seed", defaultValue = "1", description = "of all chance (default: ${DEFAULT-VALUE})")
    private int seed;

    @Override
    public Integer call() throws IOException {
        CallbackLoad.Order order = order();
        try (RunningUp up = RunningUp.start();
                LoadedFleet fleet = new LoadedFleet(up.baseUri(), up.simulatorUri())) {
            var load = new CallbackLoad(fleet, order, InstantSource.system(), Pause.real(), terminal::print);
            Outcome outcome = load.run();
            OutcomeTable.of(outcome).forEach(terminal::print);
            return outcome.isGood() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
        }
    }

    private CallbackLoad.Order order() {
        terminal.requireBetween("--reports", reports, 20, 1_000_000);
        terminal.requireBetween("--devices", devices, 1, 9_999);
        terminal.requireBetween("--rate", rate, 1, 2_000);
        terminal.requireBetween("--into-service", intoService, 1, 2_000);
        terminal.requireBetween("--duplicates", duplicates, 0, 30);
        terminal.requireBetween("--reordered", reordered, 0, 30);
        terminal.requireBetween("--malformed", malformed, 0, 30);
        terminal.requireBetween("--store-fails-for", storeFailsFor, 0, 60);
        terminal.requireBetween("--resend-after", resendAfter, 1, 300);
        terminal.requireBetween("--kills", kills, 0, 20);
        terminal.requireBetween("--seed", seed, 0, Integer.MAX_VALUE);
        // a window holds one reading of a second, and the load counts on that each of a device's reports has its own
        if (devices < rate) {
            throw terminal.mistake("--devices must be at least --rate: a device reports once a second at most");
        }
        return new CallbackLoad.Order(
                new CallbackLoad.Size(reports, devices, rate, intoService),
                new CallbackLoad.Percent(duplicates, reordered, malformed),
                Duration.ofSeconds(storeFailsFor),
                Duration.ofSeconds(resendAfter),
                kills,
                seed);
    }
}
