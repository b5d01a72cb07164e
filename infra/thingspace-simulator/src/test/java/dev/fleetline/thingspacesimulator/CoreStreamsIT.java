package dev.fleetline.thingspacesimulator;

import static dev.fleetline.thingspacesimulator.Platform.IMEI;
import static dev.fleetline.thingspacesimulator.Platform.UID;
import static dev.fleetline.thingspacesimulator.Platform.wire;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetline.thingspacesimulator.Platform.Reply;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CoreStreamsIT {

    private static final String KEY = "made-up-stream-key";
    private static final String TARGETS = "/core/api/v2/targets";
    private static final String SUBSCRIPTIONS = "/core/api/v2/subscriptions";

    private final Platform platform = new Platform(
            SimulatorConfig.onFreePort().standingAt(Platform.START).waitingForReceivers(Duration.ofMillis(500)));
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
    void a_target_is_told_in_the_platforms_shape_and_without_its_key() {
        Reply created = target();

        JsonNode sample = Platform.read(wire("target-200.json"));
        Set<String> expected = fieldNames(sample);
        expected.remove("billingaccountid");
        assertThat(fieldNames(created.json())).isEqualTo(expected);
        String id = created.text("id");
        assertThat(id).isEqualTo("7a91d001-0000-6abc-e002-0123456789ab");
        assertThat(platform.get(TARGETS + "/" + id, token).json()).isEqualTo(created.json());
        assertThat(platform.get(TARGETS, token).json()).containsExactly(created.json());
        assertThat(platform.state().toString()).doesNotContain(KEY);
        assertThat(platform.delete(TARGETS + "/" + id, token).status()).isEqualTo(204);
        assertThat(platform.get(TARGETS + "/" + id, token).status()).isEqualTo(404);
    }

    @Test
    void a_subscription_is_told_in_the_platforms_shape_and_has_never_streamed() {
        Reply created = subscription(target().text("id"), "ts.event");

        JsonNode sample = Platform.read(wire("subscription-200.json"));
        Set<String> expected = fieldNames(sample);
        assertThat(fieldNames(created.json())).isEqualTo(expected);
        for (String same : List.of("laststreamingstatus", "laststreamingtime", "networkfailures", "delegateid", "id")) {
            assertThat(created.json().get(same)).as(same).isEqualTo(sample.get(same));
        }
        String id = created.text("id");
        assertThat(platform.get(SUBSCRIPTIONS, token).json()).containsExactly(created.json());
        assertThat(platform.delete(SUBSCRIPTIONS + "/" + id, token).status()).isEqualTo(204);
        assertThat(platform.get(SUBSCRIPTIONS + "/" + id, token).status()).isEqualTo(404);
    }

    @Test
    void what_cannot_stream_is_refused() {
        String target = target().text("id");

        assertThat(platform.post(TARGETS, token, "{\"kind\":\"ts.schedule\"}").text("error_description"))
                .isEqualTo("ValidationKind failed. Types do not match, ts.schedule vs Target");
        assertThat(platform.post(TARGETS, token, "\"kind\": \"ts.target||ts.subscription\"")
                        .text("error"))
                .isEqualTo("request_json_unmarshal");
        assertThat(platform.post(
                                TARGETS,
                                token,
                                "{\"kind\":\"ts.target\",\"addressscheme\":\"streamrest\",\"address\":\"rx:443\"}")
                        .status())
                .isEqualTo(400);
        assertThat(subscription("nowhere", "ts.event").status()).isEqualTo(400);
        assertThat(subscription(target, "ts.everything").status()).isEqualTo(400);
        assertThat(subscription(target, "ts.event").status()).isEqualTo(200);
        assertThat(subscription(target, "ts.event").status()).isEqualTo(409);
    }

    @Test
    void a_subscription_that_is_sent_elsewhere_keeps_its_counters() {
        String id = subscription(target().text("id"), "ts.event").text("id");
        platform.report("{\"imei\":\"" + IMEI + "\"}");
        platform.forward(Duration.ofMinutes(1));
        try (Receiver other = new Receiver()) {
            String elsewhere =
                    platform.post(TARGETS, token, targetAt(other.address())).text("id");

            Reply changed = patch(id, "{\"targetid\":\"" + elsewhere + "\"}");
            platform.report("{\"imei\":\"" + IMEI + "\"}");

            assertThat(changed.status()).isEqualTo(200);
            assertThat(changed.text("targetid")).isEqualTo(elsewhere);
            assertThat(changed.text("laststreamingstatus")).isEqualTo("success");
            assertThat(changed.text("lastupdated")).isGreaterThan(changed.text("createdon"));
            assertThat(receiver.deliveries()).hasSize(1);
            assertThat(other.deliveries()).hasSize(1);
            assertThat(platform.get(SUBSCRIPTIONS + "/" + id, token).text("targetid"))
                    .isEqualTo(elsewhere);
        }
    }

    @Test
    void a_subscription_is_sent_to_no_target_that_is_not_there() {
        String target = target().text("id");
        String id = subscription(target, "ts.event").text("id");

        assertThat(patch(id, "{\"targetid\":\"nowhere\"}").status()).isEqualTo(400);
        assertThat(patch(id, "{}").text("error_description")).contains("targetid");
        assertThat(patch("nothing", "{\"targetid\":\"" + target + "\"}").status())
                .isEqualTo(404);
        assertThat(platform.get(SUBSCRIPTIONS + "/" + id, token).text("targetid"))
                .isEqualTo(target);
    }

    @Test
    void a_platform_may_refuse_to_change_a_subscription() {
        String target = target().text("id");
        String id = subscription(target, "ts.event").text("id");
        platform.faults("{\"patchSubscription\":\"refused\"}");

        assertThat(patch(id, "{\"targetid\":\"" + target + "\"}").status()).isEqualTo(405);
    }

    @Test
    void a_token_without_the_scopes_can_set_up_no_stream() {
        String devicesOnly = platform.exchange(platform.code("ts.device")).text("access_token");

        assertThat(platform.get(TARGETS, devicesOnly).status()).isEqualTo(403);
        assertThat(platform.post(SUBSCRIPTIONS, devicesOnly, "{}").status()).isEqualTo(403);
    }

    @Test
    void a_report_reaches_the_target_as_one_event_with_the_key_as_it_is() {
        subscription(target().text("id"), "ts.event");

        Reply answer = platform.report(
                "{\"imei\":\"" + IMEI + "\",\"at\":\"2026-03-02T15:05:26Z\",\"battery\":97,\"rsrp\":-103}");

        assertThat(answer.json().at("/delivered/0/status").asInt()).isEqualTo(204);
        assertThat(receiver.deliveries()).hasSize(1);
        Receiver.Delivery delivery = receiver.deliveries().getFirst();
        assertThat(delivery.authorization()).hasValue(KEY);
        JsonNode message = delivery.json();
        JsonNode sample = Platform.read(wire("event.json"));
        assertThat(fieldNames(message)).isEqualTo(fieldNames(sample));
        assertThat(fieldNames(message.path("data"))).isEqualTo(fieldNames(sample.path("data")));
        for (String same :
                List.of("createdon", "lastupdated", "deviceid", "id", "state", "action", "tagids", "version")) {
            assertThat(message.path("data").get(same))
                    .as(same)
                    .isEqualTo(sample.path("data").get(same));
        }
        assertThat(message.at("/data/fields/battery").toString()).isEqualTo("\"97\"");
        assertThat(message.at("/data/transactionid").asText()).startsWith(IMEI + "-OnBoard-");
        assertThat(message.at("/data/versionid").asText()).isEqualTo(answer.text("versionid"));
        assertThat(versionMillis(message)).isEqualTo(versionMillis(sample));
        assertThat(answer.text("eventId")).isEqualTo(delivery.eventId());
    }

    @Test
    void a_later_event_carries_only_what_changed_or_was_named() {
        subscription(target().text("id"), "ts.event");

        platform.report("{\"imei\":\"" + IMEI + "\"}");
        platform.report("{\"imei\":\"" + IMEI + "\",\"battery\":8,\"rsrp\":-103}");
        platform.report("{\"imei\":\"" + IMEI + "\",\"battery\":8,\"serviceState\":\"Out of Service\"}");

        JsonNode second = receiver.deliveries().get(1).json().at("/data");
        JsonNode third = receiver.deliveries().get(2).json().at("/data");
        assertThat(receiver.deliveries().getFirst().json().at("/data/fields")).hasSizeGreaterThan(10);
        assertThat(fieldNames(second.path("fields")))
                .contains("battery", "signalStrength")
                .doesNotContain("deviceConfig");
        assertThat(second.has("diagnostic")).isFalse();
        assertThat(third.at("/fields/battery").asText()).isEqualTo("8");
        assertThat(third.path("fields").has("signalStrength")).isFalse();
        assertThat(third.at("/diagnostic/NW/SST").asText()).isEqualTo("Out of Service");
    }

    @Test
    void the_key_can_be_sent_as_a_bearer() {
        platform.faults("{\"authorization\":\"bearer\"}");
        subscription(target().text("id"), "ts.event");

        platform.report("{\"imei\":\"" + IMEI + "\"}");

        assertThat(receiver.deliveries().getFirst().authorization()).hasValue("Bearer " + KEY);
    }

    @Test
    void a_subscription_to_diagnostics_gets_only_what_is_about_them() {
        String target = target().text("id");
        subscription(target, "ts.event");
        subscription(target, "ts.event.diagnostics");

        platform.report("{\"imei\":\"" + IMEI + "\"}");
        Reply both = platform.report("{\"imei\":\"" + IMEI + "\",\"serviceState\":\"In Service\"}");

        assertThat(both.json().path("delivered")).hasSize(2);
        assertThat(receiver.deliveries()).hasSize(3);
    }

    @Test
    void a_receiver_that_fails_gets_the_event_again_on_the_clock_and_the_counters_tell() {
        receiver.answering(503, 500);
        String id = subscription(target().text("id"), "ts.event").text("id");

        Reply answer = platform.report("{\"imei\":\"" + IMEI + "\"}");

        assertThat(answer.json().at("/delivered/0/status").asInt()).isEqualTo(503);
        assertThat(status(id)).isEqualTo("fail");
        assertThat(receiver.deliveries()).hasSize(1);
        platform.forward(Duration.ofSeconds(59));
        assertThat(receiver.deliveries()).hasSize(1);
        platform.forward(Duration.ofHours(1));
        assertThat(receiver.deliveries()).hasSize(3);
        assertThat(receiver.deliveries())
                .extracting(Receiver.Delivery::body)
                .containsOnly(receiver.deliveries().getFirst().body());
        JsonNode counted = platform.get(SUBSCRIPTIONS + "/" + id, token).json();
        assertThat(counted.path("laststreamingstatus").asText()).isEqualTo("success");
        assertThat(counted.path("laststreamingtime").asText()).isEqualTo("2026-03-02T15:05:00.048Z");
        assertThat(counted.path("streamfailures").asInt()).isEqualTo(2);
        assertThat(counted.path("networkfailures").asInt()).isZero();
    }

    @Test
    void after_three_tries_the_platform_gives_up() {
        receiver.answering(500, 500, 500, 500);
        subscription(target().text("id"), "ts.event");

        platform.report("{\"imei\":\"" + IMEI + "\"}");
        platform.forward(Duration.ofDays(1));

        assertThat(receiver.deliveries()).hasSize(3);
        assertThat(platform.state().at("/deliveries/givenUp").asInt()).isEqualTo(1);
        assertThat(platform.state().at("/deliveries/waiting").asInt()).isZero();
    }

    @Test
    void a_receiver_that_refuses_is_not_asked_again() {
        receiver.answering(401);
        subscription(target().text("id"), "ts.event");

        platform.report("{\"imei\":\"" + IMEI + "\"}");
        platform.forward(Duration.ofDays(1));

        assertThat(receiver.deliveries()).hasSize(1);
    }

    @Test
    void a_receiver_that_does_not_answer_is_a_network_failure_and_asked_again() {
        receiver.silent();
        String id = subscription(target().text("id"), "ts.event").text("id");

        Reply answer = platform.report("{\"imei\":\"" + IMEI + "\"}");

        assertThat(answer.json().at("/delivered/0/failure").asText()).isEqualTo("no answer within PT0.5S");
        platform.forward(Duration.ofMinutes(1));
        assertThat(receiver.deliveries()).hasSize(2);
        assertThat(platform.get(SUBSCRIPTIONS + "/" + id, token)
                        .json()
                        .path("networkfailures")
                        .asInt())
                .isEqualTo(2);
    }

    @Test
    void a_deleted_target_breaks_its_subscription() {
        String target = target().text("id");
        String id = subscription(target, "ts.event").text("id");
        platform.delete(TARGETS + "/" + target, token);

        platform.report("{\"imei\":\"" + IMEI + "\"}");

        assertThat(receiver.deliveries()).isEmpty();
        assertThat(platform.get(SUBSCRIPTIONS + "/" + id, token)
                        .json()
                        .path("configurationfailures")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void a_report_that_nobody_waits_for_arrives_all_the_same() {
        subscription(target().text("id"), "ts.event");

        Reply answer = platform.report("{\"imei\":\"" + IMEI + "\",\"wait\":false}");

        assertThat(answer.json().path("delivered")).isEmpty();
        Instant deadline = Instant.now().plusSeconds(10);
        while (platform.state().at("/deliveries/accepted").asInt() == 0
                && Instant.now().isBefore(deadline)) {
            Thread.onSpinWait();
        }
        assertThat(receiver.deliveries()).hasSize(1);
        assertThat(receiver.deliveries().getFirst().json().at("/data/deviceid").asText())
                .isEqualTo(UID);
    }

    private String status(String subscription) {
        return platform.get(SUBSCRIPTIONS + "/" + subscription, token).text("laststreamingstatus");
    }

    private Reply target() {
        return platform.post(TARGETS, token, targetAt(receiver.address()));
    }

    private static String targetAt(String address) {
        return """
                {"kind":"ts.target","version":"1.0","name":"receiver","addressscheme":"streamrest",
                 "address":"%s","key1":"%s"}""".formatted(address, KEY);
    }

    private Reply patch(String id, String json) {
        return platform.send(platform.request(SUBSCRIPTIONS + "/" + id)
                .header("authorization", "Bearer " + token)
                .header("content-type", "application/json")
                .method("PATCH", BodyPublishers.ofString(json)));
    }

    private Reply subscription(String target, String streamKind) {
        return platform.post(SUBSCRIPTIONS, token, """
                {"kind":"ts.subscription","version":"1.0","streamkind":"%s","targetid":"%s","email":"ops@example.test"}""".formatted(streamKind, target));
    }

    private static long versionMillis(JsonNode message) {
        return UUID.fromString(message.at("/data/versionid").asText()).timestamp() / 10_000;
    }

    private static Set<String> fieldNames(JsonNode object) {
        Set<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
