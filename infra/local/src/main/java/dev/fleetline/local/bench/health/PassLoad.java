package dev.fleetline.local.bench.health;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.fleetdynamodb.DynamoDeviceRegistry;
import dev.fleetline.fleetdynamodb.Tables;
import dev.fleetline.lambda.EdgeJson;
import dev.fleetline.lambda.Pause;
import dev.fleetline.lambda.Surroundings;
import dev.fleetline.local.LocalFleetline;
import dev.fleetline.local.LocalSetup;
import dev.fleetline.local.bench.health.PassRun.Passed;
import dev.fleetline.testing.aws.LoopbackAws;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Has health-sweep pass over a table that is full of devices: the overdue, then all, then all again in pieces. */
final class PassLoad {

    /** Far more than a pass takes. */
    private static final Duration ALL_THE_TIME = Duration.ofMinutes(15);

    /** What is left of it when the function ends in good order, and two seconds. */
    static final Duration TWO_SECONDS = Duration.ofSeconds(12);

    private static final Duration LONGEST_AFTERMATH = Duration.ofMinutes(10);

    private static final Instant NOW = Instant.parse("2026-03-02T15:00:00Z");

    private final Path project;
    private final boolean inProcessesOfTheirOwn;

    /** Without processes of their own, time and heap say nothing, and it is much quicker. */
    PassLoad(Path project, boolean inProcessesOfTheirOwn) {
        this.project = project;
        this.inProcessesOfTheirOwn = inProcessesOfTheirOwn;
    }

    /** What the passes over so many devices came to, of which so many were overdue. */
    record Measured(int devices, int overdue, Passed overduePass, Passed fullPass, Passed inPieces) {}

    Measured run(int devices) {
        try (var fleetline =
                LocalFleetline.startAgreed(LocalSetup.onFreePorts(project).standingAt(NOW))) {
            fill(fleetline.environment("health-sweep"), devices);
            return new Measured(
                    devices,
                    PassFleet.overdue(devices),
                    pass(fleetline, "overdue", "first", ALL_THE_TIME),
                    pass(fleetline, "sweep", "second", ALL_THE_TIME),
                    pass(fleetline, "sweep", "third", TWO_SECONDS));
        }
    }

    private static void fill(Map<String, String> environment, int devices) {
        URI endpoint = URI.create(required(environment, "AWS_ENDPOINT_URL_DYNAMODB"));
        try (DynamoDbClient dynamo =
                LoopbackAws.aim(DynamoDbClient.builder(), endpoint).build()) {
            String table = required(environment, "DEVICES_TABLE");
            String identities = table.replaceFirst("devices$", "identities");
            new PassFleet(
                            dynamo,
                            new DynamoDeviceRegistry(dynamo, new Tables(table, identities, "", "", "", "", "")),
                            table,
                            NOW)
                    .fill(devices);
        }
    }

    private static String required(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name))
                .orElseThrow(() -> new IllegalStateException("health-sweep has no " + name));
    }

    /** What its end sets off, such as the report, is over before the next one is measured. */
    private Passed pass(LocalFleetline fleetline, String task, String sweepId, Duration limit) {
        Passed passed = pass(fleetline.environment("health-sweep"), task, sweepId, limit);
        fleetline.settle(LONGEST_AFTERMATH);
        return passed;
    }

    private Passed pass(Map<String, String> environment, String task, String sweepId, Duration limit) {
        ObjectNode event = EdgeJson.JSON.createObjectNode().put("task", task).put("sweepId", sweepId);
        return inProcessesOfTheirOwn
                ? passOfItsOwn(environment, event, limit)
                : new PassRun(new Surroundings(environment, InstantSource.fixed(NOW), Pause.real(), new SecureRandom()))
                        .run(event, limit);
    }

    private static Passed passOfItsOwn(Map<String, String> environment, ObjectNode event, Duration limit) {
        var builder = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        // as Lambda compiles
                        "-XX:TieredStopAtLevel=1",
                        "-Dlogback.configurationFile=" + System.getProperty("logback.configurationFile", ""),
                        "-cp",
                        System.getProperty("java.class.path"),
                        PassCheck.class.getName(),
                        event.toString(),
                        String.valueOf(limit.toSeconds()),
                        NOW.toString()))
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            List<String> said = new String(process.getInputStream().readAllBytes(), UTF_8)
                    .lines()
                    .toList();
            if (process.waitFor() != 0 || said.isEmpty()) {
                throw new IllegalStateException("the pass did not come to its end: " + said);
            }
            return EdgeJson.JSON.readValue(said.getLast(), Passed.class);
        } catch (IOException e) {
            throw new UncheckedIOException("the pass could not be started", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped while a pass ran", e);
        }
    }
}
