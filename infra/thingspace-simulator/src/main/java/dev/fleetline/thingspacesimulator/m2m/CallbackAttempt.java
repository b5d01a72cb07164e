package dev.fleetline.thingspacesimulator.m2m;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.thingspacesimulator.web.Courier;
import dev.fleetline.thingspacesimulator.web.Json;
import dev.fleetline.thingspacesimulator.wire.PlatformTimes;
import java.time.Instant;

/**
 * One attempt to send a callback.
 *
 * @param count 1 for the first
 * @param at on the simulator's clock
 */
public record CallbackAttempt(String requestId, String service, int count, Instant at, Courier.Receipt receipt) {

    boolean delivered() {
        return receipt instanceof Courier.Receipt.Answered answer && answer.accepted();
    }

    /** As the control API shows it. */
    public ObjectNode toJson() {
        ObjectNode json = Json.object()
                .put("requestId", requestId)
                .put("service", service)
                .put("callbackCount", count)
                .put("at", PlatformTimes.millis(at));
        switch (receipt) {
            case Courier.Receipt.Answered(var status) -> json.put("status", status);
            case Courier.Receipt.NoAnswer(var reason) -> json.put("failure", reason);
        }
        return json;
    }
}
