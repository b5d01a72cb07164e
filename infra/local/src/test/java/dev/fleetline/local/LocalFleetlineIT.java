package dev.fleetline.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetline.lambda.EdgeJson;
import dev.fleetline.local.functions.HostedFunction;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LocalFleetlineIT {

    private static final String KEY = "a-key-for-this-test";
    private static final String ORDER = """
            {"source":"example.shop","detail-type":"DeviceOnboardingRequested","detail":{"schemaVersion":1,
             "onboardingId":"order-1","imei":"999999000000014","iccid":"89148000009999900014"}}
            """;

    /** 64 MB, six times what API Gateway takes. */
    private static final int TOO_MANY_CHUNKS = 1_024;

    private LocalFleetline fleetline;
    private HttpClient http;

    @BeforeEach
    void start() {
        fleetline =
                LocalFleetline.startAgreed(LocalSetup.onFreePorts(Path.of("").toAbsolutePath())
                        .standingAt(Instant.parse("2026-03-02T15:00:00Z"))
                        .withStreamKey(KEY));
        http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    }

    @AfterEach
    void stop() {
        http.close();
        fleetline.close();
    }

    @Test
    void an_order_and_two_reports_end_in_one_alert_however_often_they_are_sent() throws Exception {
        assertThat(get("/local/health")).isEqualTo(json("{\"status\":\"ready\"}"));
        assertThat(post("/local/events", ORDER, "")).isEqualTo(202);
        fleetline.settle();
        assertThat(get("/local/devices/999999000000014").path("uid").asText())
                .isEqualTo("d0c1e0a1-0000-6abc-f001-0123456789ab");

        for (int i = 0; i < 2; i++) {
            assertThat(post("/stream", wire("event.json"), KEY)).isBetween(200, 299);
            assertThat(post("/stream", wire("event-battery-low.json"), KEY)).isBetween(200, 299);
            fleetline.settle();
        }

        assertThat(get("/local/callbacks")).hasSize(2);
        assertThat(get("/local/events")
                        .valueStream()
                        .filter(event -> event.path("detail-type").asText().equals("DeviceAlertRaised"))
                        .map(event -> event.path("detail").path("condition").asText()))
                .containsExactly("BATTERY_LOW");
        assertThat(get("/local/devices/999999000000014").path("alerts")).isEqualTo(json("[\"BATTERY_LOW\"]"));
    }

    @Test
    void every_function_answers_its_samples_and_a_bad_one_is_no_failure() throws Exception {
        for (String module : fleetline.functionNames().split(", ", -1)) {
            Path samples = project().resolve("events/samples").resolve(module);
            try (Stream<Path> files = Files.list(samples)) {
                for (Path sample : files.filter(file -> file.toString().endsWith(".json"))
                        .sorted()
                        .toList()) {
                    String name = samples.getFileName() + "/" + sample.getFileName();
                    JsonNode event = json(Files.readString(sample));
                    Optional<String> error = expectedError(sample);
                    if (error.isPresent()) {
                        assertThatExceptionOfType(HostedFunction.Failed.class)
                                .as(name)
                                .isThrownBy(() -> fleetline.invoke(module, event))
                                .withMessageContaining(error.get());
                    } else {
                        JsonNode reply = fleetline.invoke(module, event).orElseThrow();
                        assertThat(reply.path("batchItemFailures")).as(name).isEmpty();
                        assertThat(reply.path("statusCode").asInt(200)).as(name).isLessThan(500);
                    }
                }
            }
        }
    }

    /** What its function complains of, where the answers beside the samples say that it is refused. */
    private static Optional<String> expectedError(Path sample) throws IOException {
        String answers = Files.readString(sample.resolveSibling("answers.yaml"));
        Matcher error = Pattern.compile("(?m)^" + Pattern.quote(sample.getFileName() + ":") + "\\n  error: (.+)$")
                .matcher(answers);
        return error.find() ? Optional.of(error.group(1).strip()) : Optional.empty();
    }

    private static Path project() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("template.yaml"))) {
            folder = Objects.requireNonNull(folder.getParent(), "no template.yaml above");
        }
        return folder;
    }

    @Test
    void a_delivery_with_a_wrong_key_leaves_nothing_behind() throws Exception {
        assertThat(post("/stream", wire("event.json"), "another-key-altogether"))
                .isEqualTo(401);
        fleetline.settle();
        assertThat(get("/local/callbacks")).isEmpty();
    }

    @Test
    void a_body_whose_chunks_never_end_is_cut_off_and_leaves_nothing_behind() throws Exception {
        byte[] chunk = ("10000\r\n" + "x".repeat(0x10000) + "\r\n").getBytes(StandardCharsets.US_ASCII);
        int sent = 0;
        try (var socket =
                new Socket(fleetline.baseUri().getHost(), fleetline.baseUri().getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write(("POST /stream HTTP/1.1\r\nhost: localhost\r\nauthorization: " + KEY
                            + "\r\ntransfer-encoding: chunked\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            while (sent < TOO_MANY_CHUNKS) {
                out.write(chunk);
                sent++;
            }
        } catch (IOException cutOff) {
            // as it should be
        }

        assertThat(sent).isLessThan(TOO_MANY_CHUNKS);
        assertThat(get("/local/callbacks")).isEmpty();
        assertThat(post("/stream", wire("event.json"), KEY)).isEqualTo(200);
    }

    @Test
    void a_move_of_the_clock_fires_what_came_due_once_and_in_order() throws Exception {
        List<String> fired = fleetline.forward(Duration.ofDays(1), true);
        // of stream-subscription the watch and the nightly repair, of onboarding-reconciler the look and the
        // comparison, of
        // health-sweep what is due and the whole fleet
        assertThat(fired)
                .containsExactlyInAnyOrder(
                        "outbox-relay",
                        "token-refresh",
                        "stream-subscription",
                        "health-sweep",
                        "health-sweep",
                        "stream-subscription",
                        "onboarding-reconciler",
                        "onboarding-reconciler");
        assertThat(fired.getFirst()).isEqualTo("outbox-relay");
        assertThat(fired.getLast()).isEqualTo("onboarding-reconciler");
    }

    @Test
    void what_makes_no_sense_is_refused_with_a_reason() throws Exception {
        assertThat(post("/local/events", "{\"source\":\"x\"}", "")).isEqualTo(400);
        assertThat(post("/local/clock", "{\"forward\":\"tomorrow\"}", "")).isEqualTo(400);
        assertThat(post("/local/schedule/no-such-function", "", "")).isEqualTo(404);
        assertThat(post("/elsewhere", "{}", KEY)).isEqualTo(404);
        assertThat(get("/local/devices/not-an-imei").path("message").asText()).isEqualTo("no device with this IMEI");
        assertThat(get("/local/callbacks?device=999999000000013")
                        .path("message")
                        .asText())
                .contains("\"device\" names no device", "check digit");
    }

    private int post(String path, String body, String key) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(fleetline.baseUri().resolve(path))
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString(body));
        if (!key.isEmpty()) {
            request.header("authorization", key);
        }
        return http.send(request.build(), BodyHandlers.discarding()).statusCode();
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        return json(http.send(
                        HttpRequest.newBuilder(fleetline.baseUri().resolve(path))
                                .build(),
                        BodyHandlers.ofString())
                .body());
    }

    private static JsonNode json(String text) throws IOException {
        return EdgeJson.JSON.readTree(text);
    }

    private static String wire(String name) throws IOException {
        try (InputStream file = LocalFleetlineIT.class.getResourceAsStream("/wire/" + name)) {
            return new String(Objects.requireNonNull(file, name).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
