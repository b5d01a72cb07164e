package dev.fleetline.thingspacesimulator;

import static dev.fleetline.thingspacesimulator.Platform.IMEI;
import static dev.fleetline.thingspacesimulator.Platform.wire;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.thingspacesimulator.Platform.Reply;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class M2mCallbacksIT {

    private static final String SEND = "/control/callbacks";
    private static final String ACTIVATED = "{\"service\":\"CarrierService\",\"imei\":\"" + IMEI + "\"}";

    private final Platform platform = Platform.standing();
    private final Receiver receiver = new Receiver();
    private final M2m m2m = new M2m(platform);
    private final String session = m2m.session();

    @AfterEach
    void close() {
        platform.close();
        receiver.close();
    }

    @Test
    void a_listener_is_registered_told_with_its_password_in_the_clear_replaced_and_taken_out() {
        Reply registered = listen("cb-secret-example");
        assertThat(registered.body())
                .isEqualTo("{\"accountName\":\"0999000001-00001\",\"serviceName\":\"CarrierService\"}\n");

        listen("another-secret");
        JsonNode listeners = m2m.look(m2m.bearer(), session).json();
        assertThat(listeners).hasSize(1);
        assertThat(listeners.get(0).toString())
                .isEqualTo("{\"accountName\":\"0999000001-00001\",\"serviceName\":\"CarrierService\",\"url\":\""
                        + receiver.address() + "\",\"username\":\"cbuser\",\"password\":\"another-secret\"}");

        assertThat(deregister().body()).isEqualTo(registered.body());
        assertThat(m2m.look(m2m.bearer(), session).body()).isEqualTo("[]\n");
        assertThat(deregister().status()).isEqualTo(400);
    }

    @Test
    void what_cannot_listen_is_refused_in_the_platforms_form() {
        for (String wrong : List.of(
                "{\"name\":\"CarrierService\"}",
                "{\"name\":\"CarrierService\",\"url\":\"rx.example.test\"}",
                "{\"name\":\"NobodysService\",\"url\":\"https://rx.example.test\"}",
                "{\"name\":\"CarrierService\",\"url\":\"https://rx.example.test\",\"password\":\"" + "p".repeat(41)
                        + "\"}",
                "{\"name\":\"CarrierService\",\"url\":\"https://rx.example.test\",\"password\":\"it's\"}")) {
            Reply reply = m2m.register(session, wrong);
            assertThat(reply.status()).as(wrong).isEqualTo(400);
            assertThat(reply.text("errorCode")).as(wrong).startsWith("UnifiedWebService.");
        }
        Reply elsewhere = platform.send(m2m.calling(M2m.API + "/callbacks/0999000002-00001", m2m.bearer(), session)
                .GET());
        assertThat(elsewhere.text("errorCode")).isEqualTo("UnifiedWebService.REQUEST_FAILED.AccountNotFound");
        assertThat(m2m.look(m2m.bearer(), session).body()).isEqualTo("[]\n");
    }

    @Test
    void an_activation_that_went_well_is_told_to_the_letter() {
        listen("cb-secret-example");

        Reply sent = platform.post(SEND, ACTIVATED);

        assertThat(sent.json().at("/delivered/0/status").asInt()).isEqualTo(204);
        Receiver.Delivery delivery = receiver.deliveries().getFirst();
        assertThat(delivery.userAgent()).contains("Verizon's callback service");
        assertThat(delivery.authorization()).isEmpty();
        assertThat(withRequestId(delivery.json(), "44444444-4444-4444-8444-444444444444"))
                .isEqualTo(Platform.read(wire("m2m/callback-activate-success.json")));
        assertThat(delivery.json().path("requestId").asText()).isEqualTo(sent.text("requestId"));
    }

    @Test
    void an_activation_that_failed_is_told_to_the_letter() {
        listen("cb-secret-example");

        platform.post(
                SEND,
                "{\"service\":\"CarrierService\",\"imei\":" + IMEI + ",\"iccid\":\"89148000009999900014\","
                        + "\"status\":\"Failed\",\"requestId\":\"44444444-4444-4444-8444-444444444444\"}");

        assertThat(receiver.deliveries().getFirst().json())
                .isEqualTo(Platform.read(wire("m2m/callback-activate-failed.json")));
    }

    @Test
    void a_callback_that_is_refused_comes_three_times_more_five_minutes_apart_and_is_then_lost() {
        listen("cb-secret-example");
        receiver.answering(403, 500, 403, 503);

        platform.post(SEND, ACTIVATED);
        assertThat(receiver.deliveries()).hasSize(1);
        platform.forward(Duration.ofMinutes(5));
        assertThat(receiver.deliveries()).hasSize(2);
        platform.forward(Duration.ofDays(1));

        assertThat(receiver.deliveries())
                .extracting(delivery -> delivery.json().path("callbackCount").asInt())
                .containsExactly(1, 2, 3, 4);
        assertThat(receiver.deliveries())
                .extracting(delivery -> delivery.json().path("requestId").asText())
                .containsOnly(receiver.deliveries()
                        .getFirst()
                        .json()
                        .path("requestId")
                        .asText());
        JsonNode callbacks = m2m.state().path("callbacks");
        assertThat(callbacks.path("attempts").asInt()).isEqualTo(4);
        assertThat(callbacks.path("delivered").asInt()).isZero();
        assertThat(callbacks.path("lost").asInt()).isEqualTo(1);
        assertThat(callbacks.at("/last/3/at").asText()).isEqualTo("2026-03-02T15:16:00.048Z");
    }

    @Test
    void a_callback_that_is_taken_the_second_time_is_delivered() {
        listen("cb-secret-example");
        receiver.answering(503);

        platform.post(SEND, ACTIVATED);
        platform.forward(Duration.ofHours(1));

        assertThat(receiver.deliveries()).hasSize(2);
        assertThat(m2m.state().at("/callbacks/delivered").asInt()).isEqualTo(1);
        assertThat(m2m.state().at("/callbacks/lost").asInt()).isZero();
    }

    @Test
    void what_was_measured_was_one_resend_at_once() {
        listen("cb-secret-example");
        platform.faults("{\"callbackResends\":\"measured\"}");
        receiver.answering(503, 503);

        platform.post(SEND, ACTIVATED);
        platform.forward(Duration.ofMillis(1_400));
        assertThat(receiver.deliveries()).hasSize(2);
        platform.forward(Duration.ofDays(1));

        assertThat(receiver.deliveries()).hasSize(2);
        assertThat(m2m.state().at("/callbacks/lost").asInt()).isEqualTo(1);
    }

    @Test
    void a_listener_that_does_not_answer_is_sent_the_callback_a_second_time() {
        try (Platform impatient = new Platform(
                SimulatorConfig.onFreePort().standingAt(Platform.START).waitingForReceivers(Duration.ofMillis(200)))) {
            M2m client = new M2m(impatient);
            client.register(client.session(), "{\"name\":\"CarrierService\",\"url\":\"" + receiver.address() + "\"}");
            impatient.faults("{\"callbackResends\":\"measured\"}");
            receiver.silent();

            Reply sent = impatient.post(SEND, ACTIVATED);
            impatient.forward(Duration.ofDays(1));

            assertThat(sent.json().at("/delivered/0/failure").asText()).isEqualTo("no answer within PT0.2S");
            assertThat(receiver.deliveries())
                    .extracting(
                            delivery -> delivery.json().path("callbackCount").asInt())
                    .containsExactly(1, 2);
        }
    }

    @Test
    void a_resend_after_the_listener_was_taken_out_is_lost() {
        listen("cb-secret-example");
        receiver.answering(503);
        platform.post(SEND, ACTIVATED);

        deregister();
        platform.forward(Duration.ofHours(1));

        assertThat(receiver.deliveries()).hasSize(1);
        assertThat(m2m.state().at("/callbacks/lost").asInt()).isEqualTo(1);
    }

    @Test
    void a_new_password_is_sent_at_once_unless_the_old_one_is_stale() {
        listen("old");
        platform.forward(Duration.ofDays(1));
        listen("new");

        assertThat(passwordOfNext()).isEqualTo("new");
        platform.faults("{\"stalePassword\":\"PT14M\"}");
        assertThat(passwordOfNext()).isEqualTo("old");
        platform.forward(Duration.ofSeconds(839));
        assertThat(passwordOfNext()).isEqualTo("old");
        platform.forward(Duration.ofSeconds(1));
        assertThat(passwordOfNext()).isEqualTo("new");
    }

    @Test
    void a_listener_that_is_taken_out_first_is_sent_its_old_password_for_a_while_all_the_same() {
        platform.faults("{\"stalePassword\":\"PT14M\"}");
        listen("old");
        deregister();
        listen("new");

        assertThat(passwordOfNext()).isEqualTo("old");
        platform.forward(Duration.ofMinutes(14).minusSeconds(1));
        assertThat(passwordOfNext()).isEqualTo("old");
        platform.forward(Duration.ofSeconds(1));
        assertThat(passwordOfNext()).isEqualTo("new");
    }

    @Test
    void a_password_is_stale_for_fourteen_minutes_at_most() {
        assertThat(platform.faults("{\"stalePassword\":\"PT15M\"}").text("error_description"))
                .contains("stalePassword", "PT14M");
    }

    @Test
    void a_listener_without_credentials_gets_none() {
        m2m.register(session, "{\"name\":\"CarrierService\",\"url\":\"" + receiver.address() + "\"}");

        platform.post(SEND, ACTIVATED);

        JsonNode message = receiver.deliveries().getFirst().json();
        assertThat(message.has("username")).isFalse();
        assertThat(message.has("password")).isFalse();
    }

    @Test
    void a_callback_for_nobody_or_no_device_says_what_is_missing() {
        Reply nobody = platform.post(SEND, ACTIVATED);
        assertThat(nobody.status()).isEqualTo(404);
        assertThat(nobody.text("error_description")).contains("CarrierService", "/callbacks/0999000001-00001");
        assertThat(platform.post(SEND, "{\"imei\":\"" + IMEI + "\"}").text("error_description"))
                .contains("service");
        assertThat(platform.post(SEND, "{\"service\":\"CarrierService\",\"imei\":\"5\"}")
                        .text("error_description"))
                .contains("imei", "15");
    }

    @Test
    void a_callback_need_not_be_waited_for() {
        listen("cb-secret-example");
        receiver.silent();

        Reply sent = platform.post(SEND, ACTIVATED.replace("}", ",\"wait\":false}"));

        assertThat(sent.status()).isEqualTo(200);
        assertThat(sent.json().path("delivered")).isEmpty();
    }

    @Test
    void a_registration_whose_answer_is_lost_is_in_force() {
        platform.faults("{\"m2mErrors\":1,\"m2mErrorsBy\":\"lost\"}");

        assertThat(listen("cb-secret-example").status()).isEqualTo(504);
        assertThat(m2m.state().at("/listeners/CarrierService").asText()).isEqualTo(receiver.address());
        assertThat(platform.state().toString()).doesNotContain("cb-secret-example");
    }

    private Reply listen(String password) {
        return m2m.register(
                m2m.session(),
                "{\"name\":\"CarrierService\",\"url\":\"" + receiver.address()
                        + "\",\"username\":\"cbuser\",\"password\":\"" + password + "\"}");
    }

    private Reply deregister() {
        HttpRequest.Builder request = m2m.calling(M2m.LISTENERS + "/name/CarrierService", m2m.bearer(), m2m.session());
        return platform.send(request.DELETE());
    }

    private String passwordOfNext() {
        platform.post(SEND, ACTIVATED);
        return receiver.deliveries().getLast().json().path("password").asText();
    }

    private static JsonNode withRequestId(JsonNode message, String requestId) {
        ObjectNode copy = message.deepCopy();
        return copy.put("requestId", requestId);
    }
}
