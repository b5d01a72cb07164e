package dev.fleetline.local.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetline.lambda.EdgeJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** A running Fleetline and the platform beside it, as somebody sees them who only knows their addresses. */
public final class LoadedFleet implements AutoCloseable {

    private final URI fleetline;
    private final URI simulator;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** At those addresses. */
    public LoadedFleet(URI fleetline, URI simulator) {
        this.fleetline = fleetline;
        this.simulator = simulator;
    }

    JsonNode local(String path) {
        return send(HttpRequest.newBuilder(fleetline.resolve("/local/" + path)));
    }

    void postLocal(String path, JsonNode body) {
        post(fleetline.resolve("/local/" + path), body);
    }

    JsonNode control(String path) {
        return send(HttpRequest.newBuilder(simulator.resolve("/control/" + path)));
    }

    JsonNode postControl(String path, JsonNode body) {
        return post(simulator.resolve("/control/" + path), body);
    }

    @Override
    public void close() {
        http.close();
    }

    private JsonNode post(URI uri, JsonNode body) {
        return send(HttpRequest.newBuilder(uri)
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString(body.toString())));
    }

    private JsonNode send(HttpRequest.Builder builder) {
        HttpRequest request = builder.build();
        try {
            HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
            if (answer.statusCode() / 100 != 2) {
                throw new IllegalStateException(
                        request.uri() + " answered " + answer.statusCode() + " " + answer.body());
            }
            return EdgeJson.JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException("no answer from " + request.uri(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped while waiting for " + request.uri(), e);
        }
    }
}
