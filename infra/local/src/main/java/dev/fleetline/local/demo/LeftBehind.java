package dev.fleetline.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetline.local.demo.Steps.Seen;
import java.util.List;

/** What a story should not leave behind: messages that nobody took, and invocations that failed. */
final class LeftBehind {

    private LeftBehind() {}

    static Seen in(Desk desk) {
        JsonNode metrics = desk.local("metrics");
        List<String> waiting = metrics.path("queues")
                .propertyStream()
                .filter(queue -> queue.getValue().asInt() > 0)
                .map(queue -> queue.getKey() + " " + queue.getValue().asInt())
                .toList();
        long failed = metrics.path("invocations")
                .propertyStream()
                .mapToLong(function -> function.getValue().path("failed").asLong())
                .sum();
        return new Seen(
                waiting.isEmpty() && failed == 0,
                waiting.isEmpty()
                        ? "queues and dead-letter queues are empty, failed invocations: " + failed
                        : "messages wait in " + String.join(", ", waiting));
    }
}
