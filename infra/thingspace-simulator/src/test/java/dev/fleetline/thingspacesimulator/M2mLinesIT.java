package dev.fleetline.thingspacesimulator;

import static dev.fleetline.thingspacesimulator.Platform.IMEI;
import static dev.fleetline.thingspacesimulator.Platform.OTHER_IMEI;
import static dev.fleetline.thingspacesimulator.Platform.wire;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.thingspacesimulator.Platform.Reply;
import dev.fleetline.thingspacesimulator.wire.PlatformIds;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class M2mLinesIT {

    private static final String ICCID = "89148000009999900014";
    private static final String OTHER_ICCID = "89148000009999900022";
    private static final String THIRD_IMEI = PlatformIds.imei(3);
    private static final String NEW_ICCID = PlatformIds.iccid(PlatformIds.imei(6));
    private static final String EXAMPLE_REQUEST = "44444444-4444-4444-8444-444444444444";

    private final Platform platform = Platform.standing();
    private final Receiver receiver = new Receiver();
    private final M2m m2m = new M2m(platform);
    private String session = m2m.session();

    @AfterEach
    void close() {
        platform.close();
        receiver.close();
    }

    @Test
    void a_device_is_added_as_recorded_and_is_preactive() {
        Reply added = add(wire("m2m/add-request.json"));

        assertThat(added.status()).isEqualTo(200);
        assertThat(added.json()).isEqualTo(Platform.read(wire("m2m/add-200.json")));
        assertThat(added.body().strip()).isEqualTo(wire("m2m/add-200.json").strip());
        assertThat(state(IMEI)).isEqualTo("preactive");
        assertThat(view(IMEI).path("activations").asInt()).isZero();
    }

    @Test
    void a_200_of_add_has_a_word_for_each_device() {
        add(wire("m2m/add-request.json"));
        platform.post("/control/m2m/devices", "{\"imei\":\"" + THIRD_IMEI + "\",\"inDatabase\":false}");

        Reply added = add(adding(
                device(OTHER_IMEI, OTHER_ICCID),
                device(IMEI, ICCID),
                device(THIRD_IMEI, PlatformIds.iccid(THIRD_IMEI)),
                device(PlatformIds.imei(4), ICCID),
                device("99999900000005A", PlatformIds.iccid(PlatformIds.imei(5)))));

        assertThat(added.status()).isEqualTo(200);
        assertThat(texts(added.json(), "response"))
                .containsExactly(
                        "Success",
                        "The device is already in the account",
                        "The device is not in the device database",
                        "The SIM is in use by another device",
                        "A device identifier is not valid for its kind");
        assertThat(lines().path("devices").asInt()).isEqualTo(2);
    }

    @Test
    void what_is_wrong_with_a_request_is_said_in_the_codes_of_the_table() {
        String device = device(IMEI, ICCID);
        Map<String, String> wrong = Map.of(
                activating(device).replace("0999000001-00001", "0999000002-00001"),
                "REQUEST_FAILED.AccountNotFound",
                activating(device).replace("\"imei\"", "\"serial\""),
                "INPUT_INVALID.Device.Kind.Invalid",
                activating(device("12", ICCID)),
                "INPUT_INVALID.Device.Identifier.Invalid",
                activating(device).replace("m2m_4G", "m2m_9G"),
                "REQUEST_FAILED.m2m_9G.NotFound",
                activating(device).replace("servicePlan", "plan"),
                "REQUEST_FAILED.DeserializationFailed",
                activating(device).replace("mdnZipCode", "zip"),
                "REQUEST_FAILED.DeserializationFailed",
                activating(device).replace("98801", "98<801"),
                "INPUT_INVALID.Request.InvalidCharacter",
                "",
                "INPUT_INVALID.RequestUndefined",
                activating(device)
                        .replace("\"devices\"", "\"customFields\":[{\"key\":\"Site\",\"value\":\"x\"}],\"devices\""),
                "INPUT_INVALID.CustomField.InvalidName",
                activating(device)
                        .replace(
                                "\"devices\"",
                                "\"customFields\":[{\"key\":\"CustomField1\",\"value\":\"" + "x".repeat(51)
                                        + "\"}],\"devices\""),
                "INPUT_INVALID.CustomField.TooLong");

        wrong.forEach((body, code) -> {
            Reply reply = post("/devices/actions/activate", body);
            assertThat(reply.status()).as(code).isEqualTo(400);
            assertThat(reply.text("errorCode")).isEqualTo("UnifiedWebService." + code);
        });
        assertThat(code("/devices/actions/suspend", naming(device))).isEqualTo("REQUEST_FAILED.DeviceNotFound");
        add(adding(device));
        assertThat(code("/devices/actions/suspend", naming(device))).isEqualTo("INPUT_INVALID.DeviceState.Invalid");
        assertThat(code("/devices/actions/deactivate", naming(device)))
                .isEqualTo("REQUEST_FAILED.DeserializationFailed");
        assertThat(code("/devices/actions/add", adding(device).replace("preactive", "active")))
                .isEqualTo("INPUT_INVALID.DeviceState.Invalid");
        assertThat(lines().path("activations").asInt()).isZero();
        assertThat(lines().path("requests").asInt()).isZero();
    }

    @Test
    void each_call_takes_so_many_devices_and_no_more() {
        assertThat(post("/devices/actions/add", adding(made(200))).status()).isEqualTo(200);
        assertThat(code("/devices/actions/add", adding(made(201)))).isEqualTo("INPUT_INVALID.NumberofDevices");
        assertThat(code("/devices/actions/activate", activating(made(10_001))))
                .isEqualTo("INPUT_INVALID.MaxRequestsExceeded");
        assertThat(code("/devices/availability/actions/list", naming(made(2_001))))
                .isEqualTo("INPUT_INVALID.MaxRequestsExceeded");
        assertThat(code("/devices/actions/delete", naming(made(101)).replace("devices", "devicesToDelete")))
                .isEqualTo("INPUT_INVALID.MaxRequestsExceeded");
        assertThat(code("/devices/actions/list", "{\"maxNumberOfDevices\":2001}"))
                .isEqualTo("INPUT_INVALID.MaxRequestsExceeded");
        assertThat(lines().path("devices").asInt()).isEqualTo(200);
    }

    @Test
    void an_activation_is_only_accepted_and_its_end_is_told_to_the_letter() {
        listen("CarrierService");

        Reply accepted = post("/devices/actions/activate", wire("m2m/activate-request.json"));
        assertThat(accepted.status()).isEqualTo(200);
        assertThat(fieldNames(accepted.json())).isEqualTo(fieldNames(Platform.read(wire("m2m/activate-200.json"))));
        assertThat(state(IMEI)).isEqualTo("pending activation");
        assertThat(status(accepted)).isEqualTo("Pending");
        platform.forward(Duration.ofSeconds(119));
        assertThat(receiver.deliveries()).isEmpty();
        platform.forward(Duration.ofMinutes(3));

        assertThat(withRequestId(receiver.deliveries().getFirst().json()))
                .isEqualTo(Platform.read(wire("m2m/callback-activate-success.json")));
        assertThat(receiver.deliveries()).hasSize(1);
        assertThat(requestIds()).containsOnly(accepted.text("requestId"));
        assertThat(state(IMEI)).isEqualTo("active");
        assertThat(status(accepted)).isEqualTo("Success");
    }

    @Test
    void an_active_device_is_listed_as_recorded() {
        add(wire("m2m/add-request.json"));
        activate(device(IMEI, ICCID));
        platform.post("/control/m2m/devices", "{\"imei\":\"" + IMEI + "\",\"connected\":true}");
        platform.post("/control/m2m/devices", "{\"imei\":\"" + IMEI + "\",\"connected\":false}");

        JsonNode recorded = Platform.read(wire("m2m/list-200.json"));
        Reply listed = post("/devices/actions/list", "{}");
        JsonNode told = listed.json();

        assertThat(listed.status()).isEqualTo(200);
        ObjectNode device = (ObjectNode) told.at("/devices/0");
        // the recording is without what the next page is asked for by
        assertThat(device.remove("extendedAttributes").toString())
                .isEqualTo("[{\"key\":\"DeviceId\",\"value\":\"1\"}]");
        for (String time : List.of("createdAt", "lastActivationDate", "lastConnectionDate")) {
            assertThat(device.path(time).asText()).matches("2026-03-02T10:0\\d:\\d\\d-05:00");
            device.set(time, recorded.at("/devices/0/" + time));
        }
        // another spelling of the plan, which nobody has explained
        ((ObjectNode) device.at("/carrierInformations/0")).put("servicePlan", "m2m4G");
        assertThat(told.toString()).isEqualTo(recorded.toString());
    }

    @Test
    void devices_of_one_request_have_one_id_and_an_end_each() {
        listen("CarrierService");

        Reply accepted =
                post("/devices/actions/activate", activating(device(IMEI, ICCID), device(OTHER_IMEI, OTHER_ICCID)));
        platform.forward(Duration.ofMinutes(5));

        assertThat(requestIds()).containsExactly(accepted.text("requestId"), accepted.text("requestId"));
        assertThat(receiver.deliveries())
                .extracting(delivery -> delivery.json().at("/deviceIds/0/id").asText())
                .containsExactlyInAnyOrder(IMEI, OTHER_IMEI);
        assertThat(lines().at("/states/active").asInt()).isEqualTo(2);
    }

    @Test
    void who_orders_twice_is_told_at_the_end_and_is_counted() {
        listen("CarrierService");
        post("/devices/actions/activate", activating(device(IMEI, ICCID)));
        Reply second = post("/devices/actions/activate", activating(device(IMEI, ICCID)));

        assertThat(texts(view(IMEI).path("openRequests"))).hasSize(2);
        platform.forward(Duration.ofMinutes(5));

        assertThat(receiver.deliveries()).hasSize(2);
        assertThat(withRequestId(receiver.deliveries().get(1).json()))
                .isEqualTo(Platform.read(wire("m2m/callback-activate-failed.json")));
        assertThat(status(second)).isIn("Success", "Failure");
        assertThat(view(IMEI).path("activations").asInt()).isEqualTo(2);
        assertThat(view(IMEI).path("duplicates").asInt()).isEqualTo(1);
        assertThat(view(IMEI).path("openRequests")).isEmpty();
        assertThat(lines().path("devicesByActivations").toString()).isEqualTo("{\"2\":1}");
    }

    @Test
    void that_a_device_is_active_can_be_said_at_once() {
        activate(device(IMEI, ICCID));
        platform.faults("{\"m2mAlreadyActiveBy\":\"answer\"}");

        assertThat(code("/devices/actions/activate", activating(device(IMEI, ICCID))))
                .isEqualTo("REQUEST_FAILED.DeviceAlreadyActive");
        assertThat(view(IMEI).path("activations").asInt()).isEqualTo(1);
    }

    @Test
    void an_activation_can_take_half_a_day_and_the_same_seed_takes_as_long() {
        platform.faults("{\"m2mDelayLeast\":\"PT1M\",\"m2mDelayMost\":\"PT12H\",\"m2mSeed\":7}");
        post("/devices/actions/activate", activating(made(100)));

        platform.forward(Duration.ofHours(6));
        int early = lines().at("/states/active").asInt();
        assertThat(early).isBetween(30, 70);
        platform.forward(Duration.ofHours(6));
        assertThat(lines().at("/states/active").asInt()).isEqualTo(100);

        try (Platform again = Platform.standing()) {
            M2m client = new M2m(again);
            again.faults("{\"m2mDelayLeast\":\"PT1M\",\"m2mDelayMost\":\"PT12H\",\"m2mSeed\":7}");
            again.send(client.calling(M2m.API + "/devices/actions/activate", client.bearer(), client.session())
                    .POST(BodyPublishers.ofString(activating(made(100)))));
            again.forward(Duration.ofHours(6));
            assertThat(client.state().at("/lines/states/active").asInt()).isEqualTo(early);
        }
    }

    @Test
    void a_lost_callback_leaves_an_active_device_and_a_request_that_says_so() {
        listen("CarrierService");
        platform.faults("{\"m2mLost\":100}");

        Reply accepted = activate(device(IMEI, ICCID));

        assertThat(receiver.deliveries()).isEmpty();
        assertThat(state(IMEI)).isEqualTo("active");
        assertThat(status(accepted)).isEqualTo("Success");
        assertThat(lines().at("/told/lost").asInt()).isEqualTo(1);
    }

    @Test
    void a_doubled_callback_is_the_same_twice() {
        listen("CarrierService");
        platform.faults("{\"m2mDoubled\":100}");

        activate(device(IMEI, ICCID));

        assertThat(receiver.deliveries()).hasSize(2);
        assertThat(receiver.deliveries().get(1).body())
                .isEqualTo(receiver.deliveries().getFirst().body());
        assertThat(view(IMEI).path("activations").asInt()).isEqualTo(1);
    }

    @Test
    void a_late_callback_comes_long_after_the_device_is_active() {
        listen("CarrierService");
        platform.faults("{\"m2mLate\":100,\"m2mLateBy\":\"PT9H\"}");

        activate(device(IMEI, ICCID));
        assertThat(state(IMEI)).isEqualTo("active");
        platform.forward(Duration.ofHours(8));
        assertThat(receiver.deliveries()).isEmpty();
        platform.forward(Duration.ofHours(1));

        assertThat(receiver.deliveries()).hasSize(1);
    }

    @Test
    void of_two_callbacks_that_contradict_each_other_either_may_be_true() {
        listen("CarrierService");
        platform.faults("{\"m2mContradictory\":100,\"m2mFailed\":50}");

        activate(made(40));
        platform.forward(Duration.ofMinutes(10));

        Map<String, List<String>> said = receiver.deliveries().stream()
                .map(Receiver.Delivery::json)
                .collect(Collectors.groupingBy(
                        M2mLinesIT::imeiIn,
                        Collectors.mapping(message -> message.path("status").asText(), Collectors.toList())));
        assertThat(said).hasSize(40);
        assertThat(new HashSet<>(said.values()))
                .containsExactlyInAnyOrder(List.of("Success", "Failed"), List.of("Failed", "Success"));
        Set<String> lastWordAndState = said.entrySet().stream()
                .map(device -> device.getValue().getLast() + " " + state(device.getKey()))
                .collect(Collectors.toSet());
        assertThat(lastWordAndState)
                .containsExactlyInAnyOrder("Success active", "Success deactive", "Failed active", "Failed deactive");
    }

    @Test
    void an_activation_that_fails_leaves_a_deactive_device_that_can_be_activated_anew() {
        listen("CarrierService");
        platform.faults("{\"m2mFailed\":100}");

        Reply failed = activate(device(IMEI, ICCID));

        assertThat(receiver.deliveries().getFirst().json().path("status").asText())
                .isEqualTo("Failed");
        assertThat(state(IMEI)).isEqualTo("deactive");
        assertThat(status(failed)).isEqualTo("Failure");
        platform.faults("{}");
        activate(device(IMEI, ICCID));
        assertThat(state(IMEI)).isEqualTo("active");
        assertThat(view(IMEI).path("activations").asInt()).isEqualTo(2);
        assertThat(view(IMEI).path("duplicates").asInt()).isZero();
    }

    @Test
    void already_active_can_be_all_that_is_ever_said_of_an_activation() {
        listen("CarrierService");
        platform.faults("{\"m2mAlreadyActive\":100}");

        activate(device(IMEI, ICCID));

        assertThat(withRequestId(receiver.deliveries().getFirst().json()))
                .isEqualTo(Platform.read(wire("m2m/callback-activate-failed.json")));
        assertThat(state(IMEI)).isEqualTo("active");
    }

    @Test
    void a_stuck_activation_never_ends() {
        platform.faults("{\"m2mStuck\":100}");

        Reply accepted = activate(device(IMEI, ICCID));
        platform.forward(Duration.ofDays(30));
        session = m2m.session();

        assertThat(state(IMEI)).isEqualTo("pending activation");
        assertThat(status(accepted)).isEqualTo("Pending");
        assertThat(lines().path("openRequests").asInt()).isEqualTo(1);
    }

    @Test
    void shares_are_kept_among_many() {
        platform.faults("{\"m2mLost\":5,\"m2mDoubled\":5,\"m2mFailed\":10}");
        activate(made(2_000));

        assertThat(lines().at("/told/lost").asInt()).isBetween(60, 140);
        assertThat(lines().at("/told/doubled").asInt()).isBetween(60, 140);
        assertThat(lines().at("/states/deactive").asInt()).isBetween(140, 260);
    }

    @Test
    void shares_that_are_more_than_all_are_refused() {
        for (String wrong : List.of(
                "{\"m2mFailed\":60,\"m2mStuck\":41}",
                "{\"m2mLost\":60,\"m2mLate\":41}",
                "{\"m2mDelayLeast\":\"PT2H\",\"m2mDelayMost\":\"PT1H\"}",
                "{\"m2mDelayMost\":\"P8D\"}")) {
            assertThat(platform.faults(wrong).status()).as(wrong).isEqualTo(400);
        }
    }

    @Test
    void a_hundred_activate_requests_a_minute_come_through() {
        for (int i = 0; i < 100; i++) {
            post("/devices/actions/activate", activating(device(IMEI, ICCID)));
        }

        Reply throttled = post("/devices/actions/activate", activating(device(OTHER_IMEI, OTHER_ICCID)));
        assertThat(throttled.status()).isEqualTo(429);
        assertThat(throttled.json().at("/fault/code").asText()).isEqualTo("900800");
        platform.faults("{\"m2mThrottledStatus\":\"503\"}");
        assertThat(post("/devices/actions/activate", activating(device(OTHER_IMEI, OTHER_ICCID)))
                        .status())
                .isEqualTo(503);
        assertThat(lines().path("devices").asInt()).isEqualTo(1);
        platform.forward(Duration.ofMinutes(1));
        assertThat(post("/devices/actions/activate", activating(device(OTHER_IMEI, OTHER_ICCID)))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void a_line_has_so_many_actions_a_day() {
        listen("CarrierService");
        platform.faults("{\"m2mLineActions\":2}");
        activate(device(IMEI, ICCID));
        change("suspend");

        Reply refused = post("/devices/actions/restore", naming(device(IMEI, ICCID)));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text("errorCode")).isEqualTo("UnifiedWebService.REQUEST_FAILED.LineActionsExceeded");
        // in company it is its device's end alone
        post("/devices/actions/activate", activating(device(OTHER_IMEI, OTHER_ICCID)));
        platform.forward(Duration.ofMinutes(5));
        platform.post("/control/m2m/devices", "{\"imei\":\"" + OTHER_IMEI + "\",\"state\":\"suspend\"}");
        post("/devices/actions/restore", naming(device(IMEI, ICCID), device(OTHER_IMEI, OTHER_ICCID)));
        platform.forward(Duration.ofMinutes(5));
        assertThat(state(IMEI)).isEqualTo("suspend");
        assertThat(state(OTHER_IMEI)).isEqualTo("active");
        assertThat(receiver.deliveries())
                .anyMatch(delivery -> delivery.body().contains("REQUEST_FAILED.LineActionsExceeded"));
        assertThat(view(IMEI).path("refused").asInt()).isEqualTo(1);

        platform.forward(Duration.ofDays(1));
        session = m2m.session();
        change("restore");
        assertThat(state(IMEI)).isEqualTo("active");
    }

    @Test
    void a_line_is_suspended_restored_deactivated_and_deleted() {
        listen("CarrierService");
        activate(device(IMEI, ICCID));
        assertThat(deleted()).isEqualTo("Failed The device is not deactive");

        change("suspend");
        assertThat(state(IMEI)).isEqualTo("suspend");
        change("restore");
        assertThat(state(IMEI)).isEqualTo("active");
        post(
                "/devices/actions/deactivate",
                naming(device(IMEI, ICCID)).replace("{\"acc", "{\"reasonCode\":\"FF\",\"acc"));
        assertThat(state(IMEI)).isEqualTo("pending deactivation");
        platform.forward(Duration.ofMinutes(5));

        assertThat(state(IMEI)).isEqualTo("deactive");
        // its number is gone, and it will have another one
        assertThat(view(IMEI).has("mdn")).isFalse();
        assertThat(receiver.deliveries().stream().map(delivery -> delivery.json()
                        .path("deviceResponse")
                        .fieldNames()
                        .next()))
                .containsExactly("activateResponse", "suspendResponse", "restoreResponse", "deactivateResponse");
        activate(device(IMEI, ICCID));
        assertThat(view(IMEI).path("mdn").asText()).isEqualTo("5550110014");
        platform.post("/control/m2m/devices", "{\"imei\":\"" + IMEI + "\",\"state\":\"deactive\"}");
        assertThat(deleted()).isEqualTo("Success The device is deleted");
        assertThat(deleted()).isEqualTo("Failed The device is not found");
        assertThat(view(IMEI).path("inAccount").asBoolean()).isFalse();
        assertThat(view(IMEI).path("activations").asInt()).isEqualTo(2);
    }

    @Test
    void a_list_comes_in_pages_until_it_is_complete() {
        post("/devices/actions/activate", activating(made(25)));

        Reply first = post("/devices/actions/list", "{\"maxNumberOfDevices\":10}");
        assertThat(first.status()).isEqualTo(202);
        assertThat(first.json().path("hasMoreData").asBoolean()).isTrue();
        Reply second = post(
                "/devices/actions/list",
                "{\"maxNumberOfDevices\":10,\"largestDeviceIdSeen\":" + lastDeviceId(first) + "}");
        assertThat(second.status()).isEqualTo(202);
        Reply third = post(
                "/devices/actions/list",
                "{\"maxNumberOfDevices\":10,\"largestDeviceIdSeen\":\"" + lastDeviceId(second) + "\"}");

        assertThat(third.status()).isEqualTo(200);
        assertThat(third.json().path("hasMoreData").asBoolean()).isFalse();
        assertThat(StreamSupport.stream(third.json().path("devices").spliterator(), false))
                .hasSize(5);
        assertThat(lastDeviceId(third)).isEqualTo("25");
    }

    @Test
    void a_list_can_be_narrowed_and_one_device_asked_for_by_any_of_its_ids() {
        add(adding(device(OTHER_IMEI, OTHER_ICCID)));
        activate(device(IMEI, ICCID));

        assertThat(found("{\"currentState\":\"active\"}")).containsExactly(IMEI);
        assertThat(found("{\"currentState\":\"preactive\",\"accountName\":\"0999000001-00001\"}"))
                .containsExactly(OTHER_IMEI);
        assertThat(found("{\"filter\":{\"deviceIdentifierFilters\":[{\"kind\":\"iccid\",\"endswith\":\"22\"}]}}"))
                .containsExactly(OTHER_IMEI);
        assertThat(found("{\"deviceId\":{\"kind\":\"mdn\",\"id\":\"5550100014\"}}"))
                .containsExactly(IMEI);
        assertThat(found("{\"deviceId\":{\"kind\":\"ICCID\",\"id\":\"" + OTHER_ICCID + "\"}}"))
                .containsExactly(OTHER_IMEI);
        assertThat(code("/devices/actions/list", "{\"deviceId\":{\"kind\":\"imei\",\"id\":\"" + THIRD_IMEI + "\"}}"))
                .isEqualTo("REQUEST_FAILED.DeviceNotFound");
    }

    @Test
    void availability_is_told_for_each_device() {
        listen("DeviceService");
        add(adding(device(IMEI, ICCID)));
        platform.post("/control/m2m/devices", "{\"imei\":\"" + THIRD_IMEI + "\",\"inDatabase\":false}");

        Reply asked = post(
                "/devices/availability/actions/list",
                naming(
                        device(IMEI, ICCID),
                        device(THIRD_IMEI, PlatformIds.iccid(THIRD_IMEI)),
                        device(OTHER_IMEI, ICCID)));
        platform.forward(Duration.ofMinutes(5));

        assertThat(requestIds()).hasSize(3).containsOnly(asked.text("requestId"));
        assertThat(receiver.deliveries().stream()
                        .map(Receiver.Delivery::json)
                        .map(message ->
                                imeiIn(message) + " " + message.path("status").asText() + " "
                                        + message.at("/faultResponse/faultcode").asText()))
                .containsExactlyInAnyOrder(
                        IMEI + " Success ",
                        THIRD_IMEI + " Failed UnifiedWebService.REQUEST_FAILED.DeviceNotFound",
                        OTHER_IMEI + " Failed UnifiedWebService.REQUEST_FAILED.UnexpectedError");
        assertThat(status(asked)).isEqualTo("Failure");
    }

    @Test
    void somebody_edits_in_the_portal_and_nobody_is_told() {
        listen("CarrierService");
        activate(device(IMEI, ICCID));
        receiver.deliveries().clear();

        platform.post("/control/m2m/devices", "{\"imei\":\"" + IMEI + "\",\"state\":\"suspend\"}");
        assertThat(state(IMEI)).isEqualTo("suspend");
        platform.post("/control/m2m/devices", "{\"imei\":\"" + IMEI + "\",\"iccid\":\"" + NEW_ICCID + "\"}");
        assertThat(view(IMEI).path("iccid").asText()).isEqualTo(NEW_ICCID);
        // the old card is free again
        assertThat(texts(add(adding(device(OTHER_IMEI, ICCID))).json(), "response"))
                .containsExactly("Success");
        assertThat(platform.post("/control/m2m/devices", "{\"imei\":\"" + IMEI + "\",\"iccid\":\"" + ICCID + "\"}")
                        .status())
                .isEqualTo(409);
        platform.post("/control/m2m/devices", "{\"imei\":\"" + IMEI + "\",\"remove\":true}");

        assertThat(found("{}")).containsExactly(OTHER_IMEI);
        platform.forward(Duration.ofDays(1));
        assertThat(receiver.deliveries()).isEmpty();
    }

    @Test
    void an_order_for_a_device_that_was_removed_meanwhile_fails() {
        listen("CarrierService");
        post("/devices/actions/activate", activating(device(IMEI, ICCID)));
        platform.post("/control/m2m/devices", "{\"imei\":\"" + IMEI + "\",\"remove\":true}");
        platform.forward(Duration.ofMinutes(5));

        assertThat(receiver.deliveries()
                        .getFirst()
                        .json()
                        .at("/faultResponse/faultcode")
                        .asText())
                .isEqualTo("UnifiedWebService.REQUEST_FAILED.DeviceNotFound");
    }

    @Test
    void an_answer_that_is_lost_was_an_order_all_the_same() {
        platform.faults("{\"m2mDeviceErrors\":1,\"m2mDeviceErrorsBy\":\"lost\"}");

        assertThat(post("/devices/actions/activate", activating(device(IMEI, ICCID)))
                        .status())
                .isEqualTo(504);
        assertThat(view(IMEI).path("activations").asInt()).isEqualTo(1);
        assertThat(state(IMEI)).isEqualTo("pending activation");
    }

    @Test
    void a_callback_that_is_refused_comes_again_with_the_clock() {
        listen("CarrierService");
        receiver.answering(503);

        activate(device(IMEI, ICCID));
        platform.forward(Duration.ofMinutes(5));

        assertThat(receiver.deliveries())
                .extracting(delivery -> delivery.json().path("callbackCount").asInt())
                .containsExactly(1, 2);
    }

    @Test
    void ten_thousand_devices_are_one_request_and_the_state_stays_small() {
        listen("CarrierService");

        assertThat(post("/devices/actions/activate", activating(made(9_999))).status())
                .isEqualTo(200);
        for (int minute = 0; minute < 5; minute++) {
            platform.forward(Duration.ofMinutes(1));
        }

        assertThat(receiver.deliveries()).hasSize(9_999);
        assertThat(receiver.deliveries().stream().map(delivery -> imeiIn(delivery.json())))
                .doesNotHaveDuplicates();
        assertThat(receiver.deliveries().stream().map(delivery -> delivery.json()
                        .at("/deviceResponse/activateResponse/deviceIds/0/id")
                        .asText()))
                .doesNotHaveDuplicates();
        assertThat(lines().path("devicesByActivations").toString()).isEqualTo("{\"1\":9999}");
        assertThat(lines().path("duplicates").asInt()).isZero();
        assertThat(lines().toString()).hasSizeLessThan(1_000);
        assertThat(post("/devices/actions/list", "{}").json().path("devices")).hasSize(2_000);
    }

    private JsonNode lines() {
        return m2m.state().path("lines");
    }

    private JsonNode view(String imei) {
        return platform.get("/control/m2m/devices?imei=" + imei).json();
    }

    private String state(String imei) {
        return post("/devices/actions/list", "{\"deviceId\":{\"kind\":\"imei\",\"id\":\"" + imei + "\"}}")
                .json()
                .at("/devices/0/carrierInformations/0/state")
                .asText();
    }

    private List<String> found(String query) {
        return StreamSupport.stream(
                        post("/devices/actions/list", query)
                                .json()
                                .path("devices")
                                .spliterator(),
                        false)
                .map(M2mLinesIT::imeiIn)
                .toList();
    }

    private String status(Reply accepted) {
        String requestId = accepted.text("requestId");
        Reply reply = platform.send(m2m.calling(
                        M2m.API + "/accounts/0999000001-00001/requests/" + requestId + "/status", m2m.bearer(), session)
                .GET());
        assertThat(reply.text("requestId")).isEqualTo(requestId);
        return reply.text("status");
    }

    private Reply add(String body) {
        return post("/devices/actions/add", body);
    }

    /** Activates and moves the clock until everything that can end has. */
    private Reply activate(String devices) {
        Reply accepted = post("/devices/actions/activate", activating(devices));
        platform.forward(Duration.ofMinutes(5));
        return accepted;
    }

    private void change(String action) {
        post("/devices/actions/" + action, naming(device(IMEI, ICCID)));
        platform.forward(Duration.ofMinutes(5));
    }

    private String deleted() {
        JsonNode said = post(
                        "/devices/actions/delete", naming(device(IMEI, ICCID)).replace("devices", "devicesToDelete"))
                .json()
                .path(0);
        return said.path("status").asText() + " " + said.path("message").asText();
    }

    private String code(String path, String body) {
        Reply reply = post(path, body);
        assertThat(reply.status()).isEqualTo(400);
        return reply.text("errorCode").replace("UnifiedWebService.", "");
    }

    private Reply post(String path, String body) {
        return platform.send(m2m.calling(M2m.API + path, m2m.bearer(), session).POST(BodyPublishers.ofString(body)));
    }

    private void listen(String service) {
        m2m.register(
                session,
                "{\"name\":\"" + service + "\",\"url\":\"" + receiver.address()
                        + "\",\"username\":\"cbuser\",\"password\":\"cb-secret-example\"}");
    }

    private List<String> requestIds() {
        return receiver.deliveries().stream()
                .map(delivery -> delivery.json().path("requestId").asText())
                .toList();
    }

    private static String adding(String... devices) {
        return "{\"accountName\":\"0999000001-00001\",\"state\":\"preactive\",\"devicesToAdd\":["
                + String.join(",", devices) + "]}";
    }

    private static String activating(String... devices) {
        return "{\"accountName\":\"0999000001-00001\",\"servicePlan\":\"m2m_4G\",\"mdnZipCode\":\"98801\",\"devices\":["
                + String.join(",", devices) + "]}";
    }

    private static String naming(String... devices) {
        return "{\"accountName\":\"0999000001-00001\",\"devices\":[" + String.join(",", devices) + "]}";
    }

    private static String device(String imei, String iccid) {
        return "{\"deviceIds\":[{\"kind\":\"imei\",\"id\":\"" + imei + "\"},{\"kind\":\"iccid\",\"id\":\"" + iccid
                + "\"}]}";
    }

    /** So many made-up devices; a serial number of five digits is another IMEI, too. */
    private static String made(int devices) {
        return IntStream.rangeClosed(1, devices)
                .mapToObj(PlatformIds::imei)
                .map(imei -> device(imei, PlatformIds.iccid(imei)))
                .collect(Collectors.joining(","));
    }

    private static String lastDeviceId(Reply page) {
        JsonNode devices = page.json().path("devices");
        return devices.path(devices.size() - 1)
                .at("/extendedAttributes/0/value")
                .asText();
    }

    private static String imeiIn(JsonNode message) {
        return StreamSupport.stream(message.path("deviceIds").spliterator(), false)
                .filter(id -> id.path("kind").asText().equalsIgnoreCase("imei"))
                .map(id -> id.path("id").asText())
                .findFirst()
                .orElse("");
    }

    private static List<String> texts(JsonNode array, String field) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(element -> element.path(field).asText())
                .toList();
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    private static JsonNode withRequestId(JsonNode message) {
        ObjectNode copy = message.deepCopy();
        return copy.put("requestId", EXAMPLE_REQUEST);
    }

    private static Set<String> fieldNames(JsonNode object) {
        Set<String> names = new HashSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
