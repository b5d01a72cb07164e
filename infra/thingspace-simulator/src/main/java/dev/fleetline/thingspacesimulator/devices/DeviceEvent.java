package dev.fleetline.thingspacesimulator.devices;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.thingspacesimulator.web.Json;
import java.util.Optional;

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

    /** {@code ts.event} or one of its kinds. */
    public String kind() {
        return data.path("kind").asText();
    }

    /** The id of its version, which carries the platform's time. */
    public String versionId() {
        return data.path("versionid").asText();
    }

    /** Whether it says something about the device's diagnostics. */
    public boolean hasDiagnostic() {
        return data.has("diagnostic");
    }

    /** Its document, with no other than that field if one is asked for; empty when it does not have it. */
    public Optional<ObjectNode> about(Optional<String> field) {
        if (field.isEmpty()) {
            return Optional.of(data);
        }
        JsonNode value = data.path("fields").path(field.get());
        if (value.isMissingNode()) {
            return Optional.empty();
        }
        ObjectNode narrowed = data.deepCopy();
        narrowed.putObject("fields").set(field.get(), value);
        return Optional.of(narrowed);
    }

    /** The message that a stream carries it in. */
    public ObjectNode message() {
        ObjectNode message = Json.object().put("kind", kind()).put("action", "create");
        message.set("data", data);
        return message;
    }
}
