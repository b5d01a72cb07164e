package dev.fleetline.testing.template;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * One resource of a template, its intrinsic functions not yet evaluated.
 *
 * @param properties what the resource itself says; {@link Template#effectiveProperties} adds the globals
 * @param body everything under the logical id, type and properties included
 */
public record Resource(String logicalId, String type, ObjectNode properties, ObjectNode body) {

    /** Refuses missing parts. */
    public Resource {
        requireNonNull(logicalId, "logicalId");
        requireNonNull(type, "type");
        requireNonNull(properties, "properties");
        requireNonNull(body, "body");
    }

    /** The name of the condition under which the resource exists at all. */
    public Optional<String> condition() {
        return body.path("Condition").isTextual()
                ? Optional.of(body.path("Condition").textValue())
                : Optional.empty();
    }

    /** Where the resource is in the template, for messages. */
    public String place() {
        return "Resources." + logicalId;
    }
}
