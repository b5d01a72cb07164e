package dev.fleetline.local.bench;

import dev.fleetline.bulkonboarding.BulkOnboardingHandler;
import dev.fleetline.lambda.Surroundings;
import dev.fleetline.local.functions.InvocationContext;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.UUID;

/**
 * bulk-onboarding in a process of its own, as Lambda has it, with one event: so that time and heap are the function's and
 * nobody else's. What stands in for AWS runs in the process that started this one.
 */
public final class BulkCheck {

    private BulkCheck() {}

    /** The event is the only argument; prints the reply, and then {@code start}, {@code run} and {@code heap}. */
    public static void main(String[] arguments) throws IOException {
        long began = System.nanoTime();
        var handler = new BulkOnboardingHandler(Surroundings.ofProcess());
        long started = System.nanoTime();
        var reply = new ByteArrayOutputStream();
        handler.handleRequest(
                new ByteArrayInputStream(arguments[0].getBytes(StandardCharsets.UTF_8)),
                reply,
                new InvocationContext("bulk-onboarding", new UUID(0, 1), 1024, Duration.ofMinutes(15)));
        long ended = System.nanoTime();
        long heap = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .mapToLong(pool -> pool.getPeakUsage().getUsed())
                .sum();
        System.out.println(reply.toString(StandardCharsets.UTF_8));
        System.out.printf(
                Locale.ROOT,
                "start %d ms, run %d ms, heap %d MB%n",
                Duration.ofNanos(started - began).toMillis(),
                Duration.ofNanos(ended - started).toMillis(),
                heap / (1024 * 1024));
    }
}
