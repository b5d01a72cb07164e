package dev.fleetline.thingspacesimulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** A simulator under test, spoken to over HTTP alone, as any client of the platform would. */
final class Platform implements AutoCloseable {

    static final Instant START = Instant.parse("2026-03-02T15:01:00.048Z");
    static final String IMEI = "999999000000014";
    static final String OTHER_IMEI = "999999000000022";
    static final String UID = "d0c1e0a1-0000-6abc-f001-0123456789ab";
    static final String ALL_SCOPES = "ts.device ts.target ts.subscription";

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final ThingSpaceSimulator simulator;
    private final HttpClient http = HttpClient.newHttpClient();

    Platform(SimulatorConfig config) {
        simulator = ThingSpaceSimulator.start(config);
    }

    /** A platform whose clock stands. */
    static Platform standing() {
        return new Platform(SimulatorConfig.onFreePort().standingAt(START));
    }

    record Reply(int status, String body, HttpResponse<String> response) {
        JsonNode json() {
            return read(body);
        }

        String text(String field) {
            return json().path(field).asText();
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }
    }

    ThingSpaceSimulator simulator() {
        return simulator;
    }

    Reply get(String path) {
        return send(request(path).GET());
    }

    Reply post(String path, String json) {
        return send(request(path).POST(BodyPublishers.ofString(json)));
    }

    Reply get(String path, String token) {
        return send(request(path).header("authorization", "Bearer " + token).GET());
    }

    Reply post(String path, String token, String json) {
        return send(posting(path, token, json));
    }

    Reply delete(String path, String token) {
        return send(request(path).header("authorization", "Bearer " + token).DELETE());
    }

    HttpRequest.Builder posting(String path, String token, String json) {
        return request(path)
                .header("authorization", "Bearer " + token)
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString(json));
    }

    Reply form(String path, Map<String, String> fields) {
        return form(path, fields, client("core"));
    }

    /** The client of a world, as id and secret. */
    String client(String world) {
        JsonNode client = get("/control/credentials").json().path(world);
        return client.path("clientId").asText() + ":"
                + client.path("clientSecret").asText();
    }

    Reply form(String path, Map<String, String> fields, String client) {
        String basic = Base64.getEncoder().encodeToString(client.getBytes(StandardCharsets.UTF_8));
        return send(request(path)
                .header("authorization", "Basic " + basic)
                .header("content-type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(query(fields))));
    }

    /** Consents as the operator does in the browser, and returns the code. */
    String code(String scope) {
        Reply reply = get("/core/oauth2/authorization?"
                + query(Map.of("response_type", "code", "client_id", clientId(), "scope", scope)));
        return codeIn(reply);
    }

    Reply exchange(String code) {
        return form("/core/oauth2/token", Map.of("grant_type", "authorization_code", "code", code));
    }

    String userToken() {
        return exchange(code(ALL_SCOPES)).text("access_token");
    }

    String clientId() {
        return get("/control/credentials").json().path("core").path("clientId").asText();
    }

    Reply register(String token, String imei) {
        return post("/core/api/v2/devices", token, registration(imei));
    }

    static String registration(String imei) {
        return """
                {"kind":"ts.device.cHeAssetTracker","version":"1.0","providerid":"99999999-9999-4999-8999-999999999999",
                 "refid":"%1$s","refidtype":"imei","qrcode":"%1$s","imei":%1$s,
                 "name":"Asset-Tracker-Sim-1","description":"simulated tracker"}""".formatted(imei);
    }

    /** Registers and activates a device, moves the clock until it is ready, and returns its id. */
    String readyDevice(String token, String imei) {
        String id = register(token, imei).text("id");
        post("/core/api/v2/devices/" + id + "/actions/activate", token, "{}");
        forward(Duration.ofMinutes(2));
        return id;
    }

    Reply forward(Duration by) {
        return post("/control/clock", "{\"forward\":\"" + by + "\"}");
    }

    Reply report(String json) {
        return post("/control/reports", json);
    }

    Reply faults(String json) {
        return post("/control/faults", json);
    }

    JsonNode state() {
        return get("/control/state").json();
    }

    /** The code in the address that a reply redirects to. */
    static String codeIn(Reply reply) {
        return redirected(reply).getOrDefault("code", "");
    }

    /** The query of the address that a reply redirects to. */
    static Map<String, String> redirected(Reply reply) {
        String query = URI.create(reply.header("location")).getRawQuery();
        return Arrays.stream(query.split("&", -1))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
    }

    static String query(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    /** A recorded message of the platform. */
    static String wire(String name) {
        try (InputStream in = Objects.requireNonNull(Platform.class.getResourceAsStream("/wire/" + name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode read(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException("not JSON: " + json, e);
        }
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(simulator.baseUri() + path)).timeout(Duration.ofSeconds(20));
    }

    Reply send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Reply(response.statusCode(), response.body(), response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
        simulator.close();
    }
}
