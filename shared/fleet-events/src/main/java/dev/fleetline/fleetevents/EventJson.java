package dev.fleetline.fleetevents;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;

/** Writes an event's detail: times as ISO 8601 text, what has no value left out, {@code schemaVersion} first. */
final class EventJson {

    private static final JsonMapper JSON = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_ABSENT, JsonInclude.Include.NON_ABSENT))
            .build();

    private EventJson() {}

    static String detailOf(FleetEvent event) {
        ObjectNode detail = JSON.createObjectNode().put("schemaVersion", FleetEvent.SCHEMA_VERSION);
        detail.setAll((ObjectNode) JSON.valueToTree(event.detail()));
        try {
            return JSON.writeValueAsString(detail);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("event " + event.detailType() + " cannot be written as JSON", e);
        }
    }
}
