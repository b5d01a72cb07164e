package dev.fleetline.thingspacesimulator;

import static dev.fleetline.thingspacesimulator.Platform.IMEI;
import static dev.fleetline.thingspacesimulator.Platform.UID;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetline.thingspacesimulator.Platform.Reply;
import dev.fleetline.thingspacesimulator.wire.PlatformIds;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CoreCheckInIT {

    private static final String DEVICE = "/core/api/v2/devices/" + UID;

    private final Platform platform = Platform.standing();
    private final String token = platform.userToken();

    @AfterEach
    void close() {
        platform.close();
    }

    @Test
    void a_device_that_checks_in_after_two_hours_shows_at_once_that_it_was_activated() {
        platform.faults("{\"activationDelay\":\"PT2H\"}");
        JsonNode registered = platform.register(token, IMEI).json();
        platform.forward(Duration.ofMinutes(10));

        activate();

        JsonNode activated = document();
        assertThat(activated.path("state").asText()).isEqualTo("registered");
        assertThat(activated.path("versionid")).isNotEqualTo(registered.path("versionid"));
        assertThat(activated.path("lastupdated").asText()).isEqualTo("2026-03-02T15:11:00.048Z");
        platform.forward(Duration.ofMinutes(119));
        assertThat(document()).isEqualTo(activated);
        platform.forward(Duration.ofMinutes(1));
        assertThat(document().path("state").asText()).isEqualTo("ready");
        assertThat(view().path("activations").asInt()).isEqualTo(1);
        assertThat(view().path("duplicates").asInt()).isZero();
    }

    @Test
    void an_activation_can_leave_no_trace_until_the_device_is_ready() {
        platform.faults("{\"activationVersion\":\"atCheckIn\"}");
        JsonNode registered = platform.register(token, IMEI).json();
        platform.forward(Duration.ofMinutes(1));

        activate();

        assertThat(document()).isEqualTo(registered);
        assertThat(view().path("activating").asBoolean()).isTrue();
        platform.forward(Duration.ofMinutes(2));
        assertThat(document().path("state").asText()).isEqualTo("ready");
        assertThat(document().path("versionid")).isNotEqualTo(registered.path("versionid"));
    }

    @Test
    void a_device_checks_in_when_its_light_says_registered_and_idle_and_no_sooner() {
        platform.register(token, IMEI);
        for (String stage : new String[] {"factory", "charging", "searching"}) {
            setLed(stage);
            activate();
            platform.forward(Duration.ofHours(1));
            assertThat(document().path("state").asText()).as(stage).isEqualTo("registered");
        }
        assertThat(view().path("light").asText()).isEqualTo("short on, long off");

        Reply idle = setLed("idle");

        assertThat(idle.text("light")).isEqualTo("long on, short off");
        assertThat(idle.text("state")).isEqualTo("ready");
        assertThat(document().path("lastupdated").asText()).isEqualTo("2026-03-02T18:01:00.048Z");
        // each further one was accepted while the first was under way
        assertThat(view().path("activations").asInt()).isEqualTo(3);
        assertThat(view().path("duplicates").asInt()).isEqualTo(2);
    }

    @Test
    void a_light_can_be_set_before_the_device_is_registered_and_does_not_undo_what_is_done() {
        setLed("searching");
        platform.register(token, IMEI);
        setLed("idle");
        activate();
        platform.forward(Duration.ofMinutes(2));
        setLed("searching");

        assertThat(document().path("state").asText()).isEqualTo("ready");
        assertThat(activate().text("error")).startsWith("invalid_");
        assertThat(view().path("activations").asInt()).isEqualTo(1);
    }

    @Test
    void a_light_that_no_device_has_is_refused() {
        Reply wrong = setLed("disco");

        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.text("error_description")).contains("factory", "charging", "searching", "idle");
        assertThat(platform.post("/control/core/devices", "{\"imei\":\"" + IMEI + "\"}")
                        .text("error_description"))
                .contains("led");
    }

    @Test
    void many_devices_are_a_summary_and_each_has_a_view_of_its_own() {
        for (int serial = 1; serial <= 1_001; serial++) {
            platform.register(token, PlatformIds.imei(serial));
        }
        activate();
        activate();

        JsonNode state = platform.state();
        assertThat(state.has("devices")).isFalse();
        assertThat(state.at("/core/devices").toString())
                .isEqualTo("{\"devices\":1001,\"states\":{\"registered\":1001},\"activations\":2,"
                        + "\"devicesByActivations\":{\"0\":1000,\"2\":1},\"duplicates\":1}");
        assertThat(view().path("activations").asInt()).isEqualTo(2);
    }

    private Reply activate() {
        return platform.post(DEVICE + "/actions/activate", token, "{}");
    }

    private JsonNode document() {
        return platform.get(DEVICE, token).json();
    }

    private JsonNode view() {
        return platform.get("/control/core/devices?imei=" + IMEI).json();
    }

    private Reply setLed(String stage) {
        return platform.post("/control/core/devices", "{\"imei\":\"" + IMEI + "\",\"led\":\"" + stage + "\"}");
    }
}
