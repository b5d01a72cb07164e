package dev.fleetline.thingspacesimulator.streaming;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.thingspacesimulator.web.Json;
import dev.fleetline.thingspacesimulator.wire.PlatformTimes;
import java.time.Instant;

/**
 * One attempt to send an event.
 *
 * @param number 1 for the first
 * @param at on the simulator's clock
 */
public record Attempt(String eventId, String subscriptionId, int number, Instant at, Outcome outcome) {

    /** What came of it. */
    public sealed interface Outcome {}

    /** The receiver has it. */
    public record Accepted(int status) implements Outcome {}

    /** The receiver does not take it; at 500 and above it may the next time. */
    public record Refused(int status) implements Outcome {}

    /** Nobody answered, or not in time. */
    public record NoAnswer(String reason) implements Outcome {}

    /** The subscription's target is gone. */
    public record NoTarget() implements Outcome {}

    boolean isWorthAnother() {
        return switch (outcome) {
            case Accepted _, NoTarget _ -> false;
            case Refused(var status) -> status >= 500;
            case NoAnswer _ -> true;
        };
    }

    /** As the control API shows it. */
    public ObjectNode toJson() {
        ObjectNode json = Json.object()
                .put("eventId", eventId)
                .put("subscription", subscriptionId)
                .put("try", number)
                .put("at", PlatformTimes.millis(at));
        switch (outcome) {
            case Accepted(var status) -> json.put("status", status);
            case Refused(var status) -> json.put("status", status);
            case NoAnswer(var reason) -> json.put("failure", reason);
            case NoTarget _ -> json.put("failure", "the subscription's target does not exist");
        }
        return json;
    }
}
