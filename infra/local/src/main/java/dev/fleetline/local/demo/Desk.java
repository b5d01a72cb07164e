package dev.fleetline.local.demo;

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

/** Speaks to Fleetline and to the simulator as anybody with curl would. */
final class Desk implements AutoCloseable {

    private final URI fleetline;
    private final URI simulator;
    private final String streamKey;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    Desk(URI fleetline, URI simulator, String streamKey) {
        this.fleetline = fleetline;
        this.simulator = simulator;
        this.streamKey = streamKey;
    }

    /** {@code devices} is {@code GET /local/devices}. */
    JsonNode local(String path) {
        return json(send(HttpRequest.newBuilder(fleetline.resolve("/local/" + path))));
    }

    JsonNode postLocal(String path, String body) {
        return json(send(HttpRequest.newBuilder(fleetline.resolve("/local/" + path))
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString(body))));
    }

    JsonNode control(String path) {
        return json(send(HttpRequest.newBuilder(simulator.resolve("/control/" + path))));
    }

    JsonNode postControl(String path, String body) {
        return json(send(HttpRequest.newBuilder(simulator.resolve("/control/" + path))
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString(body))));
    }

    /** The status with which a delivery of this body is answered. */
    int deliver(String body) {
        return send(HttpRequest.newBuilder(fleetline.resolve("/stream"))
                        .header("authorization", streamKey)
                        .header("content-type", "application/json")
                        .POST(BodyPublishers.ofString(body)))
                .statusCode();
    }

    @Override
    public void close() {
        http.close();
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException("no answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped while waiting for an answer", e);
        }
    }

    private static JsonNode json(HttpResponse<String> response) {
        try {
            if (response.statusCode() / 100 != 2) {
                throw new IllegalStateException(response.uri().getPath() + " answered " + response.statusCode() + " "
                        + response.body().strip());
            }
            return EdgeJson.JSON.readTree(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(response.uri().getPath() + " did not answer JSON", e);
        }
    }
}
