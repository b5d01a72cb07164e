package dev.fleetline.thingspacesimulator;

import static dev.fleetline.thingspacesimulator.Platform.IMEI;
import static dev.fleetline.thingspacesimulator.Platform.OTHER_IMEI;
import static dev.fleetline.thingspacesimulator.Platform.UID;
import static dev.fleetline.thingspacesimulator.Platform.registration;
import static dev.fleetline.thingspacesimulator.Platform.wire;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.thingspacesimulator.Platform.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CoreDevicesIT {

    private static final String DEVICES = "/core/api/v2/devices";

    private final Platform platform = Platform.standing();
    private final String token = platform.userToken();

    @AfterEach
    void close() {
        platform.close();
    }

    @Test
    void a_registered_device_has_a_platform_id_and_no_telemetry() {
        Reply reply = platform.register(token, IMEI);

        assertThat(reply.status()).isEqualTo(201);
        assertThat(reply.text("id")).isEqualTo(UID);
        assertThat(reply.text("state")).isEqualTo("registered");
        assertThat(reply.text("createdon")).isEqualTo("2026-03-02T15:01:00.048Z");
        assertThat(reply.json().has("diagnostic")).isFalse();
        assertThat(reply.json().has("fields")).isFalse();
        assertThat(reply.header("x-transaction-id")).isNotEmpty();
    }

    @Test
    void the_recorded_device_is_told_to_the_letter() {
        platform.readyDevice(token, IMEI);
        platform.forward(Duration.ofMinutes(5));
        platform.report("{\"imei\":\"" + IMEI + "\",\"at\":\"2026-03-02T15:03:42Z\"}");

        JsonNode recorded = Platform.read(wire("device-200.json"));
        JsonNode told = platform.get(DEVICES + "/" + UID, token).json();

        assertThat(versionTime(told))
                .isEqualTo(Instant.parse(told.path("lastupdated").asText()));
        assertThat(versionTime(recorded))
                .isEqualTo(Instant.parse(recorded.path("lastupdated").asText()));
        assertThat(told.path("versionid").asText()).endsWith("-02420a000001");
        // of all values only the moment of the last change is another
        ((ObjectNode) told).set("lastupdated", recorded.path("lastupdated"));
        ((ObjectNode) told).set("versionid", recorded.path("versionid"));
        assertThat(told.toString()).isEqualTo(recorded.toString());
    }

    @Test
    void another_device_has_its_own_identifiers_in_all_their_places() {
        String id = platform.readyDevice(token, OTHER_IMEI);
        platform.report("{\"imei\":\"" + OTHER_IMEI + "\"}");

        JsonNode told = platform.get(DEVICES + "/" + id, token).json();

        assertThat(id).matches("[0-9a-f]{3}1[0-9a-f]{4}-[0-9a-f]{4}-6[0-9a-f]{3}-[ef][0-9a-f]{3}-[0-9a-f]{12}");
        assertThat(told.path("imei").asLong()).isEqualTo(999999000000022L);
        assertThat(List.of(
                        told.path("refid").asText(),
                        told.path("qrcode").asText(),
                        told.at("/diagnostic/DINF/DID").asText(),
                        told.at("/diagnostic/DINF/IMEI").asText(),
                        told.at("/diagnostic/PUL/IMEI").asText()))
                .containsOnly(OTHER_IMEI);
        assertThat(told.at("/diagnostic/DINF/ICCID").asText()).isEqualTo("89148000009999900022");
        assertThat(told.toString()).doesNotContain(IMEI);
    }

    @Test
    void the_same_imei_is_not_registered_twice() {
        platform.register(token, IMEI);
        Reply again = platform.register(token, IMEI);

        assertThat(again.status()).isEqualTo(409);
        assertThat(fieldNames(again.json())).containsExactlyInAnyOrder("error", "error_description", "cause");
        assertThat(again.text("error_description")).contains("Device", "already exists");
        assertThat(platform.state().at("/registrations/" + IMEI).asInt()).isEqualTo(1);
    }

    @Test
    void an_imei_as_string_is_not_understood() {
        Reply reply = platform.post(
                DEVICES, token, registration(IMEI).replace("\"imei\":" + IMEI, "\"imei\":\"" + IMEI + "\""));

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.body()).isEqualTo(wire("imei-as-string-400.json"));
    }

    @Test
    void what_is_not_a_device_is_refused() {
        assertThat(platform.post(DEVICES, token, "{").text("error")).isEqualTo("request_json_unmarshal");
        assertThat(platform.post(DEVICES, token, registration("12345")).text("error"))
                .isEqualTo("bad_request");
        assertThat(platform.post(DEVICES, token, registration(IMEI).replace("ts.device.cHe", "ts.target.cHe"))
                        .text("error_description"))
                .startsWith("ValidationKind failed");
        assertThat(platform.post(DEVICES, token, registration(IMEI).replace("\"refid\":\"9", "\"refid\":\"8"))
                        .status())
                .isEqualTo(400);
        assertThat(platform.state().path("devices")).isEmpty();
    }

    @Test
    void a_device_is_found_by_its_imei_and_all_devices_come_in_pages() {
        platform.register(token, IMEI);
        platform.register(token, OTHER_IMEI);
        platform.register(token, "999999000000030");

        assertThat(ids(platform.get(DEVICES + "?imei=" + OTHER_IMEI, token))).hasSize(1);
        assertThat(ids(platform.get(DEVICES + "?refid=" + IMEI, token))).containsExactly(UID);
        assertThat(platform.get(DEVICES + "?imei=999999000000048", token).body())
                .isEqualTo("[]\n");
        List<String> all = ids(platform.get(DEVICES, token));
        assertThat(all).hasSize(3);
        assertThat(ids(platform.get(DEVICES + "?$limitnumber=2&$page=2", token)))
                .containsExactly(all.get(2));
        assertThat(platform.get(DEVICES + "?$page=none", token).status()).isEqualTo(400);
    }

    @Test
    void an_activated_device_is_ready_some_time_after_and_no_sooner() {
        platform.register(token, IMEI);

        Reply activated = activate(UID);
        assertThat(activated.status()).isEqualTo(200);
        assertThat(activated.text("state")).isEqualTo("registered");
        platform.forward(Duration.ofSeconds(119));
        assertThat(state(UID)).isEqualTo("registered");
        platform.forward(Duration.ofHours(1));

        JsonNode ready = platform.get(DEVICES + "/" + UID, token).json();
        assertThat(ready.path("state").asText()).isEqualTo("ready");
        // when it became ready, and not when somebody looked
        assertThat(ready.path("lastupdated").asText()).isEqualTo("2026-03-02T15:03:00.048Z");
        assertThat(platform.state().at("/activations/" + IMEI).asInt()).isEqualTo(1);
    }

    @Test
    void the_activation_delay_can_be_set() {
        platform.faults("{\"activationDelay\":\"PT0S\"}");
        platform.register(token, IMEI);

        assertThat(activate(UID).text("state")).isEqualTo("ready");
    }

    @Test
    void a_ready_device_cannot_be_activated_again() {
        platform.readyDevice(token, IMEI);

        Reply again = activate(UID);

        assertThat(again.status()).isEqualTo(400);
        assertThat(again.text("error")).startsWith("invalid_");
        assertThat(again.text("error_description")).contains("ready");
        assertThat(platform.state().at("/activations/" + IMEI).asInt()).isEqualTo(1);
    }

    @Test
    void every_accepted_activation_is_counted() {
        platform.register(token, IMEI);

        activate(UID);
        activate(UID);

        assertThat(platform.state().at("/activations/" + IMEI).asInt()).isEqualTo(2);
    }

    @Test
    void a_deactivated_device_waits_to_be_activated_anew() {
        platform.readyDevice(token, IMEI);

        assertThat(platform.post(DEVICES + "/" + UID + "/actions/deactivate", token, "{}")
                        .text("state"))
                .isEqualTo("registered");
        assertThat(platform.report("{\"imei\":\"" + IMEI + "\"}").status()).isEqualTo(409);
        assertThat(activate(UID).status()).isEqualTo(200);
    }

    @Test
    void a_deleted_device_is_gone_in_the_words_of_each_call_and_comes_back_as_another() {
        platform.readyDevice(token, IMEI);

        assertThat(platform.delete(DEVICES + "/" + UID, token).status()).isEqualTo(204);

        assertThat(platform.get(DEVICES + "/" + UID, token).status()).isEqualTo(404);
        assertThat(platform.delete(DEVICES + "/" + UID, token).status()).isEqualTo(404);
        Reply activation = activate(UID);
        assertThat(activation.status()).isEqualTo(400);
        assertThat(activation.text("error")).isEqualTo("bad_request");
        assertThat(activation.text("error_description"))
                .isEqualTo("Resource(Device) is not found with identifiers provided");
        assertThat(platform.register(token, IMEI).text("id")).isNotEqualTo(UID);
        assertThat(platform.state().at("/registrations/" + IMEI).asInt()).isEqualTo(2);
    }

    @Test
    void history_has_the_events_newest_first_and_can_be_narrowed_to_a_field() {
        platform.readyDevice(token, IMEI);
        platform.report("{\"imei\":\"" + IMEI + "\",\"at\":\"2026-03-02T15:05:26Z\",\"battery\":97}");
        platform.report("{\"imei\":\"" + IMEI + "\",\"at\":\"2026-03-02T16:05:26Z\",\"rsrp\":-111}");
        platform.report("{\"imei\":\"" + IMEI + "\",\"at\":\"2026-03-02T15:35:26Z\",\"battery\":96}");

        JsonNode all = history("/fields/actions/history", "{\"$limitnumber\":2}");
        JsonNode battery = history("/fields/battery/actions/history", "{}");

        assertThat(all).hasSize(2);
        assertThat(all.get(0).path("createdon").asText()).isEqualTo("2026-03-02T16:05:26Z");
        assertThat(all.get(1).path("createdon").asText()).isEqualTo("2026-03-02T15:35:26Z");
        assertThat(battery).hasSize(2);
        assertThat(battery.get(0).path("fields").toString()).isEqualTo("{\"battery\":\"96\"}");
    }

    @Test
    void a_late_report_does_not_overwrite_what_the_document_knows_better() {
        platform.readyDevice(token, IMEI);
        platform.report("{\"imei\":\"" + IMEI + "\",\"at\":\"2026-03-02T16:05:26Z\",\"battery\":50}");
        platform.report("{\"imei\":\"" + IMEI + "\",\"at\":\"2026-03-02T15:05:26Z\",\"battery\":60}");

        JsonNode told = platform.get(DEVICES + "/" + UID, token).json();
        assertThat(told.at("/fields/battery").asText()).isEqualTo("50");
        assertThat(told.path("lastupdated").asText()).isEqualTo("2026-03-02T16:05:49.786Z");
    }

    @Test
    void what_a_report_names_stands_in_all_its_places_as_text() {
        platform.readyDevice(token, IMEI);
        platform.report("{\"imei\":\"" + IMEI + "\",\"battery\":8,\"rsrp\":-121,\"serviceState\":\"Out of Service\"}");

        JsonNode told = platform.get(DEVICES + "/" + UID, token).json();
        assertThat(told.at("/fields/battery").toString()).isEqualTo("\"8\"");
        assertThat(told.at("/diagnostic/BTR/PERC").toString()).isEqualTo("\"8\"");
        assertThat(told.at("/fields/signalStrength").toString()).isEqualTo("\"-121\"");
        assertThat(told.at("/diagnostic/SCM/RSRP").toString()).isEqualTo("\"-121\"");
        assertThat(told.at("/diagnostic/NW/4gSIS").toString()).isEqualTo("\"-121\"");
        assertThat(told.at("/diagnostic/NW/SST").toString()).isEqualTo("\"Out of Service\"");
    }

    private JsonNode history(String path, String body) {
        return platform.post(DEVICES + "/" + UID + path, token, body).json();
    }

    private Reply activate(String id) {
        return platform.post(DEVICES + "/" + id + "/actions/activate", token, "{}");
    }

    private String state(String id) {
        return platform.get(DEVICES + "/" + id, token).text("state");
    }

    private static Instant versionTime(JsonNode document) {
        long ticks = UUID.fromString(document.path("versionid").asText()).timestamp() - 0x01b21dd213814000L;
        return Instant.ofEpochMilli(ticks / 10_000);
    }

    private static List<String> ids(Reply reply) {
        return StreamSupport.stream(reply.json().spliterator(), false)
                .map(device -> device.path("id").asText())
                .toList();
    }

    private static Set<String> fieldNames(JsonNode object) {
        Set<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
