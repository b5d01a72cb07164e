package dev.fleetline.local.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetline.lambda.EdgeJson;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;

/** A function on AWS; closing it closes the client. */
final class DeployedFunction implements FunctionDesk {

    private final String name;
    private final LambdaClient lambda;

    /** Nothing is asked yet. */
    DeployedFunction(String name, LambdaClient lambda) {
        this.name = name;
        this.lambda = lambda;
    }

    @Override
    public JsonNode invoke(JsonNode event) {
        InvokeResponse answer = DeployedStack.told(() ->
                lambda.invoke(invoke -> invoke.functionName(name).payload(SdkBytes.fromUtf8String(event.toString()))));
        JsonNode reply = json(answer.payload().asUtf8String());
        if (answer.functionError() != null) {
            throw new IllegalStateException(
                    name + " failed: " + reply.path("errorMessage").asText("its log says why"));
        }
        return reply;
    }

    @Override
    public void close() {
        lambda.close();
    }

    private static JsonNode json(String text) {
        try {
            return EdgeJson.JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the function did not answer JSON", e);
        }
    }
}
