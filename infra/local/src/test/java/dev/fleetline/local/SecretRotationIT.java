package dev.fleetline.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.device.Imei;
import dev.fleetline.lambda.EdgeJson;
import dev.fleetline.testing.SimulatorDesk;
import java.io.IOException;
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

    private static final String NEXT = "00000000-0000-4000-8000-000000000002";
    private static final String AFTER_IT = "00000000-0000-4000-8000-000000000003";
    private static final Imei IMEI = new Imei("999999000000014");

    private final LocalFleetline fleetline =
            LocalFleetline.startAgreed(LocalSetup.onFreePorts(Path.of("").toAbsolutePath())
                    .standingAt(Instant.parse("2026-03-02T15:00:00Z"))
                    .withStreamKey("first-stream-key"));
    private final SimulatorDesk desk = new SimulatorDesk(fleetline.simulatorUri());
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<Integer> answers = new ArrayList<>();
    private final CallbackRotation rotation = new CallbackRotation(fleetline);
    private final String firstPassword = password();
    private int callbacks;

    @BeforeEach
    void a_device_is_in_service_and_a_service_calls_back() {
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
        tokensAreFresh();
        fleetline.listen("CarrierService");
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

        String second = password();
        assertThat(second).hasSize(40).isNotEqualTo(firstPassword);
        assertThat(rotation.current().streamKey()).isNotEqualTo("first-stream-key");
        for (int minute = 0; minute <= 14; minute++) {
            everybodySends(firstPassword);
            everybodySends(second);
            fleetline.forward(Duration.ofMinutes(1), false);
        }
        fleetline.forward(Duration.ofMinutes(20), false);
        rotates(AFTER_IT, second);
        everybodySends(second);
        everybodySends(password());
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
        rotation.begin(AFTER_IT);

        assertThat(catching(() -> rotation.step("createSecret", AFTER_IT))).contains("less than 30 minutes ago");
    }

    private void rotates(String version, String shownMeanwhile) throws IOException {
        tokensAreFresh();
        // fresh tokens wake stream-subscription, which would show the platform the password that is current until now
        fleetline.settle();
        rotation.begin(version);
        for (String step : CallbackRotation.STEPS) {
            rotation.step(step, version);
            everybodySends(shownMeanwhile);
            // so long a receiver may not know a new version, and so long the second step would wait
            fleetline.forward(Duration.ofSeconds(11), false);
        }
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
                        .put("username", rotation.current().username())
                        .put("password", password)
                        .put("requestId", "request-" + callbacks)
                        .put("status", "Success")
                        .toString());
    }

    private void tokensAreFresh() {
        ObjectNode tick = EdgeJson.JSON.createObjectNode().put("task", "refresh");
        assertThat(fleetline.invoke("token-refresh", tick)).isPresent();
    }

    private URI receiver() {
        return fleetline.baseUri().resolve("/only-on-this-machine/callbacks/CarrierService");
    }

    private String password() {
        return rotation.current().password();
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

    private int send(URI to, String body) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(to)
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
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
