package dev.fleetline.local.bench.health;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.lambda.EdgeJson;
import dev.fleetline.lambda.Pause;
import dev.fleetline.lambda.Surroundings;
import dev.fleetline.local.bench.health.PassRun.Passed;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * A pass in a process of its own, as Lambda has it, so that time and heap are the function's and nobody else's. What stands in
 * for AWS and for the platform runs in the process that started this one.
 */
public final class PassCheck {

    private PassCheck() {}

    /** Task, seconds of each invocation, and the time that it is; the last line it prints is what the pass came to. */
    public static void main(String[] arguments) throws IOException {
        var surroundings = new Surroundings(
                System.getenv(), InstantSource.fixed(Instant.parse(arguments[2])), Pause.real(), new SecureRandom());
        Passed passed = new PassRun(surroundings)
                .run(
                        (ObjectNode) EdgeJson.JSON.readTree(arguments[0]),
                        Duration.ofSeconds(Long.parseLong(arguments[1])));
        System.out.println();
        System.out.println(EdgeJson.JSON.writeValueAsString(passed));
        // what still waits for a connection does not keep the process
        System.exit(0);
    }
}
