package dev.fleetline.thingspacesimulator;

import static dev.fleetline.thingspacesimulator.Platform.IMEI;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetline.thingspacesimulator.Platform.Reply;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SignedCallbacksIT {

    private static final String DIAGNOSTICS = "/thingspace/api/diagnostics/v1/callbacks";
    private static final String LOCATION = "/thingspace/api/loc/v1/callbacks/0999000001-00001";
    private static final String OF_ACCOUNT = "?accountName=0999000001-00001";

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
    void diagnostics_tells_the_key_once_and_signs_the_body_with_it() throws GeneralSecurityException {
        Reply registered = observe(",\"httpHeaders\":{\"X-Fleet\":\"ours\"}");
        String key = registered.header("shared-key");

        send("Diagnostics");

        assertThat(registered.json().path("endpoint").asText()).isEqualTo(receiver.address());
        assertThat(registered.text("createdOn")).isEqualTo("2026-03-02T15:01:00.048Z");
        Receiver.Delivery delivery = receiver.deliveries().getFirst();
        assertThat(delivery.header("x-signature")).hasValue(HexFormat.of().formatHex(signature(delivery.body(), key)));
        assertThat(delivery.header("x-fleet")).hasValue("ours");
        assertThat(delivery.userAgent()).hasValue("Verizon's callback service");
        assertThat(delivery.json().at("/devices/0/id").asText()).isEqualTo(IMEI);
        assertThat(delivery.json().has("password")).isFalse();
        assertThat(platform.state().toString()).doesNotContain(key);
        assertThat(get(DIAGNOSTICS + OF_ACCOUNT).body()).contains("Diagnostics").doesNotContain(key);
    }

    @Test
    void location_has_two_listeners_each_with_a_key_of_its_own() throws GeneralSecurityException {
        Reply reports = locate("Location");
        Reply places = locate("DeviceLocation");

        send("DeviceLocation");

        assertThat(reports.json().toString()).isEqualTo("{\"account\":\"0999000001-00001\",\"name\":\"Location\"}");
        assertThat(reports.header("shared-key")).isNotEqualTo(places.header("shared-key"));
        Receiver.Delivery delivery = receiver.deliveries().getFirst();
        assertThat(delivery.header("x-signature"))
                .hasValue(HexFormat.of().formatHex(signature(delivery.body(), places.header("shared-key"))));
        // x is the latitude
        assertThat(delivery.json().at("/locationList/0/pd/x").asText()).isEqualTo("39.00000");
        assertThat(get(LOCATION).json()).hasSize(2);
        assertThat(m2m.look(m2m.bearer(), session).body()).isEqualTo("[]\n");
    }

    @Test
    void headers_and_form_of_the_signature_are_switches() throws GeneralSecurityException {
        platform.faults("{\"sharedKeyHeader\":\"X-Secret\",\"signatureHeader\":\"X-Hub-Signature\","
                + "\"signature\":\"sha256=base64\"}");
        String key = observe("").header("x-secret");

        send("Diagnostics");

        Receiver.Delivery delivery = receiver.deliveries().getFirst();
        assertThat(delivery.header("x-hub-signature"))
                .hasValue("sha256=" + Base64.getEncoder().encodeToString(signature(delivery.body(), key)));
        platform.faults("{\"signature\":\"sha256=hex\"}");
        send("Diagnostics");
        assertThat(receiver.deliveries().getLast().header("x-signature").orElse(""))
                .matches("sha256=[0-9a-f]{64}");
        platform.faults("{\"signature\":\"base64\"}");
        send("Diagnostics");
        assertThat(receiver.deliveries().getLast().header("x-signature").orElse(""))
                .hasSize(44);
        assertThat(platform.faults("{\"signatureHeader\":\"not a header\"}").text("error_description"))
                .contains("signatureHeader");
    }

    @Test
    void a_signed_callback_that_is_refused_comes_again_as_it_was() {
        observe("");
        receiver.answering(503);

        send("Diagnostics");
        platform.forward(Duration.ofMinutes(5));

        assertThat(receiver.deliveries()).hasSize(2);
        assertThat(receiver.deliveries().get(1).body())
                .isEqualTo(receiver.deliveries().get(0).body());
    }

    @Test
    void a_new_registration_has_a_new_key() {
        assertThat(observe("").header("shared-key")).isNotEqualTo(observe("").header("shared-key"));
    }

    @Test
    void listeners_are_taken_out() {
        observe("");
        locate("Location");

        assertThat(delete(DIAGNOSTICS + OF_ACCOUNT + "&serviceName=Diagnostics").status())
                .isEqualTo(200);
        assertThat(delete(LOCATION + "/name/Location").text("name")).isEqualTo("Location");

        assertThat(get(DIAGNOSTICS + OF_ACCOUNT).json()).isEmpty();
        assertThat(get(LOCATION).json()).isEmpty();
        Reply again = delete(LOCATION + "/name/Location");
        assertThat(again.status()).isEqualTo(500);
        assertThat(again.text("errorCode")).isEqualTo("NOT_FOUND");
    }

    @Test
    void what_cannot_listen_is_refused_in_their_form() {
        for (String wrong : List.of(
                "not JSON",
                "{\"accountName\":\"0999000001-00001\",\"serviceName\":\"Location\",\"endpoint\":\"https://rx.example.test\"}",
                "{\"accountName\":\"0999000001-00001\",\"serviceName\":\"Diagnostics\",\"endpoint\":\"rx\"}",
                "{\"accountName\":\"0999000001-00001\",\"serviceName\":\"Diagnostics\","
                        + "\"endpoint\":\"https://rx.example.test\",\"httpHeaders\":{\"Host\":\"x\"}}")) {
            Reply refused = post(DIAGNOSTICS, wrong);
            assertThat(refused.status()).as(wrong).isEqualTo(400);
            assertThat(refused.text("errorCode")).as(wrong).isEqualTo("INVALID_PARAMETER");
        }
        assertThat(get(LOCATION.replace("000001-", "000002-")).text("errorCode"))
                .isEqualTo("INVALID_ACCOUNT");
        assertThat(get(DIAGNOSTICS).status()).isEqualTo(401);
    }

    @Test
    void an_expired_session_is_an_invalid_parameter() {
        platform.post("/control/tokens/expire", "{\"realm\":\"session\"}");

        Reply expired = get(LOCATION);

        assertThat(expired.status()).isEqualTo(400);
        assertThat(expired.text("errorCode")).isEqualTo("INVALID_PARAMETER");
        assertThat(expired.text("errorMessage")).isEqualTo("UWS verification failure (The Session has expired.)");
    }

    private Reply observe(String more) {
        return post(
                DIAGNOSTICS,
                "{\"accountName\":\"0999000001-00001\",\"serviceName\":\"Diagnostics\",\"endpoint\":\""
                        + receiver.address() + "\"" + more + "}");
    }

    private Reply locate(String service) {
        return post(LOCATION, "{\"name\":\"" + service + "\",\"url\":\"" + receiver.address() + "\"}");
    }

    private void send(String service) {
        platform.post("/control/callbacks", "{\"service\":\"" + service + "\",\"imei\":\"" + IMEI + "\"}");
    }

    private Reply get(String path) {
        return platform.send(m2m.calling(path, m2m.bearer(), session).GET());
    }

    private Reply delete(String path) {
        return platform.send(m2m.calling(path, m2m.bearer(), session).DELETE());
    }

    private Reply post(String path, String json) {
        return platform.send(m2m.calling(path, m2m.bearer(), session).POST(BodyPublishers.ofString(json)));
    }

    private static byte[] signature(String body, String key) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return mac.doFinal(body.getBytes(StandardCharsets.UTF_8));
    }
}
