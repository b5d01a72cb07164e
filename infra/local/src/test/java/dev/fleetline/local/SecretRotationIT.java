package dev.fleetline.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.device.Imei;
import dev.fleetline.lambda.EdgeJson;
import dev.fleetline.testing.SimulatorDesk;
import dev.fleetline.testing.SimulatorDesk.M2mTokens;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A rotation of password and stream key while a device reports and a service calls back, with the real functions and both
 * worlds of the platform. Who is played here is Secrets Manager, which asks for the steps.
 */
class SecretRotationIT {

    private static final String SECRET = "fleetline/local/callback";
    private static final String NEXT = "00000000-0000-4000-8000-000000000002";
    private static final String AFTER_IT = "00000000-0000-4000-8000-000000000003";
    private static final Imei IMEI = new Imei("999999000000014");
    private static final List<String> STEPS = List.of("createSecret", "setSecret", "testSecret", "finishSecret");

    private final LocalFleetline fleetline =
            LocalFleetline.startAgreed(LocalSetup.onFreePorts(Path.of("").toAbsolutePath())
                    .standingAt(Instant.parse("2026-03-02T15:00:00Z"))
                    .withStreamKey("first-stream-key"));
    private final SimulatorDesk desk = new SimulatorDesk(fleetline.simulatorUri());
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<Integer> answers = new ArrayList<>();
    private final String firstPassword = field("password");
    private int callbacks;

    @BeforeEach
    void a_device_is_in_service_and_a_service_calls_back() throws IOException {
        fleetline.put(
                "example.shop",
                "DeviceOnboardingRequested",
                EdgeJson.JSON
                        .createObjectNode()
                        .put("schemaVersion", 1)
                        .put("onboardingId", "order-1")
                        .put("imei", IMEI.digits())
                        .put("iccid", "89148000009999900014"));
        fleetline.settle();
        fleetline.forward(Duration.ofMinutes(2), false);
        fleetline.settle();
        M2mTokens tokens = m2mLogin();
        send(
                fleetline.simulatorUri().resolve("/thingspace/api/m2m/v1/callbacks/" + tokens.account()),
                EdgeJson.JSON
                        .createObjectNode()
                        .put("name", "CarrierService")
                        .put("url", receiver().toString())
                        .put("username", field("username"))
                        .put("password", firstPassword)
                        .toString(),
                "authorization",
                "Bearer " + tokens.bearer(),
                "vz-m2m-token",
                tokens.session());
        fleetline.forward(Duration.ofMinutes(31), false);
    }

    @AfterEach
    void stop() {
        fleetline.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"accepted", "refused"})
    void nothing_is_lost_whether_the_platform_moves_a_subscription_or_not_and_old_passwords_are_let_in(String moves)
            throws IOException {
        desk.faults("{\"patchSubscription\":\"" + moves + "\",\"stalePassword\":\"PT14M\"}");
        everybodySends(firstPassword);

        rotates(NEXT, firstPassword);

        String second = field("password");
        assertThat(second).hasSize(40).isNotEqualTo(firstPassword);
        assertThat(field("streamKey")).isNotEqualTo("first-stream-key");
        for (int minute = 0; minute <= 14; minute++) {
            everybodySends(firstPassword);
            everybodySends(second);
            fleetline.forward(Duration.ofMinutes(1), false);
        }
        fleetline.forward(Duration.ofMinutes(20), false);
        rotates(AFTER_IT, second);
        everybodySends(second);
        everybodySends(field("password"));
        fleetline.settle();

        assertThat(answers).as("answers of the receiver").isNotEmpty().containsOnly(200);
        var kept = new TreeSet<String>();
        fleetline.callbacks().forEach(callback -> kept.add(callback.path("kind").asText()));
        assertThat(kept).contains("CarrierService", "ts.event");
        assertThat(fleetline.callbacks())
                .filteredOn(callback -> callback.path("kind").asText().equals("CarrierService"))
                .as("each of them once, and no other")
                .hasSize(callbacks);
        assertThat(fleetline.callbacks())
                .noneMatch(callback -> callback.toString().contains(firstPassword));
        assertThat(state("/deliveries/last"))
                .as("what the platform could not deliver")
                .noneMatch(SecretRotationIT::failed);
        // the password before the last is let in by nobody any more
        fleetline.forward(Duration.ofMinutes(6), false);
        assertThat(callBack(firstPassword)).isEqualTo(401);
    }

    @Test
    void a_second_rotation_within_half_an_hour_is_refused() throws IOException {
        rotates(NEXT, firstPassword);
        m2mLogin();
        begins(AFTER_IT);

        assertThat(catching(() -> step("createSecret", AFTER_IT))).contains("less than 30 minutes ago");
    }

    private void rotates(String version, String shownMeanwhile) throws IOException {
        m2mLogin();
        begins(version);
        for (String step : STEPS) {
            step(step, version);
            everybodySends(shownMeanwhile);
            // so long a receiver may not know a new version, and so long the second step would wait
            fleetline.forward(Duration.ofSeconds(11), false);
        }
    }

    private void begins(String version) {
        fleetline.secrets().rotateSecret(r -> r.secretId(SECRET)
                .clientRequestToken(version)
                .rotationLambdaARN("arn:aws:lambda:us-east-1:000000000000:function:rotation:live"));
    }

    private void step(String step, String version) {
        String arn = fleetline.secrets().describeSecret(r -> r.secretId(SECRET)).arn();
        ObjectNode event = EdgeJson.JSON
                .createObjectNode()
                .put("Step", step)
                .put("SecretId", arn)
                .put("ClientRequestToken", version);
        assertThat(fleetline.invoke("callback-secret-rotation", event)).isPresent();
    }

    /** A device reports, a service calls back as the platform has it, and one as it may still have it. */
    private void everybodySends(String password) throws IOException {
        desk.reports(IMEI, 50 + callbacks % 40);
        answers.add(callBack(password));
    }

    private int callBack(String password) throws IOException {
        callbacks++;
        return send(
                receiver(),
                EdgeJson.JSON
                        .createObjectNode()
                        .put("username", field("username"))
                        .put("password", password)
                        .put("requestId", "request-" + callbacks)
                        .put("status", "Success")
                        .toString());
    }

    private M2mTokens m2mLogin() {
        M2mTokens tokens = desk.m2mTokens();
        fleetline.secrets().putSecretValue(r -> r.secretId("fleetline/local/m2m/token")
                .secretString(EdgeJson.JSON
                        .createObjectNode()
                        .put("state", "valid")
                        .put("accessToken", tokens.bearer())
                        .put("sessionToken", tokens.session())
                        .put("obtainedAt", fleetline.now().toString())
                        .put("expiresIn", 3600)
                        .toString()));
        return tokens;
    }

    private URI receiver() {
        return fleetline.baseUri().resolve("/only-on-this-machine/callbacks/CarrierService");
    }

    private String field(String name) {
        try {
            return EdgeJson.JSON
                    .readTree(fleetline
                            .secrets()
                            .getSecretValue(r -> r.secretId(SECRET))
                            .secretString())
                    .path(name)
                    .asText();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Iterable<JsonNode> state(String pointer) throws IOException {
        try {
            return EdgeJson.JSON
                    .readTree(http.send(
                                    HttpRequest.newBuilder(
                                                    fleetline.simulatorUri().resolve("/control/state"))
                                            .build(),
                                    HttpResponse.BodyHandlers.ofString())
                            .body())
                    .at(pointer);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Answered by nobody, or otherwise than with a yes. */
    private static boolean failed(JsonNode delivery) {
        return delivery.path("status").asInt() / 100 != 2;
    }

    private int send(URI to, String body, String... headers) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(to)
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String catching(Runnable call) {
        try {
            call.run();
            return "";
        } catch (RuntimeException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
