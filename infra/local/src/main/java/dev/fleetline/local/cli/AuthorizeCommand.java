package dev.fleetline.local.cli;

import dev.fleetline.lambda.AwsAccess;
import dev.fleetline.lambda.Pause;
import dev.fleetline.lambda.Surroundings;
import dev.fleetline.local.cli.ConsentDesk.Current;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

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

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    @SuppressWarnings("UnusedVariable") // picocli acts on it
    private final HelpOption help = new HelpOption();

    @Option(names = "--local", description = "the Fleetline that \"up\" keeps running on this machine")
    private boolean local;

    @Option(names = "--stack", paramLabel = "NAME", description = "a deployed stack, such as fleetline-dev")
    private Optional<String> stack = Optional.empty();

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "with --local: where it answers (default: http://127.0.0.1:8700)")
    private Optional<URI> url = Optional.empty();

    @Option(
            names = "--open",
            description = "with --local and the simulator: go the way to the consent and back without a browser")
    private boolean open;

    @Option(
            names = "--region",
            paramLabel = "REGION",
            description = "with --stack: its region (default: as the environment or the profile says)")
    private Optional<String> region = Optional.empty();

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
        if (local == stack.isPresent()) {
            throw mistake("say which Fleetline: either --local or --stack NAME");
        }
        if (local) {
            region.ifPresent(_ -> {
                throw mistake("--region goes with --stack");
            });
            return authorizeHere();
        }
        if (url.isPresent() || open) {
            throw mistake("--url and --open go with --local");
        }
        return authorizeStack(stack.get());
    }

    private int authorizeHere() {
        URI base = url.orElseGet(() -> URI.create("http://127.0.0.1:8700"));
        if (base.getHost() == null || !String.valueOf(base.getScheme()).matches("https?")) {
            throw mistake("--url must be an address such as http://127.0.0.1:8700");
        }
        try (var desk = new LocalConsentDesk(base)) {
            Current before = desk.current();
            URI link = desk.link();
            if (open) {
                desk.follow(link);
            } else {
                show(link);
            }
            return waitFor(desk, before);
        }
    }

    private int authorizeStack(String name) {
        var environment = new LinkedHashMap<>(surroundings.environment());
        Optional.ofNullable(environment.get("AWS_DEFAULT_REGION"))
                .ifPresent(usual -> environment.putIfAbsent("AWS_REGION", usual));
        region.ifPresent(given -> environment.put("AWS_REGION", given));
        var access = new AwsAccess(
                new Surroundings(environment, surroundings.clock(), surroundings.pause(), surroundings.random()));
        try (CloudFormationClient cloudFormation = access.client(CloudFormationClient.builder(), "CLOUDFORMATION");
                SecretsManagerClient secrets = access.client(SecretsManagerClient.builder(), "SECRETS_MANAGER")) {
            var desk = new StackConsentDesk(new DeployedStack(name, cloudFormation), secrets);
            Current before = desk.current();
            show(desk.link());
            return waitFor(desk, before);
        }
    }

    private void show(URI link) {
        PrintWriter out = spec.commandLine().getOut();
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
                spec.commandLine().getOut().println(done(now));
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

    private ParameterException mistake(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
