package dev.fleetline.callbackreceiver;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetline.lambda.EdgeJson;
import dev.fleetline.testing.Invocation;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Calls the handler as Lambda does: JSON in, JSON out. */
final class Invocations {

    private Invocations() {}

    static JsonNode send(CallbackReceiverHandler handler, JsonNode request) {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            handler.handleRequest(
                    new ByteArrayInputStream(EdgeJson.JSON.writeValueAsBytes(request)),
                    out,
                    Invocation.withLeft(30_000));
            return EdgeJson.JSON.readTree(out.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
