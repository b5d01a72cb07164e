package dev.fleetline.thingspacesimulator;

import static dev.fleetline.thingspacesimulator.CloudConnector.id;
import static dev.fleetline.thingspacesimulator.Platform.IMEI;
import static dev.fleetline.thingspacesimulator.Platform.OTHER_IMEI;
import static dev.fleetline.thingspacesimulator.Platform.UID;
import static dev.fleetline.thingspacesimulator.Platform.wire;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetline.thingspacesimulator.Platform.Reply;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CloudConnectorIT {

    private static final String TARGET_QUERY = "/targets/actions/query";
    private static final String SUBSCRIPTION_QUERY = "/subscriptions/actions/query";
    private static final String DEVICE_QUERY = "/devices/actions/query";
    private static final String REPORT = "{\"imei\":\"" + IMEI + "\",\"battery\":97}";

    private final Platform platform = Platform.standing();
    private final Receiver receiver = new Receiver();
    private final M2m m2m = new M2m(platform);
    private final CloudConnector cloud = new CloudConnector(platform);
    private final String core = platform.userToken();

    @AfterEach
    void close() {
        platform.close();
        receiver.close();
    }

    @Test
    void a_target_is_told_in_the_platforms_shape_and_without_its_key() {
        Reply created = cloud.raw("/targets", m2m.bearer(), m2m.session(), wire("cloud-connector/target-request.json"));

        assertThat(created.status()).isEqualTo(200);
        JsonNode sample = Platform.read(wire("target-200.json"));
        assertThat(created.json().fieldNames()).toIterable().containsExactlyInAnyOrderElementsOf(sample::fieldNames);
        for (String same : List.of("address", "addressscheme", "billingaccountid", "id", "kind", "name", "version")) {
            assertThat(created.json().get(same)).as(same).isEqualTo(sample.get(same));
        }
        assertThat(cloud.post(TARGET_QUERY, "{}").json()).containsExactly(created.json());
        assertThat(platform.state().toString()).doesNotContain("shared-secret-example");
    }

    @Test
    void a_subscription_is_told_in_the_platforms_shape_and_a_query_adds_the_type_of_its_target() {
        Reply created = cloud.subscription(cloud.target(receiver.address()).text("id"), "ts.event");

        assertThat(created.status()).isEqualTo(200);
        assertThat(created.json().fieldNames())
                .toIterable()
                .containsAll(() -> Platform.read(wire("subscription-200.json")).fieldNames());
        assertThat(created.text("laststreamingstatus")).isEmpty();
        assertThat(created.text("laststreamingtime")).isEqualTo("0001-01-01T00:00:00Z");
        assertThat(created.json().has("targettype")).isFalse();
        JsonNode queried = cloud.post(SUBSCRIPTION_QUERY, "{}").json();
        assertThat(queried).hasSize(1);
        assertThat(queried.get(0).path("targettype").asText()).isEqualTo("streamrest");
    }

    @Test
    void what_is_taken_out_is_answered_with_nothing_and_then_not_found() {
        String target = cloud.target(receiver.address()).text("id");
        String subscription = cloud.subscription(target, "ts.event").text("id");

        Reply unsubscribed = cloud.post("/subscriptions/actions/delete", id(subscription));
        Reply deleted = cloud.post("/targets/actions/delete", id(target));

        assertThat(unsubscribed.status()).isEqualTo(200);
        assertThat(deleted.status()).isEqualTo(200);
        assertThat(deleted.body()).isEmpty();
        assertThat(cloud.post(TARGET_QUERY, "{}").json()).isEmpty();
        assertThat(cloud.post(SUBSCRIPTION_QUERY, "{}").json()).isEmpty();
        assertThat(cloud.post("/targets/actions/delete", id(target)).status()).isEqualTo(404);
    }

    @Test
    void an_account_has_one_subscription_of_a_kind() {
        String target = cloud.target(receiver.address()).text("id");

        assertThat(cloud.subscription(target, "ts.event").status()).isEqualTo(200);
        assertThat(cloud.subscription(target, "ts.event").status()).isEqualTo(409);
        assertThat(cloud.subscription(target, "ts.event.configuration").status())
                .isEqualTo(200);
        assertThat(cloud.subscription("nowhere", "ts.event.security").status()).isEqualTo(400);
    }

    @Test
    void streams_of_both_hosts_carry_the_same_event_and_know_nothing_of_each_other() {
        platform.readyDevice(core, IMEI);
        cloud.subscription(cloud.target(receiver.address()).text("id"), "ts.event");
        String coreTarget = platform.post(
                        "/core/api/v2/targets",
                        core,
                        "{\"kind\":\"ts.target\",\"addressscheme\":\"streamrest\",\"address\":\"" + receiver.address()
                                + "\"}")
                .text("id");
        platform.post(
                "/core/api/v2/subscriptions",
                core,
                "{\"kind\":\"ts.subscription\",\"streamkind\":\"ts.event\",\"targetid\":\"" + coreTarget + "\"}");

        platform.report(REPORT);

        assertThat(receiver.deliveries()).hasSize(2);
        assertThat(receiver.deliveries().get(0).body())
                .isEqualTo(receiver.deliveries().get(1).body());
        assertThat(cloud.post(TARGET_QUERY, id(coreTarget)).json()).isEmpty();
        assertThat(platform.get("/core/api/v2/targets", core).json()).hasSize(1);
        assertThat(platform.state().path("cloudConnector").path("targets")).hasSize(1);
    }

    @Test
    void a_stream_tells_how_its_last_attempts_went() {
        platform.readyDevice(core, IMEI);
        String target = cloud.target(receiver.address()).text("id");
        cloud.subscription(target, "ts.event");
        receiver.answering(503);

        platform.report(REPORT);
        assertThat(queriedSubscription().path("laststreamingstatus").asText()).isEqualTo("fail");
        assertThat(queriedSubscription().path("streamfailures").asInt()).isEqualTo(1);
        platform.forward(Duration.ofMinutes(1));
        assertThat(queriedSubscription().path("laststreamingstatus").asText()).isEqualTo("success");
        assertThat(queriedSubscription().path("laststreamingtime").asText()).isEqualTo("2026-03-02T15:04:00.048Z");
        cloud.post("/targets/actions/delete", id(target));
        platform.report(REPORT);
        assertThat(queriedSubscription().path("configurationfailures").asInt()).isEqualTo(1);
        assertThat(queriedSubscription().path("networkfailures").asInt()).isZero();
    }

    @Test
    void a_subscription_can_be_sent_elsewhere_and_switched_off_unless_the_platform_refuses_to() {
        platform.readyDevice(core, IMEI);
        String target = cloud.target(receiver.address()).text("id");
        String other = cloud.target(receiver.address()).text("id");
        String subscription = cloud.subscription(target, "ts.event").text("id");

        assertThat(change(subscription, "\"targetid\":\"" + other + "\"").text("targetid"))
                .isEqualTo(other);
        assertThat(change(subscription, "\"disabled\":true")
                        .json()
                        .path("disabled")
                        .asBoolean())
                .isTrue();
        platform.report(REPORT);
        assertThat(receiver.deliveries()).isEmpty();
        change(subscription, "\"disabled\":false");
        platform.report(REPORT);
        assertThat(receiver.deliveries()).hasSize(1);
        assertThat(change("nothing", "\"disabled\":true").status()).isEqualTo(404);

        platform.faults("{\"patchSubscription\":\"refused\"}");
        assertThat(change(subscription, "\"disabled\":true").status()).isEqualTo(405);
    }

    @Test
    void a_device_is_cores_device_with_its_imei_as_a_text_and_less_else() {
        platform.readyDevice(core, IMEI);
        platform.register(core, OTHER_IMEI);

        JsonNode found = cloud.post(DEVICE_QUERY, "{\"resourceidentifier\":{\"imei\":" + IMEI + "}}")
                .json();

        assertThat(found).hasSize(1);
        JsonNode device = found.get(0);
        assertThat(device.path("imei").isTextual()).isTrue();
        assertThat(device.path("imei").asText()).isEqualTo(IMEI);
        assertThat(device.path("id").asText()).isEqualTo(UID);
        assertThat(device.path("eventretention").toString()).isEqualTo("\"90\"");
        assertThat(device.path("state").asText()).isEqualTo("ready");
        assertThat(device.path("billingaccountid").asText()).isEqualTo(CloudConnector.ACCOUNT);
        assertThat(device.has("fields")).isFalse();
        assertThat(cloud.post(DEVICE_QUERY, id(UID)).json()).containsExactly(device);
        assertThat(cloud.post(DEVICE_QUERY, "{\"resourceidentifier\":{\"iccid\":\"89148000009999900014\"}}")
                        .json())
                .containsExactly(device);
        assertThat(cloud.post("/devices/actions/search", "{\"$selection\":{\"state\":\"registered\"}}")
                        .json())
                .hasSize(1);
        assertThat(cloud.post(DEVICE_QUERY, "{}").json()).hasSize(2);
        assertThat(cloud.post(DEVICE_QUERY, "{\"$limitnumber\":1,\"$page\":\"2\"}")
                        .json()
                        .at("/0/imei")
                        .asText())
                .isEqualTo(OTHER_IMEI);
    }

    @Test
    void lists_may_come_wrapped_as_the_sdk_has_them() {
        platform.readyDevice(core, IMEI);
        platform.report(REPORT);
        platform.faults("{\"cloudConnectorLists\":\"wrapped\"}");

        assertThat(cloud.post(DEVICE_QUERY, "{}").json().path("DeviceProperty")).hasSize(1);
        assertThat(cloud.post("/devices/fields/battery/actions/history", id(UID))
                        .json()
                        .path("SearchSensorHistory"))
                .hasSize(1);
        assertThat(cloud.post("/devices/fields/actions/history/search", id(UID))
                        .json()
                        .path("SearchDeviceEventHistory"))
                .hasSize(1);
        assertThat(cloud.post(TARGET_QUERY, "{}").json().isArray()).isTrue();
    }

    @Test
    void a_device_that_is_deleted_is_gone_on_both_hosts() {
        platform.readyDevice(core, IMEI);
        String delete = "{\"resourceidentifier\":{\"imei\":" + IMEI + "}}";

        assertThat(cloud.post("/devices/actions/delete", delete).status()).isEqualTo(200);

        assertThat(platform.get("/core/api/v2/devices/" + UID, core).status()).isEqualTo(404);
        Reply again = cloud.post("/devices/actions/delete", delete);
        assertThat(again.status()).isEqualTo(404);
        assertThat(again.text("error_description"))
                .isEqualTo("Resource(Device) is not found with identifiers provided");
        assertThat(cloud.post("/devices/actions/delete", "{}").status()).isEqualTo(404);
    }

    @Test
    void a_configuration_is_pending_until_the_device_has_taken_it_on() {
        platform.readyDevice(core, IMEI);
        cloud.subscription(cloud.target(receiver.address()).text("id"), "ts.event.configuration");

        Reply pending = cloud.post(
                "/devices/configuration/actions/set",
                "{\"resourceidentifier\":{\"imei\":" + IMEI + "},\"configuration\":{\"frequency\":\"Low\"}}");
        platform.report(REPORT);
        platform.forward(Duration.ofMinutes(1));

        assertThat(pending.text("kind")).isEqualTo("ts.event.configuration");
        assertThat(pending.text("state")).isEqualTo("pending");
        assertThat(pending.json().at("/fields/configuration/frequency").asText())
                .isEqualTo("Low");
        assertThat(pending.json().has("versionid")).isFalse();
        assertThat(receiver.deliveries())
                .extracting(delivery -> delivery.json().at("/data/state").asText())
                .containsExactly("pending", "update");
        assertThat(receiver.deliveries())
                .extracting(
                        delivery -> delivery.json().at("/data/transactionid").asText())
                .containsOnly(pending.text("transactionid"));
        assertThat(cloud.post("/devices/configuration/actions/set", id(UID)).text("error_description"))
                .contains("configuration");
    }

    @Test
    void history_is_cores_newest_first() {
        platform.readyDevice(core, IMEI);
        platform.report("{\"imei\":\"" + IMEI + "\",\"at\":\"2026-03-02T15:05:26Z\",\"battery\":97}");
        platform.report("{\"imei\":\"" + IMEI + "\",\"at\":\"2026-03-02T15:15:26Z\",\"battery\":96}");

        JsonNode all =
                cloud.post("/devices/fields/actions/history/search", id(UID)).json();
        JsonNode batteries = cloud.post(
                        "/devices/fields/battery/actions/history",
                        "{\"resourceidentifier\":{\"id\":\"" + UID + "\"},\"$limitnumber\":1}")
                .json();

        assertThat(all.get(0).fieldNames()).toIterable().containsExactlyInAnyOrderElementsOf(() -> Platform.read(
                        wire("cloud-connector/history-200.json"))
                .get(0)
                .fieldNames());
        assertThat(all.at("/0/createdon").asText()).isEqualTo("2026-03-02T15:15:26Z");
        assertThat(all)
                .isEqualTo(platform.post("/core/api/v2/devices/" + UID + "/fields/actions/history", core, "{}")
                        .json());
        assertThat(batteries).hasSize(1);
        assertThat(batteries.at("/0/fields").toString()).isEqualTo("{\"battery\":\"96\"}");
        assertThat(cloud.post("/devices/fields/battery/actions/history", id("nothing"))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void an_imei_as_a_text_is_refused_to_the_letter() {
        Reply refused = cloud.post(DEVICE_QUERY, "{\"resourceidentifier\":{\"imei\":\"" + IMEI + "\"}}");

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json()).isEqualTo(Platform.read(wire("imei-as-string-400.json")));
    }

    @Test
    void a_body_must_say_whose_it_is() {
        String session = m2m.session();
        String noOwner = "{\"accountidentifier\":{\"billingaccountid\":\"0999000001-00001\"},\"kind\":\"ts.target\"}";

        for (Reply refused : List.of(
                cloud.raw(DEVICE_QUERY, m2m.bearer(), session, "{}"),
                cloud.raw("/targets", m2m.bearer(), session, noOwner))) {
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.text("error_description")).isEqualTo("Billing Account ID is required in resource body");
        }
        assertThat(cloud.raw(
                                DEVICE_QUERY,
                                m2m.bearer(),
                                session,
                                "{\"accountidentifier\":{\"billingaccountid\":\"0999000002-00001\"}}")
                        .status())
                .isEqualTo(404);
        assertThat(cloud.raw(DEVICE_QUERY, m2m.bearer(), session, "not JSON").text("error"))
                .isEqualTo("request_json_unmarshal");
    }

    @Test
    void an_expired_session_is_told_in_words_of_its_own() {
        String session = m2m.session();
        platform.post("/control/tokens/expire", "{\"realm\":\"session\"}");

        Reply expired = cloud.raw(TARGET_QUERY, m2m.bearer(), session, "{}");

        assertThat(expired.status()).isEqualTo(401);
        assertThat(expired.json()).isEqualTo(Platform.read(wire("cloud-connector/session-expired-401.json")));
        assertThat(cloud.raw(TARGET_QUERY, m2m.bearer(), "no GUID", "{}").status())
                .isEqualTo(401);
    }

    @Test
    void an_expired_bearer_is_the_gateways_affair_and_a_malformed_one_looks_like_a_fault_of_the_server() {
        String session = m2m.session();
        String bearer = m2m.bearer();
        platform.post("/control/tokens/expire", "{\"realm\":\"m2m\"}");

        Reply expired = cloud.raw(TARGET_QUERY, bearer, session, "{}");
        assertThat(expired.status()).isEqualTo(401);
        assertThat(expired.json().at("/fault/code").asText()).isEqualTo("900901");
        assertThat(expired.json().at("/fault/description").asText()).contains("/cc/v1");
        Reply malformed = cloud.raw(TARGET_QUERY, core, session, "{}");
        assertThat(malformed.status()).isEqualTo(500);
        assertThat(malformed.text("error_description")).contains("UWS V1 REST accounts: [401]");
    }

    @Test
    void calls_can_be_made_to_fail_by_number() {
        platform.faults("{\"cloudConnectorErrors\":2,\"cloudConnectorErrorsBy\":\"html\"}");

        assertThat(cloud.post(TARGET_QUERY, "{}").status()).isEqualTo(503);
        assertThat(cloud.target(receiver.address()).body()).startsWith("<html>");
        assertThat(cloud.post(TARGET_QUERY, "{}").json()).isEmpty();

        platform.faults("{\"cloudConnectorErrors\":1,\"cloudConnectorErrorsBy\":\"lost\"}");
        assertThat(cloud.target(receiver.address()).status()).isEqualTo(504);
        assertThat(cloud.post(TARGET_QUERY, "{}").json()).hasSize(1);
    }

    @Test
    void a_path_that_is_not_there_is_said_in_its_words() {
        assertThat(cloud.post("/schedules", "{}").text("error")).isEqualTo("not_found");
    }

    private JsonNode queriedSubscription() {
        return cloud.post(SUBSCRIPTION_QUERY, "{}").json().get(0);
    }

    private Reply change(String subscription, String field) {
        return cloud.patch(
                "/subscriptions", "{\"resourceidentifier\":{\"id\":\"" + subscription + "\"}," + field + "}");
    }
}
