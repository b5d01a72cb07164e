package dev.fleetline.testing.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** AWS JSON 1.1: the operation is in the header {@code X-Amz-Target}, parameters and answer are JSON. */
record JsonProtocol(String targetPrefix) implements WireProtocol {

    @Override
    public AwsCall read(Request request) {
        String target = request.target().orElse("");
        if (!target.startsWith(targetPrefix + ".")) {
            throw AwsRefusal.sender(
                    "UnknownOperationException",
                    "X-Amz-Target must start with " + targetPrefix + ". but is '" + target
                            + "': is the client of another service aimed at this endpoint?");
        }
        try {
            JsonNode parameters = ExactJson.MAPPER.readTree(request.body());
            if (parameters instanceof ObjectNode object) {
                return new AwsCall(target.substring(targetPrefix.length() + 1), object);
            }
        } catch (JsonProcessingException notJson) {
            throw AwsRefusal.sender("SerializationException", "The body is not JSON.");
        }
        throw AwsRefusal.sender("SerializationException", "The body is not a JSON object.");
    }

    @Override
    public String answer(AwsCall call, ObjectNode result) {
        return result.toString();
    }

    @Override
    public String refusal(AwsRefusal refusal) {
        return ExactJson.MAPPER
                .createObjectNode()
                .put("__type", refusal.code())
                .put("message", refusal.getMessage())
                .toString();
    }

    @Override
    public String contentType() {
        return "application/x-amz-json-1.1";
    }
}
