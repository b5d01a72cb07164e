package dev.fleetline.thingspacem2m;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import dev.fleetline.carrier.CarrierGateway.Acceptance;
import dev.fleetline.carrier.CarrierGateway.Activation;
import dev.fleetline.carrier.CarrierGateway.CarrierDevice;
import dev.fleetline.carrier.CarrierGateway.Line;
import dev.fleetline.carrier.CarrierGateway.LineState;
import dev.fleetline.carrier.CarrierGateway.NewDevice;
import dev.fleetline.carrier.CarrierGateway.Page;
import dev.fleetline.carrier.CarrierGateway.Progress;
import dev.fleetline.carrier.CarrierReply;
import dev.fleetline.carrier.CarrierReply.AlreadyDone;
import dev.fleetline.carrier.CarrierReply.Ok;
import dev.fleetline.carrier.CarrierReply.Refused;
import dev.fleetline.carrier.CarrierReply.TokenRefused;
import dev.fleetline.carrier.CarrierReply.TryLater;
import dev.fleetline.carrier.CarrierReply.Unclear;
import dev.fleetline.device.Mender;
import dev.fleetline.testing.InMemoryClaims;
import dev.fleetline.testing.InMemoryStore;
import dev.fleetline.testing.MovableClock;
import dev.fleetline.testing.SampleFleet;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The documented bodies, what the simulator does not say, and what is sent. */
class M2mGatewayAnswersIT {

    private static final String ACCOUNT = "0999000001-00001";
    private static final Line LINE = line(1);
    private static final Line OTHER = line(2);
    private static final String REQUEST = "44444444-4444-4444-8444-444444444444";
    private static final String SECRET = "cb-secret-example";
    private static final String IDS =
            """
            "deviceIds":[{"kind":"imei","id":"%s"},{"kind":"iccid","id":"%s"}]""".formatted(LINE.imei().digits(), LINE.iccid().digits());

    private final WireMockServer platform =
            new WireMockServer(WireMockConfiguration.options().dynamicPort().bindAddress("127.0.0.1"));
    private final SteadyTokens tokens = SteadyTokens.of("synthetic-bearer", "33333333-3333-4333-8333-333333333333");
    private final MovableClock clock = MovableClock.at("2026-03-02T15:00:03Z");
    private final InMemoryStore store = new InMemoryStore();

    M2mGatewayAnswersIT() {
        platform.start();
    }

    @AfterEach
    void stop() {
        platform.stop();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            200 | {"requestId":"44444444-4444-4444-8444-444444444444"}                      | TryLater     | Unclear      | Ok
            200 | {"requestId":"not an id"}                                                 | TryLater     | Unclear      | Unclear
            200 | {"hasMoreData":false,"devices":[]}                                        | Ok           | Unclear      | Unclear
            200 | []                                                                        | TryLater     | Unclear      | Unclear
            200 | [7, null, {}]                                                             | TryLater     | Unclear      | Unclear
            200 | ''                                                                        | TryLater     | Unclear      | Unclear
            200 | <html>Welcome</html>                                                      | TryLater     | Unclear      | Unclear
            200 | {"errorCode":"UnifiedWebService.REQUEST_FAILED.DeviceNotFound"}           | TryLater     | Unclear      | Unclear
            400 | {"errorCode":"UnifiedWebService.REQUEST_FAILED.DeviceNotFound"}           | Ok           | Refused      | Refused
            400 | {"errorCode":"UnifiedWebService.REQUEST_FAILED.DeviceAlreadyActive"}      | AlreadyDone  | AlreadyDone  | AlreadyDone
            400 | {"errorCode":"UnifiedWebService.INPUT_INVALID.DeviceState.Invalid"}       | Refused      | Refused      | Refused
            400 | {"errorCode":"UnifiedWebService.REQUEST_FAILED.m2m_4G.NotFound"}          | Refused      | Refused      | Refused
            400 | {"errorCode":"UnifiedWebService.REQUEST_FAILED.NobodyKnows"}              | Refused      | Refused      | Refused
            400 | {"errorCode":"UnifiedWebService.REQUEST_ONHOLD.Approval"}                 | TryLater     | Unclear      | Ok
            400 | {"errorCode":"UnifiedWebService.REQUEST_CANCELLED.Approval"}              | Refused      | Refused      | Refused
            500 | {"errorCode":"UnifiedWebService.REQUEST_ONHOLD.Approval"}                 | TryLater     | Unclear      | Ok
            500 | {"errorCode":"UnifiedWebService.REQUEST_CANCELLED.Approval"}              | Refused      | Refused      | Refused
            400 | {"errorCode":"UnifiedWebService.REQUEST_FAILED.SessionToken.Expired"}     | TokenRefused | TokenRefused | TokenRefused
            401 | {"fault":{"code":"900901"}}                                               | TokenRefused | TokenRefused | TokenRefused
            400 | {"fault":{"code":"900906"}}                                               | Refused      | Refused      | Refused
            503 | {"fault":{"code":"900800"}}                                               | TryLater     | TryLater     | TryLater
            429 | ''                                                                        | TryLater     | TryLater     | TryLater
            500 | {"errorCode":"UnifiedWebService.REQUEST_FAILED.UnexpectedError"}          | TryLater     | Unclear      | Unclear
            500 | {"errorCode":"UnifiedWebService.REQUEST_FAILED.DeviceAlreadyActive"}      | TryLater     | Unclear      | Unclear
            504 | ''                                                                        | TryLater     | Unclear      | Unclear
            408 | ''                                                                        | TryLater     | Unclear      | Unclear
            302 | ''                                                                        | TryLater     | Unclear      | Unclear
            """)
    void every_answer_has_one_meaning(int status, String body, String toFind, String toRegister, String toActivate) {
        answers(status, body);

        assertThat(gateway().find(LINE).getClass().getSimpleName()).isEqualTo(toFind);
        assertThat(gateway().register(new NewDevice(LINE, "tracker")).getClass().getSimpleName())
                .isEqualTo(toRegister);
        assertThat(gateway().activate(activation(LINE)).getClass().getSimpleName())
                .isEqualTo(toActivate);
    }

    @ParameterizedTest
    @CsvSource({
        "REQUEST_FAILED.DeviceNotFound, DEVICE_NOT_FOUND, SENDER",
        "INPUT_INVALID.DeviceState.Invalid, DEVICE_STATE_INVALID, OPERATIONS",
        "REQUEST_FAILED.m2m 4G.NotFound, SERVICE_PLAN_NOT_FOUND, OPERATIONS",
        "REQUEST_FAILED.NobodyKnows, NOBODY_KNOWS, CARRIER"
    })
    void a_refusal_says_who_can_mend_it_and_repeats_nothing_but_a_code(String code, String name, Mender mender) {
        answers(400, "{\"errorCode\":\"UnifiedWebService." + code + "\",\"errorMessage\":\"" + SECRET + "\"}");

        assertThat(gateway().activate(activation(LINE)))
                .isEqualTo(new Refused<>(name, "the platform refused it", mender));
    }

    @Test
    void a_code_that_is_none_is_not_repeated() {
        answers(400, "{\"errorCode\":\"X.REQUEST_FAILED." + SECRET + " is wrong\",\"errorMessage\":\"\"}");

        assertThat(gateway().activate(activation(LINE)).toString())
                .contains("UNREADABLE_CODE")
                .doesNotContain(SECRET);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Success                                        | Ok          |                           |
            success                                        | Ok          |                           |
            The device is already in the account           | AlreadyDone |                           |
            Device already exists.                         | AlreadyDone |                           |
            The device is in another account already       | Refused     | OTHER_ACCOUNT             | SENDER
            The SIM is already in use by another device    | Refused     | SIM_IN_USE                | SENDER
            The device is not in the device database       | Refused     | UNKNOWN_TO_CARRIER        | SENDER
            Device not found in DMD                        | Refused     | UNKNOWN_TO_CARRIER        | SENDER
            A device identifier is not valid for its kind  | Refused     | DEVICE_IDENTIFIER_INVALID | SENDER
            cb-secret-example                              | Refused     | NOT_ADDED                 | CARRIER
            ''                                             | Refused     | NOT_ADDED                 | CARRIER
            """)
    void what_is_said_of_a_device_inside_a_yes_counts(String response, String kind, String code, Mender mender) {
        answers(200, "[{" + IDS + ",\"response\":\"" + response + "\"}]");

        CarrierReply<CarrierDevice> reply = gateway().register(new NewDevice(LINE, "tracker"));

        assertThat(reply.getClass().getSimpleName()).isEqualTo(kind);
        if (reply instanceof Refused<CarrierDevice>(var said, var detail, var who)) {
            assertThat(said).isEqualTo(code);
            assertThat(detail).isNotBlank().doesNotContain(SECRET);
            assertThat(who).isEqualTo(mender);
        }
    }

    @Test
    void a_device_is_added_by_both_ids_and_is_not_active_yet() {
        answers(200, "[{" + IDS.replace("imei", "IMEI").replace("iccid", "Iccid") + ",\"response\":\"Success\"}]");

        assertThat(yes(gateway().register(new NewDevice(LINE, "O'Brien's <tracker>"))))
                .satisfies(device -> {
                    assertThat(device.imei()).contains(LINE.imei());
                    assertThat(device.iccid()).contains(LINE.iccid());
                    assertThat(device.state()).isEqualTo(LineState.NOT_ACTIVE);
                    assertThat(device.uid()).isEmpty();
                });
        platform.verify(postRequestedFor(urlEqualTo("/thingspace/api/m2m/v1/devices/actions/add"))
                .withHeader("Authorization", equalTo("Bearer synthetic-bearer"))
                .withHeader("VZ-M2M-Token", equalTo("33333333-3333-4333-8333-333333333333"))
                .withRequestBody(equalToJson("""
                        {"accountName":"0999000001-00001","state":"preactive","devicesToAdd":[{%s}]}""".formatted(IDS))));
    }

    @Test
    void a_result_for_another_device_says_nothing_of_this_one() {
        answers(200, "[{" + IDS.replace(LINE.imei().digits(), OTHER.imei().digits()) + ",\"response\":\"Success\"}]");

        assertThat(gateway().register(new NewDevice(LINE, "tracker"))).isInstanceOf(Unclear.class);
    }

    @Test
    void an_activation_is_of_one_account_plan_and_zip_and_its_request_has_an_id() {
        answers(200, "{\"requestId\":\"" + REQUEST + "\"}");

        assertThat(gateway().activate(activation(LINE))).isEqualTo(new Ok<>(new Acceptance(Optional.of(REQUEST))));
        platform.verify(postRequestedFor(urlEqualTo("/thingspace/api/m2m/v1/devices/actions/activate"))
                .withRequestBody(equalToJson("""
                        {"accountName":"0999000001-00001","servicePlan":"m2m_4G","mdnZipCode":"98801",
                         "devices":[{%s}]}""".formatted(IDS))));
    }

    @Test
    void an_activation_that_cannot_be_is_not_sent() {
        M2mGateway gateway = gateway();
        Line elsewhere = new Line(LINE.imei(), LINE.iccid(), "0999000001-00002", Optional.empty());

        for (List<Line> lines : List.of(List.<Line>of(), Collections.nCopies(10_001, LINE), List.of(LINE, elsewhere))) {
            assertThatExceptionOfType(IllegalArgumentException.class)
                    .isThrownBy(() -> gateway.activate(activation(lines.toArray(Line[]::new))));
        }
        for (Activation lacking : List.of(
                new Activation(ACCOUNT, Optional.empty(), Optional.of("98801"), List.of(LINE)),
                new Activation(ACCOUNT, Optional.of("m2m_4G"), Optional.empty(), List.of(LINE)))) {
            assertThat(gateway.activate(lacking))
                    .isInstanceOfSatisfying(
                            Refused.class, refused -> assertThat(refused.code()).isEqualTo("PLAN_OR_ZIP_MISSING"));
        }
        assertThat(platform.getAllServeEvents()).isEmpty();
    }

    @Test
    void ten_thousand_devices_go_into_one_request() {
        answers(200, "{\"requestId\":\"" + REQUEST + "\"}");

        assertThat(gateway()
                        .activate(activation(Collections.nCopies(10_000, LINE).toArray(Line[]::new))))
                .isInstanceOf(Ok.class);
        assertThat(platform.getAllServeEvents()).hasSize(1);
    }

    @Test
    void when_one_of_several_is_active_already_nothing_was_done_to_any() {
        answers(400, "{\"errorCode\":\"UnifiedWebService.REQUEST_FAILED.DeviceAlreadyActive\"}");

        assertThat(gateway().activate(activation(LINE, OTHER))).isInstanceOf(TryLater.class);
        assertThat(gateway().activate(activation(LINE))).isEqualTo(new AlreadyDone<>());
    }

    @Test
    void an_activation_that_somebody_has_yet_to_approve_was_accepted_and_has_no_id() {
        answers(400, "{\"errorCode\":\"UnifiedWebService.REQUEST_ONHOLD.Approval.Pending\"}");

        assertThat(gateway().activate(activation(LINE, OTHER))).isEqualTo(new Ok<>(new Acceptance(Optional.empty())));
    }

    @Test
    void as_many_activations_have_a_turn_as_the_platform_takes_and_no_more_whoever_asks() {
        for (int i = 0; i < ClaimedPace.MOST; i++) {
            assertThat(gateway().takeTurn()).isEmpty();
        }

        assertThat(gateway().takeTurn()).contains(Duration.ofSeconds(7));

        clock.forward(Duration.ofSeconds(7));
        assertThat(gateway().takeTurn()).isEmpty();
        assertThat(platform.getAllServeEvents()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "preactive, NOT_ACTIVE",
        "pending activation, PENDING",
        "active, ACTIVE",
        "Active, ACTIVE",
        "suspend, SUSPENDED",
        "deactive, DEACTIVATED",
        "pending deactivation, ENDING",
        "something new, PENDING",
        "'', PENDING"
    })
    void a_state_is_inside_what_the_carrier_says_and_an_unknown_one_is_a_change_on_its_way(
            String word, LineState state) {
        answers(200, "{\"hasMoreData\":false,\"devices\":[" + record(word, "") + "]}");

        assertThat(yes(gateway().find(LINE)).orElseThrow()).satisfies(device -> {
            assertThat(device.state()).isEqualTo(state);
            assertThat(device.imei()).contains(LINE.imei());
            assertThat(device.iccid()).contains(LINE.iccid());
            assertThat(device.uid()).isEmpty();
            assertThat(device.revision()).isEmpty();
            assertThat(device.document()).containsEntry("connected", false);
        });
        platform.verify(postRequestedFor(urlEqualTo("/thingspace/api/m2m/v1/devices/actions/list"))
                .withRequestBody(equalToJson("""
                        {"accountName":"0999000001-00001","deviceId":{"id":"%s","kind":"imei"}}""".formatted(LINE.imei().digits()))));
    }

    @Test
    void a_look_up_that_was_passed_over_does_not_give_another_device() {
        answers(200, "{\"devices\":[" + record("active", "") + "]}");

        assertThat(gateway().find(OTHER)).isEqualTo(new Ok<>(Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource({"active, deactive, DEACTIVATED, true", "deactive, active, ACTIVE, false"})
    void of_several_records_of_a_device_the_one_with_its_own_sim_counts_and_then_one_that_has_not_ended(
            String first, String second, LineState found, boolean ownSim) {
        String stranger = OTHER.iccid().digits();
        String secondSim = ownSim ? LINE.iccid().digits() : stranger;
        answers(
                200,
                "{\"devices\":[" + record(first, "").replace(LINE.iccid().digits(), stranger) + ","
                        + record(second, "").replace(LINE.iccid().digits(), secondSim) + "]}");

        assertThat(yes(gateway().find(LINE)).orElseThrow().state()).isEqualTo(found);
    }

    @Test
    void a_device_whose_ids_cannot_be_read_is_listed_without_them() {
        answers(200, """
                {"devices":[{"deviceIds":[{"id":"abc","kind":"imei"},{"kind":"iccid"},7,{"id":"A1000009999999","kind":"meid"}],
                 "carrierInformations":[{"state":"active"}]}]}""");

        assertThat(yes(gateway().list(ACCOUNT, Optional.empty())).devices())
                .singleElement()
                .satisfies(device -> {
                    assertThat(device.imei()).isEmpty();
                    assertThat(device.iccid()).isEmpty();
                    assertThat(device.active()).isTrue();
                });
    }

    @ParameterizedTest
    @CsvSource({"202, true", "202, false", "200, true"})
    void there_is_more_when_either_the_status_or_the_body_says_so(int status, boolean hasMoreData) {
        answers(
                status,
                "{\"hasMoreData\":" + hasMoreData + ",\"devices\":[" + record("active", "11") + ","
                        + record("active", "17") + "]}");

        Page page = yes(gateway().list(ACCOUNT, Optional.empty()));

        assertThat(page.devices()).hasSize(2);
        assertThat(page.next()).contains("17");
        gateway().list(ACCOUNT, page.next());
        platform.verify(postRequestedFor(urlEqualTo("/thingspace/api/m2m/v1/devices/actions/list"))
                .withRequestBody(equalToJson("{\"accountName\":\"0999000001-00001\",\"maxNumberOfDevices\":2000}")));
        platform.verify(postRequestedFor(urlEqualTo("/thingspace/api/m2m/v1/devices/actions/list"))
                .withRequestBody(equalToJson("""
                        {"accountName":"0999000001-00001","maxNumberOfDevices":2000,"largestDeviceIdSeen":17}""")));
    }

    @Test
    void the_last_page_is_complete() {
        answers(200, "{\"hasMoreData\":false,\"devices\":[" + record("active", "17") + "]}");

        assertThat(yes(gateway().list(ACCOUNT, Optional.of("11"))).next()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "not a number", "11"})
    void a_page_that_says_there_is_more_and_not_after_what_is_no_page(String deviceId) {
        answers(202, "{\"hasMoreData\":true,\"devices\":[" + record("active", deviceId) + "]}");

        assertThat(gateway().list(ACCOUNT, Optional.of("11"))).isInstanceOf(TryLater.class);
    }

    @Test
    void an_empty_page_that_says_there_is_more_is_no_page() {
        answers(202, "{\"hasMoreData\":true,\"devices\":[]}");

        assertThat(gateway().list(ACCOUNT, Optional.empty())).isInstanceOf(TryLater.class);
    }

    @Test
    void a_page_of_two_thousand_devices_is_read() {
        String all = String.join(",", Collections.nCopies(2_000, record("active", "17")));
        answers(202, "{\"hasMoreData\":true,\"devices\":[" + all + "]}");

        assertThat(yes(gateway().list(ACCOUNT, Optional.empty())).devices()).hasSize(2_000);
    }

    @ParameterizedTest
    @CsvSource({"Pending, PENDING", "pending, PENDING", "Success, SUCCEEDED", "Failure, FAILED", "Failed, FAILED"})
    void a_request_can_be_asked_about(String status, Progress progress) {
        answers(200, "{\"requestId\":\"" + REQUEST + "\",\"status\":\"" + status + "\"}");

        assertThat(gateway().progress(ACCOUNT, REQUEST)).isEqualTo(new Ok<>(progress));
        platform.verify(getRequestedFor(
                urlEqualTo("/thingspace/api/m2m/v1/accounts/0999000001-00001/requests/" + REQUEST + "/status")));
    }

    @Test
    void a_status_that_nobody_knows_says_nothing() {
        answers(200, "{\"status\":\"" + SECRET + "\"}");

        assertThat(gateway().progress(ACCOUNT, REQUEST))
                .isInstanceOfSatisfying(
                        TryLater.class, later -> assertThat(later.reason()).doesNotContain(SECRET));
    }

    @Test
    void an_answer_that_does_not_end_is_waited_for_no_longer_than_was_said() {
        platform.stubFor(any(anyUrl()).willReturn(aResponse().withBody("{}").withChunkedDribbleDelay(2, 600_000)));
        M2mGateway impatient = gateway(tokens, Duration.ofMillis(500));

        assertThat(impatient.find(LINE)).isInstanceOf(TryLater.class);
        assertThat(impatient.activate(activation(LINE))).isInstanceOf(Unclear.class);
    }

    @Test
    void an_answer_beyond_all_measure_is_not_read_to_its_end() {
        answers(200, "{" + " ".repeat(17 * 1024 * 1024) + "\"devices\":[]}");

        assertThat(gateway().find(LINE)).isInstanceOf(TryLater.class);
    }

    @Test
    void without_a_token_nothing_is_sent() {
        assertThat(gateway(SteadyTokens.none(), Duration.ofSeconds(10)).activate(activation(LINE)))
                .isEqualTo(new TokenRefused<>(SteadyTokens.SECRET, "v0"));
        assertThat(platform.getAllServeEvents()).isEmpty();
    }

    private void answers(int status, String body) {
        platform.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(status).withBody(body)));
    }

    private static String record(String state, String deviceId) {
        return """
                {"accountName":"0999000001-00001","carrierInformations":[{"carrierName":"Verizon Wireless","state":"%s"}],
                 "connected":false,"deviceIds":[{"id":"5550100014","kind":"mdn"},{"id":"%s","kind":"Imei"},
                 {"id":"%s","kind":"ICCID"}],"extendedAttributes":[{"key":"Other","value":"1"},{"key":"DeviceId","value":"%s"}]}
                """.formatted(state, LINE.imei().digits(), LINE.iccid().digits(), deviceId);
    }

    private static Activation activation(Line... lines) {
        return new Activation(ACCOUNT, Optional.of("m2m_4G"), Optional.of("98801"), List.of(lines));
    }

    private static Line line(int number) {
        return new Line(SampleFleet.imei(number), SampleFleet.iccid(number), ACCOUNT, Optional.empty());
    }

    private static <T> T yes(CarrierReply<T> reply) {
        assertThat(reply).isInstanceOf(Ok.class);
        return ((Ok<T>) reply).value();
    }

    /** Another instance each time, all with the same claims. */
    private M2mGateway gateway() {
        return gateway(tokens, Duration.ofSeconds(10));
    }

    private M2mGateway gateway(SteadyTokens shown, Duration timeout) {
        return new M2mGateway(
                URI.create("http://127.0.0.1:" + platform.port() + "/thingspace"),
                shown,
                timeout,
                new ClaimedPace(new InMemoryClaims(store), clock));
    }
}
