package dev.fleetline.local.cli;

import dev.fleetline.local.LocalFleetline;
import dev.fleetline.local.LocalSetup;
import dev.fleetline.local.demo.CallbackStory;
import dev.fleetline.local.demo.Demo;
import dev.fleetline.local.demo.OnboardingStory;
import dev.fleetline.local.demo.Telling;
import dev.fleetline.local.demo.TokenStory;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Plays a story once and says of each step whether it was really seen. */
@Command(
        name = "demo",
        description =
                "Plays a story and watches each step: a device's from its order to a cleared alert, that of the tokens,"
                        + " that of what the platform sends, or that of orders which do not go as they should.")
final class DemoCommand implements Callable<Integer> {

    @Mixin
    private final Terminal terminal = new Terminal();

    @Option(names = "--json", description = "print each step as a line of JSON")
    private boolean json;

    @Option(
            names = "--story",
            defaultValue = "device",
            description = "which story: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
    private Story story = Story.device;

    /** The names are typed by people. */
    @SuppressWarnings("MemberName")
    private enum Story {
        device,
        tokens,
        callbacks,
        onboarding
    }

    @Override
    public Integer call() {
        Telling telling = json ? Telling.json(terminal.out()) : Telling.text(terminal.out());
        LocalSetup setup = LocalSetup.onFreePorts(FleetlineCommand.project()).standingAt(Demo.BEGINNING);
        try (LocalFleetline fleetline = LocalFleetline.start(setup)) {
            boolean observed =
                    switch (story) {
                        case device -> new Demo(fleetline, telling).play();
                        case tokens -> new TokenStory(fleetline, telling).play();
                        case callbacks -> new CallbackStory(fleetline, telling).play();
                        case onboarding -> new OnboardingStory(fleetline, telling).play();
                    };
            return observed ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
        }
    }
}
