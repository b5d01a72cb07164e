package dev.fleetline.thingspacesimulator.m2m;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.thingspacesimulator.web.Json;

/**
 * A message to the listener of a service.
 *
 * @param content what it says, without the envelope of those that carry a password
 */
public record Callback(String requestId, String service, ObjectNode content) {

    private static final int SENT_AT_MOST = 4;

    /** The message as it is sent the {@code count}-th time. */
    ObjectNode withPassword(Listener.Proof.Password proof, int count) {
        ObjectNode message = Json.object();
        proof.username().ifPresent(username -> message.put("username", username));
        proof.password().ifPresent(password -> message.put("password", password));
        message.put("requestId", requestId);
        message.setAll(content);
        return message.put("callbackCount", count).put("maxCallbackThreshold", SENT_AT_MOST);
    }

    @Override
    public String toString() {
        return "Callback[" + requestId + ", " + service + "]";
    }
}
