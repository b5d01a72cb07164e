package dev.fleetline.localstack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.fleetline.lambda.EdgeJson;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/**
 * The way in that LocalStack's free edition lacks: hands what is posted to it on loopback to a function, as an HTTP API
 * does with payload format 2.0, and answers what the function answered.
 */
final class Ingress implements AutoCloseable {

    private final HttpServer server;

    private Ingress(HttpServer server) {
        this.server = server;
    }

    static Ingress to(UnaryOperator<JsonNode> function) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                answer(exchange, function.apply(event(exchange)));
            }
        });
        server.start();
        return new Ingress(server);
    }

    /** Where ThingSpace posts to. */
    URI at(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private static JsonNode event(HttpExchange exchange) throws IOException {
        ObjectNode event = EdgeJson.JSON.createObjectNode().put("version", "2.0");
        String path = exchange.getRequestURI().getPath();
        event.put("rawPath", path);
        ObjectNode headers = event.putObject("headers");
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), String.join(",", values)));
        event.putObject("requestContext")
                .putObject("http")
                .put("method", exchange.getRequestMethod())
                .put("path", path);
        return event.put("body", new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8))
                .put("isBase64Encoded", false);
    }

    private static void answer(HttpExchange exchange, JsonNode reply) throws IOException {
        byte[] body = reply.path("body").asText().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().put("content-type", List.of("application/json"));
        exchange.sendResponseHeaders(reply.path("statusCode").asInt(502), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }
}
