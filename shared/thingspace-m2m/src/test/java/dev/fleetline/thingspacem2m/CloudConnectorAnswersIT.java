package dev.fleetline.thingspacem2m;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.patchRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import dev.fleetline.carrier.CarrierReply.AlreadyDone;
import dev.fleetline.carrier.CarrierReply.Ok;
import dev.fleetline.carrier.CarrierStreams.Health;
import dev.fleetline.carrier.CarrierStreams.PastReport;
import dev.fleetline.carrier.CarrierStreams.StreamTarget;
import dev.fleetline.carrier.CarrierStreams.Subscription;
import dev.fleetline.carrier.CarrierStreams.Target;
import dev.fleetline.device.DeviceId;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The documented bodies of Cloud Connector, its odd answers, and what is sent. */
class CloudConnectorAnswersIT {

    private static final DeviceId UID = new DeviceId("d0c1e0a1-0000-6abc-f001-0123456789ab");
    private static final String TARGET = "7a91d001-0000-6abc-e002-0123456789ab";
    private static final String SUBSCRIPTION = "5b010001-0000-6abc-f003-0123456789ab";
    private static final String ACCOUNT = "\"accountidentifier\":{\"billingaccountid\":\"0999000001-00001\"}";
    private static final Instant MADE = Instant.parse("2026-03-02T15:10:22.178Z");

    private final WireMockServer platform =
            new WireMockServer(WireMockConfiguration.options().dynamicPort().bindAddress("127.0.0.1"));
    private final CloudConnectorStreams streams;

    CloudConnectorAnswersIT() {
        platform.start();
        streams = new CloudConnectorStreams(
                URI.create("http://127.0.0.1:" + platform.port() + "/thingspace"),
                "0999000001-00001",
                SteadyTokens.of("synthetic-bearer", "33333333-3333-4333-8333-333333333333"),
                Duration.ofSeconds(10));
    }

    @AfterEach
    void stop() {
        platform.stop();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            200 | ''                                                    | TryLater     | Unclear      | Ok
            200 | []                                                    | Ok           | Unclear      | Ok
            200 | {"id":"5b010001-0000-6abc-f003-0123456789ab"}         | TryLater     | Ok           | Ok
            200 | {"error":"internal_server_error"}                     | TryLater     | Unclear      | Unclear
            401 | {"error":"unauthorized","error_description":"Failure response received for UWS V1 REST accounts: [400]"} | TokenRefused | TokenRefused | TokenRefused
            401 | {"fault":{"code":"900901"}}                           | TokenRefused | TokenRefused | TokenRefused
            500 | {"error":"internal_server_error","error_description":"configuration on Device field failed with Error: unauthorized: Failure response received for UWS V1 REST accounts: [401]"} | TokenRefused | TokenRefused | TokenRefused
            400 | {"error":"request_json_unmarshal"}                    | Refused      | Refused      | Refused
            400 | {"error":"bad_request"}                               | Refused      | Refused      | Refused
            409 | {"error":"already_exists"}                            | Refused      | AlreadyDone  | Refused
            404 | {"error":"not_found"}                                 | Refused      | Refused      | AlreadyDone
            503 | {"error":"unavailable"}                               | TryLater     | TryLater     | TryLater
            500 | {"error":"internal_server_error"}                     | TryLater     | Unclear      | Unclear
            504 | ''                                                    | TryLater     | Unclear      | Unclear
            """)
    void every_answer_has_one_meaning(int status, String body, String toList, String toSubscribe, String toDelete) {
        platform.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(status).withBody(body)));

        assertThat(streams.targets().getClass().getSimpleName()).isEqualTo(toList);
        assertThat(streams.subscriptions().getClass().getSimpleName()).isEqualTo(toList);
        assertThat(streams.history(UID, 5).getClass().getSimpleName()).isEqualTo(toList);
        assertThat(streams.createSubscription(TARGET, "ts.event", "all")
                        .getClass()
                        .getSimpleName())
                .isEqualTo(toSubscribe);
        assertThat(streams.deleteTarget(TARGET).getClass().getSimpleName()).isEqualTo(toDelete);
        assertThat(streams.deleteSubscription(SUBSCRIPTION).getClass().getSimpleName())
                .isEqualTo(toDelete);
    }

    @Test
    void a_target_says_twice_whose_it_is_and_its_key_goes_out_but_never_comes_back() {
        answers("""
                {"address":"https://rx.example.test:443","addressscheme":"streamrest","billingaccountid":"0999000001-00001",
                 "createdon":"2026-03-02T15:10:22.178Z","id":"7a91d001-0000-6abc-e002-0123456789ab","kind":"ts.target",
                 "name":"sim receiver","version":"1.0"}""");

        assertThat(streams.createTarget(
                        new StreamTarget("sim receiver", "https://rx.example.test:443", "shared-secret-example")))
                .isEqualTo(new Ok<>(TARGET));

        platform.verify(postRequestedFor(urlEqualTo("/thingspace/api/cc/v1/targets"))
                .withHeader("VZ-M2M-Token", equalTo("33333333-3333-4333-8333-333333333333"))
                .withRequestBody(equalToJson("{" + ACCOUNT + """
                        ,"billingaccountid":"0999000001-00001","kind":"ts.target",
                         "name":"sim receiver","addressscheme":"streamrest","address":"https://rx.example.test:443",
                         "key1":"shared-secret-example"}""")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[%s]", "{\"SubscriptionList\":[%s]}"})
    void a_list_is_an_array_or_wrapped_and_tells_how_a_subscription_fares(String list) {
        answers(list.formatted("""
                {"configurationfailures":1,"createdon":"2026-03-02T15:10:22.178Z","disabled":true,
                 "id":"5b010001-0000-6abc-f003-0123456789ab","kind":"ts.subscription","laststreamingstatus":"fail",
                 "laststreamingtime":"2026-03-02T16:00:00Z","networkfailures":3,"streamfailures":2,
                 "streamkind":"ts.event","targetid":"7a91d001-0000-6abc-e002-0123456789ab","targettype":"streamrest"}"""));

        assertThat(streams.subscriptions())
                .isEqualTo(new Ok<>(List.of(new Subscription(
                        SUBSCRIPTION,
                        "",
                        "ts.event",
                        TARGET,
                        MADE,
                        new Health("fail", Optional.of(Instant.parse("2026-03-02T16:00:00Z")), 3, 2, 1, true)))));
        platform.verify(postRequestedFor(urlEqualTo("/thingspace/api/cc/v1/subscriptions/actions/query"))
                .withRequestBody(equalToJson("{" + ACCOUNT + "}")));
    }

    @Test
    void what_was_never_tried_has_no_time_and_a_target_in_a_list_has_no_key() {
        answers("[{\"id\":\"" + SUBSCRIPTION + "\",\"streamkind\":\"ts.event\",\"targetid\":\"" + TARGET
                + "\",\"createdon\":\"2026-03-02T15:10:22.178Z\",\"laststreamingstatus\":\"\","
                + "\"laststreamingtime\":\"0001-01-01T00:00:00Z\"}]");
        assertThat(streams.subscriptions())
                .isEqualTo(new Ok<>(List.of(new Subscription(SUBSCRIPTION, "", "ts.event", TARGET, MADE))));

        answers("[{\"id\":\"" + TARGET + "\",\"name\":\"n\",\"address\":\"https://a.example.test\"}]");
        assertThat(streams.targets())
                .isEqualTo(new Ok<>(List.of(new Target(TARGET, "n", "https://a.example.test", Instant.EPOCH))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[%s]", "{\"SearchDeviceEventHistory\":[%s]}"})
    void history_is_asked_for_by_the_device_s_id_and_put_into_the_envelope_of_a_stream(String list) {
        answers(list.formatted("{\"id\":\"e\",\"lastupdated\":\"2026-03-02T15:05:49.786Z\"}"));

        assertThat(streams.history(UID, 10))
                .isEqualTo(new Ok<>(List.of(new PastReport(
                        Instant.parse("2026-03-02T15:05:49.786Z"),
                        "{\"kind\":\"ts.event\",\"action\":\"create\",\"data\":{\"id\":\"e\","
                                + "\"lastupdated\":\"2026-03-02T15:05:49.786Z\"}}"))));
        platform.verify(postRequestedFor(urlEqualTo("/thingspace/api/cc/v1/devices/fields/actions/history/search"))
                .withRequestBody(equalToJson("{" + ACCOUNT + ",\"resourceidentifier\":{\"id\":\"" + UID.value()
                        + "\"},\"$limitnumber\":10}")));
    }

    @Test
    void a_move_is_a_patch_of_the_one_subscription_and_a_deletion_names_it() {
        answers("");

        assertThat(streams.moveSubscription(SUBSCRIPTION, TARGET)).isEqualTo(new Ok<>(SUBSCRIPTION));
        assertThat(streams.deleteSubscription(SUBSCRIPTION)).isEqualTo(new Ok<>(SUBSCRIPTION));

        String about = "{" + ACCOUNT + ",\"resourceidentifier\":{\"id\":\"" + SUBSCRIPTION + "\"}";
        platform.verify(patchRequestedFor(urlEqualTo("/thingspace/api/cc/v1/subscriptions"))
                .withRequestBody(equalToJson(about + ",\"targetid\":\"" + TARGET + "\"}")));
        platform.verify(postRequestedFor(urlEqualTo("/thingspace/api/cc/v1/subscriptions/actions/delete"))
                .withRequestBody(equalToJson(about + "}")));
    }

    @Test
    void a_second_subscription_of_a_kind_is_there_already() {
        platform.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(409)));

        assertThat(streams.createSubscription(TARGET, "ts.event", "all")).isEqualTo(new AlreadyDone<>());
    }

    private void answers(String body) {
        platform.stubFor(any(anyUrl()).willReturn(aResponse().withBody(body)));
    }
}
