package dev.fleetline.local.cli;

import dev.fleetline.lambda.Pause;
import dev.fleetline.local.LocalFleetline;
import dev.fleetline.local.LocalSetup;
import dev.fleetline.local.bench.LoadedFleet;
import dev.fleetline.local.bench.OnboardingLoad;
import dev.fleetline.local.bench.OnboardingOutcome;
import dev.fleetline.local.demo.Demo;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Orders many devices while messages get doubled and lost and the function dies, and counts what the carrier was asked. */
@Command(
        name = "bench-onboarding",
        hidden = true,
        description =
                "Orders devices on Core and on M2M while orders come twice, callbacks get lost and device-onboarding "
                        + "is killed, moves the clock until nobody waits, and counts activations at the carrier.")
final class BenchOnboardingCommand implements Callable<Integer> {

    private static final int PERCENT = 100;

    @Mixin
    private final Terminal terminal = new Terminal();

    @Option(names = "--devices", defaultValue = "10000", description = "how many (default: ${DEFAULT-VALUE})")
    private int devices;

    @Option(
            names = "--core",
            defaultValue = "10",
            description = "percent ordered from Core (default: ${DEFAULT-VALUE})")
    private int core;

    @Option(
            names = "--duplicates",
            defaultValue = "5",
            description = "percent of orders, and of callbacks, that come twice (default: ${DEFAULT-VALUE})")
    private int duplicates;

    @Option(
            names = "--lost",
            defaultValue = "5",
            description = "percent of callbacks that never come (default: ${DEFAULT-VALUE})")
    private int lost;

    @Option(
            names = "--crashes",
            defaultValue = "1",
            description = "deaths of device-onboarding in percent of the devices (default: ${DEFAULT-VALUE})")
    private int crashes;

    @Option(names = "--seed", defaultValue = "1", description = "of all chance (default: ${DEFAULT-VALUE})")
    private int seed;

    @Override
    public Integer call() {
        OnboardingLoad.Order order = order();
        LocalSetup setup = LocalSetup.onFreePorts(FleetlineCommand.project())
                .standingAt(Demo.BEGINNING)
                .inWhichThingsGoWrong();
        try (LocalFleetline fleetline = LocalFleetline.startAgreed(setup);
                LoadedFleet fleet = new LoadedFleet(fleetline.baseUri(), fleetline.simulatorUri())) {
            OnboardingOutcome outcome = new OnboardingLoad(
                            fleetline, fleet, order, InstantSource.system(), Pause.real(), terminal::print)
                    .run();
            outcome.lines().forEach(terminal::print);
            return outcome.isGood() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
        }
    }

    private OnboardingLoad.Order order() {
        terminal.requireBetween("--devices", devices, 10, 10_000);
        terminal.requireBetween("--core", core, 0, PERCENT);
        terminal.requireBetween("--duplicates", duplicates, 0, 30);
        terminal.requireBetween("--lost", lost, 0, 30);
        terminal.requireBetween("--crashes", crashes, 0, 10);
        terminal.requireBetween("--seed", seed, 0, Integer.MAX_VALUE);
        return new OnboardingLoad.Order(
                devices,
                new OnboardingLoad.Percent(core, duplicates, lost),
                (devices * crashes + PERCENT - 1) / PERCENT,
                seed);
    }
}
