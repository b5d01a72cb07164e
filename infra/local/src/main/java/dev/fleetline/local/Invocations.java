package dev.fleetline.local;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetline.local.functions.HostedFunction;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asynchronous invocations: the caller does not wait, a failed one is tried again as often as the template says, and
 * what failed for good goes to the function's on-failure destination. Lambda waits a minute or two between the
 * attempts; here nobody waits.
 */
final class Invocations implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Invocations.class);
    private static final int RETRIES_OF_LAMBDA = 2;

    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("invocation-", 0).factory());
    /** A new AWS account runs so many at once; what comes on top of that waits for its turn. */
    private final Semaphore atOnce = new Semaphore(10, true);

    private final AtomicInteger running = new AtomicInteger();
    private final BiConsumer<String, String> sendToQueue;

    /** {@code sendToQueue} takes a queue's ARN and a message. */
    Invocations(BiConsumer<String, String> sendToQueue) {
        this.sendToQueue = sendToQueue;
    }

    /** Returns at once. */
    void start(HostedFunction function, JsonNode event) {
        running.incrementAndGet();
        threads.execute(() -> {
            atOnce.acquireUninterruptibly();
            try {
                run(function, event);
            } finally {
                atOnce.release();
                running.decrementAndGet();
            }
        });
    }

    /** Does the same and returns when it is over; empty when it failed for good. */
    Optional<JsonNode> run(HostedFunction function, JsonNode event) {
        JsonNode config = function.properties().path("EventInvokeConfig");
        int attempts = 1 + config.path("MaximumRetryAttempts").asInt(RETRIES_OF_LAMBDA);
        for (int attempt = 1; attempt <= attempts; attempt++) {
            try {
                return Optional.of(function.invoke(event));
            } catch (HostedFunction.Failed e) {
                LOG.error("{} (attempt {} of {})", e.getMessage(), attempt, attempts, e);
            }
        }
        String destination = config.path("DestinationConfig")
                .path("OnFailure")
                .path("Destination")
                .asText();
        if (!destination.isEmpty()) {
            sendToQueue.accept(destination, event.toString());
        }
        return Optional.empty();
    }

    int running() {
        return running.get();
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
