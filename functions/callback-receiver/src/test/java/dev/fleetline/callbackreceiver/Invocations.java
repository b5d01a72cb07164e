package dev.fleetline.callbackreceiver;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetline.lambda.EdgeJson;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;

/** Calls the handler as Lambda does: JSON in, JSON out. */
final class Invocations {

    private Invocations() {}

    static JsonNode send(CallbackReceiverHandler handler, JsonNode request) {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            handler.handleRequest(
                    new ByteArrayInputStream(EdgeJson.JSON.writeValueAsBytes(request)), out, invocation());
            return EdgeJson.JSON.readTree(out.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of Lambda's context only the request id is used; anything else fails. */
    private static Context invocation() {
        return (Context) Proxy.newProxyInstance(
                Context.class.getClassLoader(), new Class<?>[] {Context.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("getAwsRequestId")) {
                        return "request-1";
                    }
                    throw new UnsupportedOperationException(method.getName());
                });
    }
}
