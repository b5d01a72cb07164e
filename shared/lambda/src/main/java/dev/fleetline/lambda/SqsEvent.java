package dev.fleetline.lambda;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/** A batch of messages as Lambda hands it over, with the fields that we use. */
public record SqsEvent(@JsonProperty("Records") List<Message> messages) {

    /** One message of a queue. */
    public record Message(String messageId, String receiptHandle, String body) {}
}
