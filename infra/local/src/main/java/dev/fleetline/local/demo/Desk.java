package dev.fleetline.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.lambda.EdgeJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Speaks to Fleetline and to the simulator as anybody with curl would. */
final class Desk implements AutoCloseable {

    private final URI fleetline;
    private final URI simulator;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    Desk(URI fleetline, URI simulator) {
        this.fleetline = fleetline;
        this.simulator = simulator;
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

    /** The page that a person sees who opens this address. */
    String open(String address) {
        return send(HttpRequest.newBuilder(URI.create(address))).body();
    }

    /** The page that comes when the form of this address is sent. */
    String fillIn(String address, String form) {
        return send(HttpRequest.newBuilder(URI.create(address))
                        .header("content-type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(form)))
                .body();
    }

    /** Replaces all faults of the simulator. */
    void faults(String settings) {
        postControl("faults", settings);
    }

    /** The device reports, and what came of the first try to stream it. */
    JsonNode report(Sim sim, String measures) {
        return postControl("reports", "{\"imei\":\"" + sim.imei() + "\"," + measures + "}");
    }

    /** The platform sends this text, whatever it is, to whoever gets its events; the status of the answer. */
    int message(String text) {
        return postControl(
                        "messages",
                        EdgeJson.JSON.createObjectNode().put("text", text).toString())
                .at("/delivered/0/status")
                .asInt();
    }

    /** The status with which a callback of a service with this body is answered. */
    int callBack(String service, String body) {
        return callBack(service, Map.of(), body);
    }

    /** The same with headers. */
    int callBack(String service, Map<String, String> headers, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(fleetline.resolve("/callbacks/" + service))
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString(body));
        headers.forEach(request::header);
        return send(request).statusCode();
    }

    /** The status with which the platform answers such a question. */
    int ask(String path, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(simulator.resolve(path));
        headers.forEach(request::header);
        return send(request).statusCode();
    }

    /** What the platform answers to somebody who changes something there. */
    HttpResponse<String> change(String method, String path, Map<String, String> headers, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(simulator.resolve(path))
                .header("content-type", "application/json")
                .method(method, BodyPublishers.ofString(body));
        headers.forEach(request::header);
        HttpResponse<String> answer = send(request);
        var _ = json(answer);
        return answer;
    }

    /** The details of all events of a type. */
    Stream<JsonNode> events(String detailType) {
        return local("events")
                .valueStream()
                .filter(event -> event.path("detail-type").asText().equals(detailType))
                .map(event -> event.path("detail"));
    }

    /** How many events of each type there were. */
    ObjectNode eventCounts() {
        var counts = new TreeMap<String, Integer>();
        local("events").forEach(event -> counts.merge(event.path("detail-type").asText(), 1, Integer::sum));
        ObjectNode json = EdgeJson.JSON.createObjectNode();
        counts.forEach(json::put);
        return json;
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

    /** The answer's body, where it is a yes. */
    static JsonNode json(HttpResponse<String> response) {
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
