package dev.fleetline.local.bench.health;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.healthsweep.HealthSweepHandler;
import dev.fleetline.lambda.EdgeJson;
import dev.fleetline.lambda.Surroundings;
import dev.fleetline.local.functions.InvocationContext;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;

/** One pass of health-sweep in this process: invoked, and invoked again from where it stopped, until it is through. */
final class PassRun {

    /**
     * What a pass came to.
     *
     * @param invocations how many it took
     * @param units read and written, by step: {@code Scan devices}
     */
    record Passed(
            int judged,
            int skipped,
            int lost,
            int invocations,
            Duration took,
            long heapBytes,
            Map<String, Double> units) {}

    private final HealthSweepHandler handler;
    private int invocation;

    PassRun(Surroundings surroundings) {
        this.handler = new HealthSweepHandler(surroundings);
    }

    /** {@code limit} is what each invocation has. */
    Passed run(ObjectNode task, Duration limit) {
        resetPeak();
        ConsumedUnits.restart();
        long began = System.nanoTime();
        JsonNode reply = invoke(task, limit);
        int invocations = 1;
        while (reply.path("outcome").asText().equals("stopped") && reply.hasNonNull("next")) {
            reply = invoke(reply.path("next"), limit);
            invocations++;
        }
        if (!reply.path("outcome").asText().equals("done")) {
            throw new IllegalStateException("the pass did not come to its end: " + reply);
        }
        JsonNode counts = reply.path("counts");
        return new Passed(
                counts.at("/coverage/judged").asInt(),
                counts.at("/coverage/skipped").asInt(),
                counts.at("/verification/lost").asInt(),
                invocations,
                Duration.ofNanos(System.nanoTime() - began),
                peak(),
                ConsumedUnits.sums());
    }

    private JsonNode invoke(JsonNode task, Duration limit) {
        var reply = new ByteArrayOutputStream();
        try {
            handler.handleRequest(
                    new ByteArrayInputStream(task.toString().getBytes(UTF_8)),
                    reply,
                    new InvocationContext("health-sweep", new UUID(0, ++invocation), 1024, limit));
            return EdgeJson.JSON.readTree(reply.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException("health-sweep could not be invoked", e);
        }
    }

    private static void resetPeak() {
        ManagementFactory.getMemoryPoolMXBeans().forEach(pool -> pool.resetPeakUsage());
    }

    private static long peak() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .mapToLong(pool -> pool.getPeakUsage().getUsed())
                .sum();
    }
}
