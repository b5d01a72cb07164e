package dev.fleetline.local.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetline.lambda.EdgeJson;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The one that {@code up} keeps running on this machine. */
final class LocalCallbackDesk implements CallbackDesk {

    /** As long as callback-replay may run. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final URI baseUri;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(30))
            .build();

    /** Nothing is asked yet. */
    LocalCallbackDesk(URI baseUri) {
        this.baseUri = baseUri;
    }

    @Override
    public List<JsonNode> lines(Wanted wanted) {
        return good(send(get("/local/callbacks")))
                .valueStream()
                .filter(wanted::isOfDevice)
                .toList();
    }

    @Override
    public Optional<JsonNode> whole(String deliveryId) {
        HttpResponse<String> answer =
                send(get("/local/callbacks/" + URLEncoder.encode(deliveryId, StandardCharsets.UTF_8)));
        return answer.statusCode() == 404 ? Optional.empty() : Optional.of(good(answer));
    }

    @Override
    public JsonNode replay(JsonNode task) {
        return good(send(HttpRequest.newBuilder(baseUri.resolve("/local/schedule/callback-replay"))
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString(task.toString()))));
    }

    @Override
    public void close() {
        http.close();
    }

    private HttpRequest.Builder get(String path) {
        return HttpRequest.newBuilder(baseUri.resolve(path));
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
