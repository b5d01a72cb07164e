package dev.fleetline.lambda;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** A batch of a DynamoDB table's stream as Lambda hands it over, with the fields that we use. */
public record TableStreamEvent(@JsonProperty("Records") List<Change> changes) {

    /** One change of an item. */
    public record Change(@JsonProperty("eventID") String eventId, String eventName, Item dynamodb) {}

    /** The item, in DynamoDB's own JSON ({@code {"device":{"S":"…"}}}). */
    public record Item(
            @JsonProperty("SequenceNumber") String sequenceNumber,
            @JsonProperty("Keys") JsonNode keys,
            @JsonProperty("NewImage") JsonNode newImage) {}
}
