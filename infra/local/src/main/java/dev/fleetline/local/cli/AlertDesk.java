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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A Fleetline whose alerts somebody looks after, by its HTTP API.
 *
 * <p>Whatever cannot be asked is an {@code IllegalStateException} whose message says in one line what is wrong and what
 * mends it.
 */
final class AlertDesk implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** The answers that say what became of a wish. */
    private static final Set<Integer> SAID = Set.of(200, 404, 409);

    private final URI base;
    private final AlertDeskLogin login;
    private final String hint;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(30))
            .build();

    /** Nothing is asked yet; {@code hint} is what to do when nobody answers. */
    AlertDesk(URI base, AlertDeskLogin login, String hint) {
        this.base = base;
        this.login = login;
        this.hint = hint;
    }

    /** Every alert that is open. */
    List<JsonNode> open() {
        var all = new ArrayList<JsonNode>();
        Optional<String> from = Optional.empty();
        do {
            JsonNode page = good(call(
                    "GET",
                    "/alerts"
                            + from.map(next -> "?startAfter=" + URLEncoder.encode(next, StandardCharsets.UTF_8))
                                    .orElse(""),
                    ""));
            page.path("alerts").forEach(all::add);
            from = Optional.of(page.path("next").asText()).filter(next -> !next.isEmpty());
        } while (from.isPresent());
        return all;
    }

    /** Has something done about an alert; {@code outcome} and {@code message} of what became of it. */
    JsonNode tend(String alertId, String action, JsonNode wish) {
        HttpResponse<String> answer = call("POST", "/alerts/" + alertId + "/" + action, wish.toString());
        JsonNode body = json(answer.body());
        return SAID.contains(answer.statusCode()) && body.has("outcome") ? body : good(answer);
    }

    @Override
    public void close() {
        http.close();
    }

    private JsonNode good(HttpResponse<String> answer) {
        JsonNode body = json(answer.body());
        if (answer.statusCode() == 200) {
            return body;
        }
        String said = body.path("message").asText();
        throw new IllegalStateException(
                base + " answers " + answer.statusCode() + (said.isEmpty() ? "; is it Fleetline?" : ": " + said));
    }

    private static JsonNode json(String text) {
        try {
            return EdgeJson.JSON.readTree(text);
        } catch (JsonProcessingException notOurs) {
            return EdgeJson.JSON.createObjectNode();
        }
    }

    private HttpResponse<String> call(String method, String path, String body) {
        URI address = URI.create(base.toString().replaceAll("/+$", "") + path);
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .timeout(PATIENCE)
                .header("content-type", "application/json")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        login.headers(method, address, body).forEach(request::header);
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException("nothing answers at " + base + "; " + hint, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped", e);
        }
    }
}
