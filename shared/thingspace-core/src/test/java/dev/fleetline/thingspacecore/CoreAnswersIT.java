package dev.fleetline.thingspacecore;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import dev.fleetline.carrier.CarrierGateway.Activation;
import dev.fleetline.carrier.CarrierGateway.CarrierDevice;
import dev.fleetline.carrier.CarrierGateway.Line;
import dev.fleetline.carrier.CarrierGateway.NewDevice;
import dev.fleetline.carrier.CarrierReply.AlreadyDone;
import dev.fleetline.carrier.CarrierReply.Ok;
import dev.fleetline.carrier.CarrierReply.Refused;
import dev.fleetline.carrier.CarrierReply.TokenRefused;
import dev.fleetline.carrier.CarrierReply.TryLater;
import dev.fleetline.carrier.CarrierReply.Unclear;
import dev.fleetline.device.DeviceId;
import dev.fleetline.device.Iccid;
import dev.fleetline.device.Imei;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the simulator does not say: every odd answer, to a read and to a write. */
class CoreAnswersIT {

    private static final Imei IMEI = new Imei("999999000000014");
    private static final DeviceId UID = new DeviceId("d0c1e0a1-0000-6abc-f001-0123456789ab");
    private static final Iccid SIM = new Iccid("89148000009999900014");
    private static final String ACCOUNT = "0999000001-00001";
    private static final Line UNKNOWN = new Line(IMEI, SIM, ACCOUNT, Optional.empty());
    private static final Line KNOWN = new Line(IMEI, SIM, ACCOUNT, Optional.of(UID));
    private static final NewDevice TRACKER = new NewDevice(UNKNOWN, "tracker 14");
    private static final Activation ACTIVATION =
            new Activation(ACCOUNT, Optional.empty(), Optional.empty(), List.of(KNOWN));

    private final WireMockServer platform = started();
    private final OneToken tokens = new OneToken("synthetic-token");
    private final CoreGateway carrier = gateway(tokens);

    @AfterEach
    void stop() {
        platform.stop();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            500 | {"error":"internal_server_error","error_description":"Error, failed to introspect access token"} | TokenRefused | TokenRefused
            200 | {"error":"internal_server_error","error_description":"Error, failed to introspect access token"} | TokenRefused | TokenRefused
            200 | {"id":"d0c1e0a1-0000-6abc-f001-0123456789ab","error":"internal_server_error"} | TryLater | Unclear
            401 | {}                                                   | TokenRefused | TokenRefused
            500 | {"error":"internal_server_error"}                    | TryLater     | Unclear
            502 | <html>Bad Gateway</html>                             | TryLater     | Unclear
            504 | ''                                                   | TryLater     | Unclear
            408 | ''                                                   | TryLater     | Unclear
            503 | ''                                                   | TryLater     | TryLater
            429 | ''                                                   | TryLater     | TryLater
            404 | {"error":"not_found"}                                | Ok           | Refused
            400 | {"error":"bad_request","error_description":"no"}     | Refused      | Refused
            403 | {"error":"forbidden"}                                | Refused      | Refused
            409 | {"error":"already_exists"}                           | Refused      | AlreadyDone
            200 | <html>Welcome</html>                                 | TryLater     | Unclear
            200 | ''                                                   | TryLater     | Unclear
            200 | {"id":"not an id"}                                   | TryLater     | Unclear
            302 | ''                                                   | TryLater     | Unclear
            """)
    void every_answer_has_one_meaning(int status, String body, String toRead, String toWrite) {
        platform.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(status).withBody(body)));

        assertThat(carrier.find(KNOWN).getClass().getSimpleName()).isEqualTo(toRead);
        assertThat(carrier.register(TRACKER).getClass().getSimpleName()).isEqualTo(toWrite);
    }

    @Test
    void a_registration_has_the_imei_as_a_number_and_its_copies_as_text() {
        platform.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(201).withBody(document("registered"))));

        assertThat(new CoreGateway(base(), tokens, Duration.ofSeconds(10), "99999999-9999-4999-8999-999999999999")
                        .register(TRACKER))
                .isInstanceOf(Ok.class);

        platform.verify(postRequestedFor(urlEqualTo("/core/api/v2/devices"))
                .withHeader("Authorization", equalTo("Bearer synthetic-token"))
                .withRequestBody(equalToJson("""
                        {"kind":"ts.device.cHeAssetTracker","version":"1.0",
                         "providerid":"99999999-9999-4999-8999-999999999999","refid":"999999000000014",
                         "refidtype":"imei","qrcode":"999999000000014","imei":999999000000014,"name":"tracker 14"}
                        """)));
    }

    @Test
    void a_refusal_has_the_platforms_code_and_words() {
        platform.stubFor(any(anyUrl())
                .willReturn(aResponse()
                        .withStatus(400)
                        .withBody("{\"error\":\"bad_request\",\"error_description\":\"no such kind\"}")));

        assertThat(carrier.register(TRACKER)).isEqualTo(new Refused<>("BAD_REQUEST", "no such kind"));
    }

    @Test
    void an_activation_that_the_state_forbids_is_done_when_the_device_is_ready() {
        activationIsForbidden();
        platform.stubFor(get(anyUrl()).willReturn(aResponse().withBody(document("ready"))));

        assertThat(carrier.activate(ACTIVATION)).isEqualTo(new AlreadyDone<>());
    }

    @Test
    void an_activation_that_the_state_forbids_is_refused_when_the_device_is_not_ready() {
        activationIsForbidden();
        platform.stubFor(get(anyUrl()).willReturn(aResponse().withBody(document("suspended"))));

        assertThat(carrier.activate(ACTIVATION)).isEqualTo(new Refused<>("INVALID_STATE", "not in this state"));
    }

    @Test
    void a_search_that_was_passed_over_does_not_give_another_device() {
        platform.stubFor(get(anyUrl())
                .willReturn(aResponse()
                        .withBody("[" + document("ready").replace("999999000000014", "999999000000022") + "]")));

        assertThat(carrier.find(UNKNOWN)).isEqualTo(new Ok<>(Optional.empty()));
    }

    @Test
    void a_slow_answer_is_unclear_for_a_write_and_later_for_a_read() {
        platform.stubFor(
                any(anyUrl()).willReturn(aResponse().withFixedDelay(5_000).withBody(document("ready"))));
        CoreGateway impatient = new CoreGateway(base(), tokens, Duration.ofMillis(200));

        assertThat(impatient.activate(ACTIVATION)).isInstanceOf(Unclear.class);
        assertThat(impatient.find(KNOWN)).isInstanceOf(TryLater.class);
    }

    @Test
    void an_activation_answered_with_an_error_under_a_good_status_is_unclear() {
        platform.stubFor(post(anyUrl()).willReturn(aResponse().withBody("{\"error\":\"internal_server_error\"}")));

        assertThat(carrier.activate(ACTIVATION)).isInstanceOf(Unclear.class);
    }

    @Test
    void an_answer_that_stops_half_way_is_waited_for_no_longer_than_one_that_never_begins() {
        platform.stubFor(
                any(anyUrl()).willReturn(aResponse().withBody(document("ready")).withChunkedDribbleDelay(2, 600_000)));
        CoreGateway impatient = new CoreGateway(base(), tokens, Duration.ofMillis(500));

        assertThat(impatient.activate(ACTIVATION)).isInstanceOf(Unclear.class);
        assertThat(impatient.find(KNOWN)).isInstanceOf(TryLater.class);
    }

    @Test
    void an_answer_beyond_all_measure_is_not_read_to_its_end() {
        platform.stubFor(any(anyUrl()).willReturn(aResponse().withBody("[" + " ".repeat(9 * 1024 * 1024) + "]")));

        assertThat(carrier.find(UNKNOWN)).isInstanceOf(TryLater.class);
    }

    @Test
    void an_imei_that_begins_with_zero_is_found_though_core_writes_it_as_a_number() {
        Imei imei = new Imei("013999000000016");
        platform.stubFor(get(anyUrl())
                .willReturn(aResponse()
                        .withBody("[" + document("ready").replace("999999000000014", "13999000000016") + "]")));

        assertThat(carrier.find(new Line(imei, SIM, ACCOUNT, Optional.empty())))
                .satisfies(found -> assertThat(((Ok<Optional<CarrierDevice>>) found).value())
                        .isPresent());
    }

    @Test
    void without_a_token_nothing_is_sent() {
        assertThat(gateway(new OneToken()).activate(ACTIVATION)).isEqualTo(new TokenRefused<>(OneToken.SECRET, "v0"));
        assertThat(platform.getAllServeEvents()).isEmpty();
    }

    @Test
    void the_platform_says_when_to_come_again() {
        platform.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(429).withHeader("Retry-After", "90")));

        assertThat(carrier.find(UNKNOWN)).isEqualTo(new TryLater<>(Duration.ofSeconds(90), "status 429"));
    }

    private void activationIsForbidden() {
        platform.stubFor(post(anyUrl())
                .willReturn(aResponse()
                        .withStatus(400)
                        .withBody("{\"error\":\"invalid_state\",\"error_description\":\"not in this state\"}")));
    }

    private static String document(String state) {
        return """
                {"id":"d0c1e0a1-0000-6abc-f001-0123456789ab","imei":999999000000014,"state":"%s"}""".formatted(state);
    }

    private static WireMockServer started() {
        WireMockServer server =
                new WireMockServer(WireMockConfiguration.options().dynamicPort().bindAddress("127.0.0.1"));
        server.start();
        return server;
    }

    private URI base() {
        return URI.create("http://127.0.0.1:" + platform.port() + "/core");
    }

    private CoreGateway gateway(OneToken source) {
        return new CoreGateway(base(), source, Duration.ofSeconds(10));
    }
}
