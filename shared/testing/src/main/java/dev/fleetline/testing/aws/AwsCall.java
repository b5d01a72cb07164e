package dev.fleetline.testing.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** One call as a client sent it: the operation and its parameters, whatever protocol they came by. */
record AwsCall(String operation, ObjectNode parameters) {

    Optional<String> optional(String parameter) {
        JsonNode value = parameters.path(parameter);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isTextual()) {
            throw AwsRefusal.sender("SerializationException", parameter + " must be a string");
        }
        return Optional.of(value.textValue());
    }

    String required(String parameter, String errorCode) {
        return optional(parameter)
                .filter(value -> !value.isEmpty())
                .orElseThrow(() -> AwsRefusal.sender(errorCode, "You must provide a value for " + parameter + "."));
    }
}
