package dev.fleetline.local.cli;

import dev.fleetline.lambda.Pause;
import dev.fleetline.lambda.Surroundings;
import dev.fleetline.local.cli.ConsentDesk.Current;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Leads a person through the consent at ThingSpace, and says when the token is there. */
@Command(
        name = "authorize",
        description = "Shows where to consent at ThingSpace, and waits until Fleetline has the token.",
        footer = {
            "",
            "With a running \"up\": fleetline authorize --local --open",
            "With a deployed stack: fleetline authorize --stack fleetline-dev"
        })
final class AuthorizeCommand implements Callable<Integer> {

    /** As long as a question for consent counts. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);

    @Mixin
    private final Terminal terminal = new Terminal();

    @Mixin
    private final WhichFleetline which = new WhichFleetline();

    @Option(
            names = "--open",
            description = "with --local and the simulator: go the way to the consent and back without a browser")
    private boolean open;

    private final Surroundings surroundings;

    /** On this machine, in real time. */
    AuthorizeCommand() {
        this(Surroundings.ofProcess());
    }

    /** In other surroundings than the process's own. */
    AuthorizeCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        if (which.isDeployed() && (which.hasUrl() || open)) {
            throw terminal.mistake("--url and --open go with --local");
        }
        try (ConsentDesk desk = which.consent(surroundings)) {
            Current before = desk.current();
            URI link = desk.link();
            if (open && desk instanceof LocalConsentDesk here) {
                here.follow(link);
            } else {
                show(link);
            }
            return waitFor(desk, before);
        }
    }

    private void show(URI link) {
        PrintWriter out = terminal.out();
        out.println("Open this in a browser, log in as the owner of the devices, and consent:");
        out.println();
        out.println("  " + link);
        out.println();
        out.println("Waiting until that is done, for " + PATIENCE.toMinutes() + " minutes at most.");
        out.flush();
    }

    private int waitFor(ConsentDesk desk, Current before) {
        Pause pause = surroundings.pause();
        for (long looks = PATIENCE.dividedBy(BETWEEN_LOOKS); looks > 0; looks--) {
            Current now = desk.current();
            if (!now.versionId().equals(before.versionId())) {
                terminal.print(done(now));
                return CommandLine.ExitCode.OK;
            }
            pause.of(BETWEEN_LOOKS);
        }
        throw new IllegalStateException("no new token within " + PATIENCE.toMinutes()
                + " minutes; what the browser shows says why. Begin again when you like");
    }

    private static String done(Current now) {
        return now.endsAt()
                .map(end -> "Authorised. The token is good until " + end.truncatedTo(ChronoUnit.SECONDS) + ".")
                .orElse("Authorised: the token has the new version " + now.versionId()
                        + ". Until when it is good, the page in the browser says.");
    }
}
