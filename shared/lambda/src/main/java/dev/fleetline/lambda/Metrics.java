package dev.fleetline.lambda;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Tells CloudWatch a number that an alarm waits for, in its Embedded Metric Format: one line of JSON on standard output,
 * which costs no call and needs no permission. Namespace {@code Fleetline}, dimension {@code FunctionName}. Outside
 * Lambda there is no function name, and nothing is printed.
 */
public final class Metrics {

    private static final String NAMESPACE = "Fleetline";
    private static final String DIMENSION = "FunctionName";

    private final Optional<String> functionName;
    private final InstantSource clock;
    private final PrintStream out;

    /** Prints to {@code out}; nothing when there is no function name. */
    public Metrics(Optional<String> functionName, InstantSource clock, PrintStream out) {
        this.functionName = requireNonNull(functionName, "functionName");
        this.clock = clock;
        this.out = out;
    }

    /** Of the function that runs here, on the process's standard output. */
    public static Metrics of(Surroundings surroundings) {
        return new Metrics(
                Optional.ofNullable(surroundings.environment().get("AWS_LAMBDA_FUNCTION_NAME"))
                        .filter(name -> !name.isBlank()),
                surroundings.clock(),
                new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8));
    }

    /** One value of a metric that counts seconds; {@code name} says what of. */
    public void seconds(String name, Duration value) {
        functionName.ifPresent(function -> {
            ObjectNode line = EdgeJson.JSON.createObjectNode();
            ObjectNode aws = line.putObject("_aws").put("Timestamp", clock.millis());
            ObjectNode directive = aws.putArray("CloudWatchMetrics").addObject().put("Namespace", NAMESPACE);
            directive.putArray("Dimensions").addArray().add(DIMENSION);
            directive.putArray("Metrics").addObject().put("Name", name).put("Unit", "Seconds");
            line.put(DIMENSION, function).put(name, value.toMillis() / 1_000.0);
            out.print(line + "\n");
            out.flush();
        });
    }
}
