package dev.fleetline.local.cli;

import dev.fleetline.local.LocalFleetline;
import dev.fleetline.local.LocalSetup;
import dev.fleetline.local.demo.Demo;
import dev.fleetline.local.demo.Telling;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Plays the whole story once and says of each step whether it was really seen. */
@Command(
        name = "demo",
        description = "Plays a device's story from its order to a cleared alert, and watches each step.")
final class DemoCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    @SuppressWarnings("UnusedVariable") // picocli acts on it
    private final HelpOption help = new HelpOption();

    @Option(names = "--json", description = "print each step as a line of JSON")
    private boolean json;

    @Override
    public Integer call() {
        Telling telling = json
                ? Telling.json(spec.commandLine().getOut())
                : Telling.text(spec.commandLine().getOut());
        LocalSetup setup = LocalSetup.onFreePorts(FleetlineCommand.project()).standingAt(Demo.BEGINNING);
        try (LocalFleetline fleetline = LocalFleetline.start(setup)) {
            return new Demo(fleetline, telling).play() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
        }
    }
}
