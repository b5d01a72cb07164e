package dev.fleetline.local.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetline.lambda.EdgeJson;
import dev.fleetline.local.LocalFleetline;
import dev.fleetline.local.LocalSetup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Invokes one function once, in an otherwise empty Fleetline, and prints what it replies. */
@Command(name = "invoke", description = "Invokes one function with an event from a file and prints its reply.")
final class InvokeCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    @SuppressWarnings("UnusedVariable") // picocli acts on it
    private final HelpOption help = new HelpOption();

    @Parameters(index = "0", paramLabel = "FUNCTION", description = "the function's module, such as health-sweep")
    private String function = "";

    @Parameters(index = "1", paramLabel = "EVENT.JSON", description = "file with the event")
    private Path event = Path.of("");

    @Option(
            names = "--stream-key",
            paramLabel = "KEY",
            defaultValue = "stream-key-for-samples",
            description = "the key that counts (default: ${DEFAULT-VALUE}, which the samples show)")
    private String streamKey = "";

    @Override
    public Integer call() throws IOException {
        JsonNode input = input();
        try (LocalFleetline fleetline = LocalFleetline.startAgreed(setup())) {
            Optional<JsonNode> reply = fleetline.invoke(function, input);
            if (reply.isEmpty()) {
                throw new ParameterException(
                        spec.commandLine(),
                        "There is no function " + function + "; there are " + fleetline.functionNames());
            }
            fleetline.settle();
            spec.commandLine().getOut().println(reply.get().toPrettyString());
        }
        return CommandLine.ExitCode.OK;
    }

    private LocalSetup setup() {
        try {
            return LocalSetup.onFreePorts(FleetlineCommand.project()).withStreamKey(streamKey);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private JsonNode input() throws IOException {
        if (!Files.isReadable(event)) {
            throw new ParameterException(spec.commandLine(), "There is no file " + event);
        }
        try {
            return EdgeJson.JSON.readTree(Files.readString(event));
        } catch (JsonProcessingException e) {
            throw new ParameterException(spec.commandLine(), event + " is not JSON: " + e.getOriginalMessage(), e);
        }
    }
}
