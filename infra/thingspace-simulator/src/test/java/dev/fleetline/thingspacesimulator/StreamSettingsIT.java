package dev.fleetline.thingspacesimulator;

import static dev.fleetline.thingspacesimulator.Platform.IMEI;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetline.thingspacesimulator.Platform.Reply;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StreamSettingsIT {

    private static final String TARGETS = "/core/api/v2/targets";
    private static final String SUBSCRIPTIONS = "/core/api/v2/subscriptions";
    private static final String REPORT = "{\"imei\":\"" + IMEI + "\"}";

    private final Platform platform = Platform.standing();
    private final Receiver receiver = new Receiver();
    private final String token = platform.userToken();

    @BeforeEach
    void a_device_is_ready() {
        platform.readyDevice(token, IMEI);
    }

    @AfterEach
    void close() {
        platform.close();
        receiver.close();
    }

    @Test
    void events_can_come_as_an_array_of_messages() {
        subscription(target(""), "");
        platform.faults("{\"aggregation\":\"array\",\"together\":3}");

        Reply first = platform.report(REPORT);
        platform.report(REPORT);
        assertThat(first.json().path("heldBack").asBoolean()).isTrue();
        assertThat(platform.state().at("/deliveries/heldBack").asInt()).isEqualTo(2);
        assertThat(receiver.deliveries()).isEmpty();
        Reply third = platform.report(REPORT);

        assertThat(third.json().at("/delivered/0/events").asInt()).isEqualTo(3);
        assertThat(receiver.deliveries()).hasSize(1);
        JsonNode message = receiver.deliveries().getFirst().json();
        assertThat(message).hasSize(3);
        assertThat(message.at("/0/kind").asText()).isEqualTo("ts.event");
        assertThat(message.at("/0/data/id").asText()).isEqualTo(first.text("eventId"));
        assertThat(message.at("/2/data/id").asText()).isEqualTo(third.text("eventId"));
    }

    @Test
    void an_array_may_have_one_event() {
        subscription(target(""), "");
        platform.faults("{\"aggregation\":\"array\"}");

        platform.report(REPORT);

        assertThat(receiver.deliveries().getFirst().json()).hasSize(1);
    }

    @Test
    void events_can_come_as_one_message_with_an_array_of_data() {
        subscription(target(""), "");
        platform.faults("{\"aggregation\":\"dataArray\",\"together\":2}");

        platform.report(REPORT);
        platform.report(REPORT);

        JsonNode message = receiver.deliveries().getFirst().json();
        assertThat(message.path("action").asText()).isEqualTo("create");
        assertThat(message.path("data")).hasSize(2);
        assertThat(message.at("/data/1/kind").asText()).isEqualTo("ts.event");
    }

    @Test
    void events_can_come_one_to_a_line() {
        subscription(target(""), "");
        platform.faults("{\"aggregation\":\"ndjson\",\"together\":2}");

        platform.report(REPORT);
        Reply second = platform.report(REPORT);

        List<String> lines = receiver.deliveries().getFirst().body().lines().toList();
        assertThat(lines).hasSize(2);
        assertThat(Platform.read(lines.get(1)).at("/data/id").asText()).isEqualTo(second.text("eventId"));
    }

    @Test
    void who_allows_no_aggregation_gets_one_event_to_a_message() {
        subscription(target(""), ",\"allowaggregation\":false");
        platform.faults("{\"aggregation\":\"array\",\"together\":2}");

        platform.report(REPORT);
        platform.report(REPORT);

        assertThat(receiver.deliveries()).hasSize(2).allMatch(delivery -> delivery.json()
                .isObject());
    }

    @Test
    void events_wait_no_longer_than_a_minute_for_each_other() {
        subscription(target(""), "");
        platform.faults("{\"aggregation\":\"array\",\"together\":100}");

        platform.report(REPORT);
        platform.report(REPORT);
        platform.forward(Duration.ofMinutes(1));

        assertThat(receiver.deliveries()).hasSize(1);
        assertThat(receiver.deliveries().getFirst().json()).hasSize(2);
    }

    @Test
    void a_message_of_many_events_that_fails_comes_again_as_it_was() {
        subscription(target(""), "");
        platform.faults("{\"aggregation\":\"array\",\"together\":2}");
        receiver.answering(503);

        platform.report(REPORT);
        platform.report(REPORT);
        platform.forward(Duration.ofMinutes(1));

        assertThat(receiver.deliveries()).hasSize(2);
        assertThat(receiver.deliveries().get(1).body())
                .isEqualTo(receiver.deliveries().get(0).body());
    }

    @Test
    void a_header_that_the_target_asks_for_stands_above_its_key_and_is_told_to_nobody() {
        String target =
                target(",\"fields\":{\"httpheaders\":{\"Authorization\":\"Basic made-up\",\"X-Stream\":\"own\"}}");
        subscription(target, "");

        platform.report(REPORT);

        assertThat(receiver.deliveries().getFirst().authorization()).hasValue("Basic made-up");
        assertThat(receiver.deliveries().getFirst().header("x-stream")).hasValue("own");
        assertThat(platform.get(TARGETS + "/" + target, token).body()).doesNotContain("made-up", "X-Stream");
    }

    @Test
    void a_header_that_no_message_can_carry_is_refused() {
        for (String header : List.of("\"no header\":\"x\"", "\"Host\":\"x\"", "\"X-Stream\":\"\\u0001\"")) {
            assertThat(create(receiver.address(), ",\"fields\":{\"httpheaders\":{" + header + "}}")
                            .text("error_description"))
                    .as(header)
                    .contains("httpheaders");
        }
    }

    @Test
    void a_target_without_tls_can_be_refused() {
        platform.faults("{\"httpTargets\":\"refused\"}");

        assertThat(create(receiver.address(), "").text("error_description")).contains("https");
        assertThat(create("https://rx.example.test:443", "").status()).isEqualTo(200);
    }

    @Test
    void a_target_without_tls_can_be_taken_and_never_be_sent_anything() {
        platform.faults("{\"httpTargets\":\"failing\"}");
        String subscription = subscription(target(""), "").text("id");

        Reply answer = platform.report(REPORT);

        assertThat(answer.json().at("/delivered/0/failure").asText()).contains("TLS");
        assertThat(receiver.deliveries()).isEmpty();
        JsonNode counted =
                platform.get(SUBSCRIPTIONS + "/" + subscription, token).json();
        assertThat(counted.path("configurationfailures").asInt()).isEqualTo(1);
        assertThat(counted.path("laststreamingstatus").asText()).isEqualTo("fail");
    }

    private String target(String more) {
        return create(receiver.address(), more).text("id");
    }

    private Reply create(String address, String more) {
        return platform.post(
                TARGETS,
                token,
                "{\"kind\":\"ts.target\",\"addressscheme\":\"streamrest\",\"key1\":\"made-up-stream-key\",\"address\":\""
                        + address + "\"" + more + "}");
    }

    private Reply subscription(String target, String more) {
        return platform.post(
                SUBSCRIPTIONS,
                token,
                "{\"kind\":\"ts.subscription\",\"streamkind\":\"ts.event\",\"targetid\":\"" + target + "\"" + more
                        + "}");
    }
}
