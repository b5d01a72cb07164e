package dev.fleetline.thingspacesimulator;

import static dev.fleetline.thingspacesimulator.Platform.IMEI;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetline.thingspacesimulator.Platform.Reply;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the services say, beyond the end of an activation. */
class M2mMessagesIT {

    private static final String SEND = "/control/callbacks";

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
    void the_carrier_says_what_it_did_under_the_name_of_the_deed() {
        for (String deed : List.of(
                "activate activateResponse",
                "deactivate deactivateResponse",
                "suspend suspendResponse",
                "restore restoreResponse",
                "changeIdentifier changeIdentifierResponse",
                "changePlan changeServicePlanResponse")) {
            String[] kindAndName = deed.split(" ", 2);
            JsonNode message = told("CarrierService", ",\"kind\":\"" + kindAndName[0] + "\"");

            assertThat(message.path("deviceResponse").fieldNames()).toIterable().containsExactly(kindAndName[1]);
            assertThat(message.path("status").asText()).isEqualTo("Success");
            assertThat(message.at("/deviceIds/0/id").asText()).isEqualTo(IMEI);
        }
    }

    @Test
    void a_suspension_says_when_it_ends() {
        JsonNode suspended = told("CarrierService", ",\"kind\":\"suspend\"").at("/deviceResponse/suspendResponse");

        assertThat(suspended.path("expectedResumeDate").asText()).isEqualTo("2026-05-31T15:01:00Z");
        assertThat(suspended.path("maxSuspendDaysAllowed").asInt()).isEqualTo(90);
        assertThat(told("DeviceSuspensionStatus", "")
                        .at("/deviceResponse/suspensionStatusResponse/state")
                        .asText())
                .isEqualTo("Suspended");
    }

    @Test
    void a_resumption_is_announced_a_week_before_in_words() {
        assertThat(told("ResumeTrackingNotification", "").path("comment").asText())
                .isEqualTo("Device will be auto resumed on - 3/9/2026 3:01:00 PM");
    }

    @Test
    void a_failure_has_the_code_that_was_asked_for() {
        JsonNode failed = told("DeviceService", ",\"status\":\"Failed\",\"fault\":\"REQUEST_FAILED.DeviceNotFound\"");

        assertThat(failed.at("/faultResponse/faultcode").asText())
                .isEqualTo("UnifiedWebService.REQUEST_FAILED.DeviceNotFound");
        assertThat(failed.path("status").asText()).isEqualTo("Failed");
        assertThat(failed.has("deviceResponse")).isFalse();
    }

    @Test
    void an_uplink_names_its_line_and_has_no_status() {
        JsonNode uplink = told("NiddService", "");

        assertThat(uplink.at("/niddResponse/niddMONotificationResponse/message").asText())
                .isNotEmpty();
        assertThat(uplink.at("/niddResponse/niddMONotificationResponse/deviceIds"))
                .hasSize(3);
        assertThat(uplink.has("status")).isFalse();
    }

    @Test
    void every_service_has_something_to_say_about_a_device() {
        for (String service : List.of(
                "DeviceService", "DiagnosticsService", "ExternalProvisioningChanges", "AlertService", "PwnService")) {
            JsonNode message = told(service, "");

            assertThat(message.at("/deviceIds/0/id").asText()).as(service).isEqualTo(IMEI);
            assertThat(message.path("password").asText()).as(service).isEqualTo("cb-secret-example");
            assertThat(message.path("callbackCount").asInt()).as(service).isEqualTo(1);
            assertThat(message.path("requestId").asText()).as(service).isNotEmpty();
        }
        assertThat(told("DiagnosticsService", "")
                        .at("/deviceResponse/reachabilityResponse/requestType")
                        .asText())
                .isEqualTo("REACHABLE_FOR_DATA");
    }

    @Test
    void a_service_can_be_made_to_say_anything() {
        listen("QoS");

        platform.post(SEND, "{\"service\":\"QoS\",\"body\":{\"comment\":\"own words\"}}");

        JsonNode message = receiver.deliveries().getLast().json();
        assertThat(message.path("comment").asText()).isEqualTo("own words");
        assertThat(message.path("username").asText()).isEqualTo("cbuser");
        assertThat(message.has("deviceIds")).isFalse();
    }

    @Test
    void a_deed_that_is_none_is_refused_by_name() {
        listen("CarrierService");

        Reply refused =
                platform.post(SEND, "{\"service\":\"CarrierService\",\"imei\":\"" + IMEI + "\",\"kind\":\"explode\"}");

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text("error_description")).contains("kind", "suspend", "restore");
    }

    private JsonNode told(String service, String more) {
        listen(service);
        platform.post(SEND, "{\"service\":\"" + service + "\",\"imei\":\"" + IMEI + "\"" + more + "}");
        return receiver.deliveries().getLast().json();
    }

    private void listen(String service) {
        m2m.register(
                session,
                "{\"name\":\"" + service + "\",\"url\":\"" + receiver.address()
                        + "\",\"username\":\"cbuser\",\"password\":\"cb-secret-example\"}");
    }
}
