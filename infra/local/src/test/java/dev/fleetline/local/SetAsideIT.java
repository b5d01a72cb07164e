package dev.fleetline.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.device.Imei;
import dev.fleetline.lambda.EdgeJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What cannot be worked on now comes again; what never can be is kept where people look for it. */
class SetAsideIT {

    private static final String KEY = "a-key-for-this-test";
    private static final Imei IMEI = new Imei("999999000000014");

    private final LocalFleetline fleetline =
            LocalFleetline.start(LocalSetup.onFreePorts(Path.of("").toAbsolutePath())
                    .standingAt(Instant.parse("2026-03-02T15:00:00Z"))
                    .withStreamKey(KEY));

    @AfterEach
    void stop() {
        fleetline.close();
    }

    @Test
    void an_order_that_finds_no_token_comes_again_after_a_quarter_of_an_hour() {
        order();
        fleetline.authorize();

        // longer than the queue hides a message that nobody has handed back
        fleetline.forward(Duration.ofMinutes(14), false);
        fleetline.settle();
        assertThat(state()).isEqualTo("REQUESTED");

        fleetline.forward(Duration.ofMinutes(2), false);
        fleetline.settle();
        assertThat(state()).isEqualTo("ACTIVATING");
    }

    @Test
    void a_request_that_names_no_device_ends_with_the_dead_letters_of_onboarding() {
        put(EdgeJson.JSON.createObjectNode().put("schemaVersion", 1));

        assertThat(waiting("onboarding-dead-letters")).isEqualTo(1);
        assertThat(waiting("onboarding")).isZero();
    }

    @Test
    void a_report_of_a_device_that_nobody_ordered_is_kept_and_marked() throws IOException {
        receive(wire("event.json"));

        assertThat(fleetline.callbacks()).singleElement().satisfies(kept -> {
            assertThat(kept.path("status").asText()).isEqualTo("QUARANTINED");
            assertThat(kept.path("reason").asText()).isEqualTo("UNKNOWN_DEVICE");
        });
    }

    @Test
    void a_report_that_says_that_service_is_gone_raises_the_loss_at_once() throws IOException {
        fleetline.authorize();
        order();
        receive(wire("event.json")
                .replace("\"fields\"", "\"diagnostic\":{\"NW\":{\"SST\":\"No Service\"}},\"fields\""));

        assertThat(fleetline.alerts())
                .singleElement()
                .satisfies(alert -> assertThat(alert.path("condition").asText()).isEqualTo("NETWORK_LOST"));
    }

    @Test
    void an_item_that_is_no_delivery_ends_with_the_dead_letters_of_the_stream() {
        ObjectNode event = EdgeJson.JSON.createObjectNode();
        ObjectNode change =
                event.putArray("Records").addObject().put("eventID", "id-1").put("eventName", "INSERT");
        ObjectNode stored = change.putObject("dynamodb").put("SequenceNumber", "1");
        stored.putObject("Keys").putObject("device").put("S", "no delivery");
        stored.putObject("NewImage").putObject("device").put("S", "no delivery");

        Optional<JsonNode> reply = fleetline.invoke("callback-processor", event);

        assertThat(reply).hasToString("Optional[{\"batchItemFailures\":[]}]");
        assertThat(waiting("callback-dead-letters")).isEqualTo(1);
    }

    @Test
    void a_sim_that_the_carrier_says_is_in_the_device_now_takes_the_place_of_the_one_that_was_ordered() {
        order();
        String message = "{\"deviceIds\":[{\"id\":\"999999000000014\",\"kind\":\"imei\"}],\"deviceResponse\":"
                + "{\"changeIdentifierResponse\":{\"deviceIds\":[{\"id\":\"89148000009999900022\",\"kind\":\"iccid\"}]}}}";
        ObjectNode event = EdgeJson.JSON.createObjectNode();
        ObjectNode change =
                event.putArray("Records").addObject().put("eventID", "id-1").put("eventName", "INSERT");
        ObjectNode stored = change.putObject("dynamodb").put("SequenceNumber", "1");
        stored.putObject("Keys").putObject("device").put("S", "imei#999999000000014");
        ObjectNode image = stored.putObject("NewImage");
        image.putObject("schema").put("N", "1");
        Map.of(
                        "device", "imei#999999000000014",
                        "eventKey", "-#digest",
                        "deliveryId", "digest",
                        "source", "callback/CarrierService",
                        "kind", "CarrierService",
                        "receivedAt", "2026-03-02T15:01:00Z",
                        "status", "RECEIVED",
                        "payload", message)
                .forEach((name, text) -> image.putObject(name).put("S", text));

        assertThat(fleetline.invoke("callback-processor", event)).hasToString("Optional[{\"batchItemFailures\":[]}]");

        assertThat(fleetline.device(IMEI).orElseThrow().path("iccid").asText()).isEqualTo("89148000009999900022");
    }

    private void receive(String body) {
        ObjectNode request = EdgeJson.JSON.createObjectNode().put("rawPath", "/x/stream");
        request.put("body", body);
        request.putObject("headers").put("authorization", KEY);
        request.putObject("requestContext").putObject("http").put("method", "POST");
        fleetline.invoke("callback-receiver", request);
        fleetline.settle();
    }

    private void order() {
        put(EdgeJson.JSON
                .createObjectNode()
                .put("schemaVersion", 1)
                .put("onboardingId", "order-1")
                .put("imei", IMEI.digits())
                .put("iccid", "89148000009999900014"));
    }

    private void put(ObjectNode request) {
        assertThat(fleetline.put("example.shop", "DeviceOnboardingRequested", request))
                .isEmpty();
        fleetline.settle();
    }

    private String state() {
        return fleetline.device(IMEI).orElseThrow().path("state").asText();
    }

    private int waiting(String queue) {
        return fleetline
                .metrics()
                .path("queues")
                .path("fleetline-local-" + queue)
                .asInt(-1);
    }

    private static String wire(String name) throws IOException {
        try (InputStream file = SetAsideIT.class.getResourceAsStream("/wire/" + name)) {
            return new String(Objects.requireNonNull(file, name).readAllBytes(), UTF_8);
        }
    }
}
