package dev.fleetline.callbackreceiver;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.callback.CallbackKeys.Login;
import dev.fleetline.callback.Delivery;
import dev.fleetline.callback.Delivery.Status;
import dev.fleetline.lambda.EdgeJson;
import dev.fleetline.testing.InMemoryStore;
import dev.fleetline.testing.MovableClock;
import dev.fleetline.testing.RecordedLog;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallbackReceiverHandlerTest {

    private static final String KEY = "stream-key-under-test";
    private static final String PASSWORD = "password-under-test";
    private static final int LIMIT = 262_144;

    private final InMemoryStore store = new InMemoryStore();
    private final CallbackReceiverHandler handler = Receivers.of(
            new KeysOnHand(KEY).with(new Login("cbuser", PASSWORD), new Login("cbuser", "password-before")),
            store,
            MovableClock.at("2026-03-02T16:06:00Z"));

    @Test
    void an_event_is_stored_and_then_answered() {
        JsonNode reply = send(stream(event()));

        assertThat(reply.path("statusCode").intValue()).isEqualTo(200);
        assertThat(store.deliveries()).singleElement().satisfies(delivery -> {
            assertThat(delivery.status()).isEqualTo(new Status.Received());
            assertThat(reply.path("body").textValue())
                    .isEqualTo("{\"deliveryId\":\"" + delivery.id().deliveryId() + "\",\"stored\":true}");
        });
    }

    @Test
    void the_same_event_twice_is_one_delivery_and_both_senders_are_content() {
        send(stream(event()));
        JsonNode second = send(stream(event()));

        assertThat(second.path("statusCode").intValue()).isEqualTo(200);
        assertThat(second.path("body").textValue()).contains("\"stored\":false");
        assertThat(store.deliveries()).hasSize(1);
    }

    @Test
    void a_base64_body_is_the_same_event() {
        send(stream(event()));
        ObjectNode encoded = stream(Base64.getEncoder().encodeToString(event().getBytes(UTF_8)));
        encoded.put("isBase64Encoded", true);

        assertThat(send(encoded).path("body").textValue()).contains("\"stored\":false");
    }

    @Test
    void what_is_no_base64_though_it_should_be_is_a_bad_request() {
        ObjectNode request = stream("{not base64}");
        request.put("isBase64Encoded", true);

        assertThat(send(request).path("statusCode").intValue()).isEqualTo(400);
        assertThat(store.deliveries()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "wrong-key-of-somebody", "Bearer wrong-key-of-somebody", "Bearer "})
    void a_callback_without_or_with_a_wrong_key_is_refused_and_leaves_no_trace(String authorization) {
        ObjectNode request = stream(event());
        if (authorization.isEmpty()) {
            ((ObjectNode) request.path("headers")).remove("authorization");
        } else {
            ((ObjectNode) request.path("headers")).put("authorization", authorization);
        }
        try (RecordedLog log = new RecordedLog()) {
            assertThat(send(request).path("statusCode").intValue()).isEqualTo(401);

            assertThat(store.deliveries()).isEmpty();
            assertThat(log.lines()).anyMatch(line -> line.contains("refused"));
            assertThat(log.lines()).noneMatch(line -> line.contains("wrong-key") || line.contains(KEY));
        }
    }

    @Test
    void the_good_key_is_in_no_log_either() {
        try (RecordedLog log = new RecordedLog()) {
            send(stream(event()));
            send(stream("not json"));
            store.failNextWrite();
            send(stream(event().replace("v1", "v2")));

            assertThat(log.lines()).isNotEmpty().noneMatch(line -> line.contains(KEY));
        }
    }

    @Test
    void the_size_limit_counts_bytes_as_sent() {
        String most = "é".repeat(LIMIT / 2);
        ObjectNode encoded = stream(Base64.getEncoder().encodeToString((most + "x").getBytes(UTF_8)));
        encoded.put("isBase64Encoded", true);

        assertThat(send(stream(most + "x")).path("statusCode").intValue()).isEqualTo(413);
        assertThat(send(encoded).path("statusCode").intValue()).isEqualTo(413);
        assertThat(store.deliveries()).isEmpty();
        assertThat(send(stream(most)).path("statusCode").intValue()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"not json", "", "[]", "{\"a\":1,\"a\":2}", "{\"data\":{\"x\":\"\\u0000\"}}"})
    void what_is_unreadable_under_a_good_key_is_taken_and_quarantined(String body) {
        assertThat(send(stream(body)).path("statusCode").intValue()).isEqualTo(200);

        assertThat(store.deliveries())
                .singleElement()
                .extracting(Delivery::status)
                .isInstanceOf(Status.Quarantined.class);
    }

    @Test
    void a_body_that_is_no_utf_8_is_taken_and_quarantined() {
        ObjectNode request = stream("w///");
        request.put("isBase64Encoded", true);

        assertThat(send(request).path("statusCode").intValue()).isEqualTo(200);
        assertThat(store.deliveries()).singleElement().satisfies(delivery -> assertThat(delivery.payload())
                .isEqualTo("w///"));
    }

    @Test
    void an_unknown_kind_is_taken() {
        assertThat(send(stream("{\"kind\":\"ts.else\",\"data\":{}}"))
                        .path("statusCode")
                        .intValue())
                .isEqualTo(200);
        assertThat(store.deliveries())
                .singleElement()
                .extracting(Delivery::kind)
                .isEqualTo("ts.else");
    }

    @Test
    void a_store_that_is_down_makes_the_sender_send_again() {
        store.failNextWrite();
        try (RecordedLog log = new RecordedLog()) {
            assertThat(send(stream(event())).path("statusCode").intValue()).isEqualTo(503);
            assertThat(log.lines()).anyMatch(line -> line.startsWith("ERROR"));
        }

        assertThat(send(stream(event())).path("body").textValue()).contains("\"stored\":true");
    }

    @ParameterizedTest
    @ValueSource(strings = {PASSWORD, "password-before"})
    void a_service_s_callback_is_let_in_by_its_login_and_kept_without_it(String password) {
        JsonNode reply = send(callback("{\"username\":\"cbuser\",\"password\":\"" + password + "\",\"a\":1}"));

        assertThat(reply.path("statusCode").intValue()).isEqualTo(200);
        assertThat(store.deliveries()).singleElement().satisfies(delivery -> {
            assertThat(delivery.source()).isEqualTo("callback/CarrierService");
            assertThat(delivery.status()).isEqualTo(new Status.Received());
            assertThat(delivery.payload()).isEqualTo("{\"a\":1}");
        });
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "wrong password | {\"username\":\"cbuser\",\"password\":\"password-of-a-stranger\"}",
                "wrong user | {\"username\":\"somebody\",\"password\":\"password-under-test\"}",
                "no password | {\"username\":\"cbuser\"}",
                "no username | {\"password\":\"password-under-test\"}",
                "empty password | {\"username\":\"cbuser\",\"password\":\"\"}",
                "both empty | {\"username\":\"\",\"password\":\"\"}",
                "password as number | {\"username\":\"cbuser\",\"password\":12345}",
                "password as list | {\"username\":\"cbuser\",\"password\":[\"password-under-test\"]}",
                "password null | {\"username\":\"cbuser\",\"password\":null}",
                "password twice | {\"username\":\"cbuser\",\"password\":\"x\",\"password\":\"password-under-test\"}",
                "in another case | {\"Username\":\"cbuser\",\"Password\":\"password-under-test\"}",
                "below the top | {\"a\":{\"username\":\"cbuser\",\"password\":\"password-under-test\"}}",
                "space at its end | {\"username\":\"cbuser\",\"password\":\"password-under-test \"}",
                "beginning of it | {\"username\":\"cbuser\",\"password\":\"password-under\"}",
                "swapped | {\"username\":\"password-under-test\",\"password\":\"cbuser\"}",
                "nothing | {}",
                "no object | []",
                "not json | password-under-test",
                "empty body | ``"
            })
    void a_service_s_callback_without_a_good_login_is_refused_and_leaves_no_trace(String what, String body) {
        try (RecordedLog log = new RecordedLog()) {
            JsonNode reply = send(callback(body));

            assertThat(reply.path("statusCode").intValue()).as(what).isEqualTo(401);
            assertThat(reply.path("body").asText())
                    .isEqualTo("the login in the body, the signature or the key is missing or wrong");
            assertThat(store.deliveries()).isEmpty();
            assertThat(log.lines())
                    .anyMatch(line -> line.contains("refused"))
                    .noneMatch(line -> line.contains("password-") || line.contains("cbuser"));
        }
    }

    @Test
    void a_wrong_login_is_refused_whatever_key_stands_in_the_header() {
        assertThat(send(request(
                                "/callbacks/CarrierService",
                                "POST",
                                "{\"username\":\"cbuser\",\"password\":\"password-of-a-stranger\"}"))
                        .path("statusCode")
                        .intValue())
                .isEqualTo(401);
    }

    @Test
    void a_service_that_logs_in_by_a_header_shows_the_stream_key_there() {
        JsonNode reply = send(request("/callbacks/DiagnosticsService", "POST", "{\"a\":1}"));

        assertThat(reply.path("statusCode").intValue()).isEqualTo(200);
        assertThat(store.deliveries())
                .singleElement()
                .extracting(Delivery::payload)
                .isEqualTo("{\"a\":1}");
    }

    @Test
    void a_stream_is_let_in_by_its_key_alone() {
        ObjectNode request = stream("{\"username\":\"cbuser\",\"password\":\"" + PASSWORD + "\"}");
        request.remove("headers");

        assertThat(send(request).path("statusCode").intValue()).isEqualTo(401);
    }

    @Test
    void the_login_of_a_base64_body_counts_as_well() {
        String body = "{\"username\":\"cbuser\",\"password\":\"" + PASSWORD + "\"}";
        ObjectNode request = callback(Base64.getEncoder().encodeToString(body.getBytes(UTF_8)));
        request.put("isBase64Encoded", true);

        assertThat(send(request).path("statusCode").intValue()).isEqualTo(200);
    }

    @Test
    void a_stranger_s_body_that_is_too_large_is_not_even_read() {
        String body = "{\"username\":\"cbuser\",\"password\":\"" + PASSWORD + "\",\"a\":\"" + "x".repeat(LIMIT) + "\"}";

        assertThat(send(callback(body)).path("statusCode").intValue()).isEqualTo(401);
        assertThat(store.deliveries()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "/, POST, 404",
        "/streams, POST, 404",
        "/stream/x, POST, 404",
        "/callbacks, POST, 404",
        "/callbacks/, POST, 404",
        "/callbacks/a/b, POST, 404",
        "/callbacks/%0a, POST, 404",
        "/stream, GET, 405",
        "/x/stream, PUT, 405",
        "/callbacks/CarrierService, DELETE, 405",
        "/stream, POST, 200",
        "/long/unguessable/stream, POST, 200",
    })
    void only_two_kinds_of_path_take_anything_and_only_posted(String path, String method, int status) {
        assertThat(send(request(path, method, event())).path("statusCode").intValue())
                .isEqualTo(status);
    }

    @Test
    void an_event_that_is_no_request_is_not_found() {
        assertThat(send(EdgeJson.JSON.createObjectNode()).path("statusCode").intValue())
                .isEqualTo(404);
    }

    private static String event() {
        return """
        {"kind":"ts.event","action":"create","data":{"kind":"ts.event","id":"e1","versionid":"v1",
         "deviceid":"d0c1e0a1-0000-6abc-f001-0123456789ab","createdon":"2026-03-02T16:05:26Z",
         "lastupdated":"2026-03-02T16:05:49.786Z","fields":{"battery":"8"}}}
        """;
    }

    private static ObjectNode stream(String body) {
        return request("/unguessable/stream", "POST", body);
    }

    /** As the platform sends it: without Authorization. */
    private static ObjectNode callback(String body) {
        ObjectNode request = request("/unguessable/callbacks/CarrierService", "POST", body);
        ((ObjectNode) request.path("headers")).remove("authorization");
        return request;
    }

    private static ObjectNode request(String path, String method, String body) {
        ObjectNode request = EdgeJson.JSON.createObjectNode();
        request.put("version", "2.0").put("rawPath", path).put("body", body).put("isBase64Encoded", false);
        request.putObject("headers").put("authorization", KEY).put("content-type", "application/json");
        request.putObject("requestContext")
                .putObject("http")
                .put("method", method)
                .put("path", path);
        return request;
    }

    private JsonNode send(JsonNode request) {
        return Invocations.send(handler, request);
    }
}
