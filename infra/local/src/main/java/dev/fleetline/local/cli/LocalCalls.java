package dev.fleetline.local.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetline.lambda.EdgeJson;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;

/** Calls of the Fleetline that {@code up} keeps running on this machine. */
final class LocalCalls implements AutoCloseable {

    /** As long as any function may run. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final URI baseUri;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(30))
            .build();

    /** Nothing is asked yet. */
    LocalCalls(URI baseUri) {
        this.baseUri = baseUri;
    }

    /** What is there; empty when it answers that nothing is. */
    Optional<JsonNode> find(String path) {
        HttpResponse<String> answer = send(HttpRequest.newBuilder(baseUri.resolve(path)));
        return answer.statusCode() == 404 ? Optional.empty() : Optional.of(good(answer));
    }

    /** What is there. */
    JsonNode get(String path) {
        return good(send(HttpRequest.newBuilder(baseUri.resolve(path))));
    }

    /** One of its functions. */
    FunctionDesk function(String module) {
        return new FunctionDesk() {
            @Override
            public JsonNode invoke(JsonNode event) {
                return good(send(HttpRequest.newBuilder(baseUri.resolve("/local/schedule/" + module))
                        .header("content-type", "application/json")
                        .POST(BodyPublishers.ofString(event.toString()))));
            }

            @Override
            public void close() {
                LocalCalls.this.close();
            }
        };
    }

    @Override
    public void close() {
        http.close();
    }

    private JsonNode good(HttpResponse<String> answer) {
        JsonNode body;
        try {
            body = EdgeJson.JSON.readTree(answer.body());
        } catch (JsonProcessingException notOurs) {
            body = EdgeJson.JSON.createObjectNode();
        }
        if (answer.statusCode() == 200) {
            return body;
        }
        String said = body.path("message").asText();
        throw new IllegalStateException(baseUri + " answers " + answer.statusCode()
                + (said.isEmpty() ? "; is it ready, and Fleetline?" : ": " + said));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.timeout(PATIENCE).build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(
                    "nothing answers at " + baseUri + "; start it in another terminal: infra/local/fleetline up", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped", e);
        }
    }
}
