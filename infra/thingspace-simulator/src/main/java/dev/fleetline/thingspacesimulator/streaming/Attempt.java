package dev.fleetline.thingspacesimulator.streaming;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.thingspacesimulator.web.Json;
import dev.fleetline.thingspacesimulator.wire.PlatformTimes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * One attempt to send a message.
 *
 * @param eventIds the events that it carries, at least one
 * @param number 1 for the first
 * @param at on the simulator's clock
 * @param took what the sender waited, in real time
 */
public record Attempt(
        List<String> eventIds, String subscriptionId, int number, Instant at, Duration took, Outcome outcome) {

    /** Keeps its own copy of the ids. */
    public Attempt {
        eventIds = List.copyOf(eventIds);
    }

    /** What came of it. */
    public sealed interface Outcome {}

    /** The receiver has it. */
    public record Accepted(int status) implements Outcome {}

    /** The receiver does not take it; at 500 and above it may the next time. */
    public record Refused(int status) implements Outcome {}

    /** Nobody answered, or not in time. */
    public record NoAnswer(String reason) implements Outcome {}

    /** The subscription's target is gone, or nothing is sent to such a one. */
    public record Misconfigured(String why) implements Outcome {}

    /** Whether the receiver has the message. */
    public boolean accepted() {
        return outcome instanceof Accepted;
    }

    boolean isWorthAnother() {
        return switch (outcome) {
            case Accepted _, Misconfigured _ -> false;
            case Refused(var status) -> status >= 500;
            case NoAnswer _ -> true;
        };
    }

    /** As the control API shows it. */
    public ObjectNode toJson() {
        ObjectNode json = Json.object()
                .put("eventId", eventIds.getFirst())
                .put("events", eventIds.size())
                .put("subscription", subscriptionId)
                .put("try", number)
                .put("at", PlatformTimes.millis(at));
        switch (outcome) {
            case Accepted(var status) -> json.put("status", status);
            case Refused(var status) -> json.put("status", status);
            case NoAnswer(var reason) -> json.put("failure", reason);
            case Misconfigured(var why) -> json.put("failure", why);
        }
        return json;
    }
}
