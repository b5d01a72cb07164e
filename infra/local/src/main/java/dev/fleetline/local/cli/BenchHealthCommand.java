package dev.fleetline.local.cli;

import dev.fleetline.local.bench.health.HealthBench;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Holds what people are told of a made-up fleet against what befell it, and measures passes over many devices. */
@Command(
        name = "bench-health",
        hidden = true,
        description = "Plays a made-up fleet whose truth is known through the rules, and counts what was told rightly, "
                + "wrongly, late or not at all; then has the sweep pass over many devices, and says what that costs.")
final class BenchHealthCommand implements Callable<Integer> {

    @Mixin
    private final Terminal terminal = new Terminal();

    @Option(
            names = "--devices",
            defaultValue = "5000",
            description = "of the fleet (default: ${DEFAULT-VALUE}); 0 for none")
    private int devices;

    @Option(names = "--nights", defaultValue = "30", description = "that it lives (default: ${DEFAULT-VALUE})")
    private int nights;

    @Option(names = "--seed", defaultValue = "8", description = "of the fleet (default: ${DEFAULT-VALUE})")
    private long seed;

    @Option(
            names = "--pass",
            split = ",",
            defaultValue = "10000,100000",
            description = "devices of the passes that are measured (default: ${DEFAULT-VALUE}); 0 for none")
    private int[] passes = {};

    @Option(names = "--explain", description = "list each thing that was told wrongly, and each that was not told")
    private boolean explains;

    @Override
    public Integer call() {
        HealthBench bench;
        try {
            bench = new HealthBench(FleetlineCommand.project(), seed, devices, nights, passes);
        } catch (IllegalArgumentException e) {
            throw terminal.mistake(e);
        }
        boolean isGood = bench.run(terminal::print, explains);
        return isGood ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }
}
