package dev.fleetline.thingspacesimulator;

import static dev.fleetline.thingspacesimulator.Platform.IMEI;
import static dev.fleetline.thingspacesimulator.Platform.UID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fleetline.thingspacesimulator.Platform.Reply;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FaultsIT {

    private static final String DEVICES = "/core/api/v2/devices";
    private static final String REPORT = "{\"imei\":\"" + IMEI + "\"}";

    private final Platform platform = Platform.standing();
    private final Receiver receiver = new Receiver();
    private final String token = platform.userToken();

    @AfterEach
    void close() {
        platform.close();
        receiver.close();
    }

    @Test
    void every_second_event_arrives_twice() {
        stream();
        platform.faults("{\"duplicates\":2}");

        platform.report(REPORT);
        Reply second = platform.report(REPORT);
        platform.report(REPORT);

        assertThat(second.json().path("delivered")).hasSize(2);
        assertThat(eventIds()).hasSize(4).element(2).isEqualTo(eventIds().get(1));
        assertThat(receiver.deliveries().get(2).body())
                .isEqualTo(receiver.deliveries().get(1).body());
    }

    @Test
    void a_report_held_back_arrives_after_the_one_that_follows_it() {
        stream();
        platform.faults("{\"reorder\":true}");

        Reply first = platform.report(REPORT);
        assertThat(first.json().path("heldBack").asBoolean()).isTrue();
        assertThat(platform.state().at("/deliveries/heldBack").asInt()).isEqualTo(1);
        assertThat(receiver.deliveries()).isEmpty();
        Reply second = platform.report(REPORT);

        assertThat(eventIds()).containsExactly(second.text("eventId"), first.text("eventId"));
        assertThat(second.json().path("delivered")).hasSize(2);
    }

    @Test
    void an_unreadable_delivery_breaks_off_in_the_middle() {
        stream();
        platform.faults("{\"unreadable\":1}");

        Reply answer = platform.report(REPORT);
        platform.report(REPORT);

        assertThat(answer.json().at("/delivered/0/status").asInt()).isEqualTo(204);
        assertThatThrownBy(() -> new ObjectMapper()
                        .readTree(receiver.deliveries().getFirst().body()))
                .isInstanceOf(JsonProcessingException.class);
        assertThat(receiver.deliveries().get(1).eventId()).isNotEmpty();
    }

    @Test
    void a_text_of_the_callers_is_sent_as_it_is_and_again_when_it_is_not_taken() {
        stream();
        receiver.answering(503);

        Reply answer = platform.post("/control/messages", "{\"text\":\"[{\\\"kind\\\":\\n  no JSON\"}");
        platform.forward(Duration.ofMinutes(1));

        assertThat(answer.json().at("/delivered/0/status").asInt()).isEqualTo(503);
        assertThat(receiver.deliveries())
                .extracting(Receiver.Delivery::body)
                .containsExactly("[{\"kind\":\n  no JSON", "[{\"kind\":\n  no JSON");
        assertThat(platform.post("/control/messages", "{}").text("error_description"))
                .contains("text");
    }

    @Test
    void delayed_deliveries_arrive_in_order_when_their_time_has_come() {
        stream();
        platform.faults("{\"deliveryDelay\":\"PT5M\"}");

        Reply first = platform.report(REPORT);
        platform.forward(Duration.ofMinutes(1));
        Reply second = platform.report(REPORT);
        assertThat(receiver.deliveries()).isEmpty();
        platform.forward(Duration.ofDays(1));

        assertThat(first.text("due")).isEqualTo("2026-03-02T15:08:00.048Z");
        assertThat(eventIds()).containsExactly(first.text("eventId"), second.text("eventId"));
    }

    @Test
    void so_many_calls_fail_and_do_nothing() {
        platform.faults("{\"errors\":2}");

        Reply failed = platform.register(token, IMEI);
        assertThat(failed.status()).isEqualTo(500);
        assertThat(failed.text("error_description")).doesNotContain("introspect");
        assertThat(platform.register(token, IMEI).status()).isEqualTo(500);
        assertThat(platform.register(token, IMEI).status()).isEqualTo(201);
    }

    @Test
    void the_token_endpoint_fails_on_its_own_account() {
        platform.faults("{\"tokenErrors\":1}");

        assertThat(platform.register(token, IMEI).status()).isEqualTo(201);
        assertThat(clientCredentials().status()).isEqualTo(500);
        assertThat(clientCredentials().status()).isEqualTo(200);
    }

    @Test
    void a_slow_platform_takes_its_time_for_every_answer() {
        platform.faults("{\"slow\":\"PT0.3S\"}");

        long start = System.nanoTime();
        platform.get(DEVICES, token);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(300));
    }

    @Test
    void a_lost_answer_leaves_the_deed_done() {
        platform.faults("{\"lostAnswer\":2}");

        assertThat(platform.register(token, IMEI).status()).isEqualTo(504);
        assertThat(activate().status()).isEqualTo(504);
        assertThat(activate().status()).isEqualTo(200);

        assertThat(platform.state().at("/registrations/" + IMEI).asInt()).isEqualTo(1);
        assertThat(platform.state().at("/activations/" + IMEI).asInt()).isEqualTo(2);
    }

    @Test
    void a_lost_activation_leaves_the_deed_undone_and_its_caller_hears_as_little() {
        platform.register(token, IMEI);
        String before = platform.get(DEVICES, token).json().toString();
        platform.faults("{\"lostActivation\":1}");

        assertThat(activate().status()).isEqualTo(504);
        assertThat(platform.state().at("/activations/" + IMEI).asInt()).isZero();
        assertThat(platform.get(DEVICES, token).json()).hasToString(before);

        assertThat(activate().status()).isEqualTo(200);
        assertThat(platform.state().at("/activations/" + IMEI).asInt()).isEqualTo(1);
    }

    @Test
    void an_answer_can_be_lost_with_its_connection() {
        platform.register(token, IMEI);
        platform.faults("{\"lostAnswer\":1,\"lostAnswerBy\":\"close\"}");

        assertThatThrownBy(this::activate).isInstanceOf(UncheckedIOException.class);
        assertThat(platform.state().at("/activations/" + IMEI).asInt()).isEqualTo(1);
    }

    @Test
    void an_empty_object_clears_all_faults() {
        Reply usual = platform.faults("{}");
        platform.faults("{\"errors\":5,\"lostAnswer\":5,\"rotation\":false,\"activationDelay\":\"PT1H\"}");

        Reply cleared = platform.faults("{}");

        assertThat(cleared.json()).isEqualTo(usual.json());
        assertThat(platform.get("/control/faults").json()).isEqualTo(usual.json());
        assertThat(platform.register(token, IMEI).status()).isEqualTo(201);
    }

    @Test
    void a_mistyped_fault_is_refused_by_name_and_changes_nothing() {
        Reply unknown = platform.faults("{\"error\":5}");
        assertThat(unknown.status()).isEqualTo(400);
        assertThat(unknown.text("error_description")).contains("\"error\"", "errors", "duplicates");
        assertThat(platform.faults("{\"errors\":-1}").text("error_description")).contains("errors", "from 0");
        assertThat(platform.faults("{\"slow\":\"2 s\"}").text("error_description"))
                .contains("slow", "ISO 8601");
        assertThat(platform.faults("{\"authorization\":\"basic\"}").text("error_description"))
                .contains("verbatim", "bearer");
        assertThat(platform.faults("[]").status()).isEqualTo(400);
        assertThat(platform.register(token, IMEI).status()).isEqualTo(201);
    }

    private void stream() {
        platform.readyDevice(token, IMEI);
        String target = platform.post(
                        "/core/api/v2/targets",
                        token,
                        "{\"kind\":\"ts.target\",\"addressscheme\":\"streamrest\",\"address\":\"" + receiver.address()
                                + "\"}")
                .text("id");
        platform.post(
                "/core/api/v2/subscriptions",
                token,
                "{\"kind\":\"ts.subscription\",\"streamkind\":\"ts.event\",\"targetid\":\"" + target + "\"}");
    }

    private Reply activate() {
        return platform.post(DEVICES + "/" + UID + "/actions/activate", token, "{}");
    }

    private Reply clientCredentials() {
        return platform.form("/core/oauth2/token", Map.of("grant_type", "client_credentials"));
    }

    private List<String> eventIds() {
        return receiver.deliveries().stream().map(Receiver.Delivery::eventId).toList();
    }
}
