package dev.fleetline.thingspacesimulator.devices;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.thingspacesimulator.web.Json;

/**
 * What became of one report: the {@code ts.event} that history keeps and streams carry.
 *
 * @param data the event's own document; not to be changed
 */
public record DeviceEvent(ObjectNode data) {

    /** The event's id. */
    public String id() {
        return data.path("id").asText();
    }

    /** The id of its version, which carries the platform's time. */
    public String versionId() {
        return data.path("versionid").asText();
    }

    /** Whether it says something about the device's diagnostics. */
    public boolean hasDiagnostic() {
        return data.has("diagnostic");
    }

    /** The message that a stream carries it in. */
    public ObjectNode message() {
        ObjectNode message = Json.object().put("kind", "ts.event").put("action", "create");
        message.set("data", data);
        return message;
    }
}
