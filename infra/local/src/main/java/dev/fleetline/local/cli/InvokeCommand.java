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
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Invokes one function once, in an otherwise empty Fleetline, and prints what it replies. */
@Command(name = "invoke", description = "Invokes one function with an event from a file and prints its reply.")
final class InvokeCommand implements Callable<Integer> {

    @Mixin
    private final Terminal terminal = new Terminal();

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
                throw terminal.mistake("There is no function " + function + "; there are " + fleetline.functionNames());
            }
            fleetline.settle();
            terminal.out().println(reply.get().toPrettyString());
        }
        return CommandLine.ExitCode.OK;
    }

    private LocalSetup setup() {
        try {
            return LocalSetup.onFreePorts(FleetlineCommand.project()).withStreamKey(streamKey);
        } catch (IllegalArgumentException e) {
            throw terminal.mistake(e);
        }
    }

    private JsonNode input() throws IOException {
        if (!Files.isReadable(event)) {
            throw terminal.mistake("There is no file " + event);
        }
        try {
            return EdgeJson.JSON.readTree(Files.readString(event));
        } catch (JsonProcessingException e) {
            throw terminal.mistake(event + " is not JSON: " + e.getOriginalMessage());
        }
    }
}
