package dev.fleetline.thingspacecore;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.deleteRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.patchRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import dev.fleetline.carrier.CarrierReply.Ok;
import dev.fleetline.carrier.CarrierStreams.Target;
import dev.fleetline.device.DeviceId;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Odd answers about streams, and what is sent. */
class CoreStreamsAnswersIT {

    private static final DeviceId UID = new DeviceId("d0c1e0a1-0000-6abc-f001-0123456789ab");
    private static final String SUBSCRIPTION = "5b010001-0000-6abc-f003-0123456789ab";
    private static final String TARGET = "7a91d001-0000-6abc-e002-0123456789ab";

    private final WireMockServer platform =
            new WireMockServer(WireMockConfiguration.options().dynamicPort().bindAddress("127.0.0.1"));
    private final CoreStreams streams;

    CoreStreamsAnswersIT() {
        platform.start();
        streams = new CoreStreams(
                URI.create("http://127.0.0.1:" + platform.port() + "/core"),
                new OneToken("synthetic-token"),
                Duration.ofSeconds(10));
    }

    @AfterEach
    void stop() {
        platform.stop();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            204 | ''                                               | Ok           | Ok           | TryLater
            200 | ''                                               | Ok           | Ok           | TryLater
            200 | {}                                               | Ok           | Ok           | TryLater
            200 | []                                               | Ok           | Ok           | Ok
            200 | {"error":"internal_server_error"}                | Unclear      | Unclear      | TryLater
            404 | {"error":"not_found"}                            | Refused      | AlreadyDone  | Refused
            405 | ''                                               | Refused      | Refused      | Refused
            501 | ''                                               | Refused      | Unclear      | TryLater
            500 | {"error":"internal_server_error"}                | Unclear      | Unclear      | TryLater
            504 | ''                                               | Unclear      | Unclear      | TryLater
            503 | ''                                               | TryLater     | TryLater     | TryLater
            401 | {}                                               | TokenRefused | TokenRefused | TokenRefused
            500 | {"error_description":"failed to introspect access token"} | TokenRefused | TokenRefused | TokenRefused
            200 | <html>Welcome</html>                             | Ok           | Ok           | TryLater
            """)
    void every_answer_has_one_meaning(int status, String body, String toMove, String toDelete, String toList) {
        platform.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(status).withBody(body)));

        assertThat(streams.moveSubscription(SUBSCRIPTION, TARGET).getClass().getSimpleName())
                .isEqualTo(toMove);
        assertThat(streams.deleteTarget(TARGET).getClass().getSimpleName()).isEqualTo(toDelete);
        assertThat(streams.deleteSubscription(SUBSCRIPTION).getClass().getSimpleName())
                .isEqualTo(toDelete);
        assertThat(streams.targets().getClass().getSimpleName()).isEqualTo(toList);
        assertThat(streams.subscriptions().getClass().getSimpleName()).isEqualTo(toList);
        assertThat(streams.history(UID, 5).getClass().getSimpleName()).isEqualTo(toList);
    }

    @Test
    void a_move_names_nothing_but_the_target_and_history_nothing_but_how_many() {
        platform.stubFor(any(anyUrl()).willReturn(aResponse().withBody("[]")));

        streams.moveSubscription(SUBSCRIPTION, TARGET);
        streams.history(UID, 100);

        platform.verify(patchRequestedFor(urlEqualTo("/core/api/v2/subscriptions/" + SUBSCRIPTION))
                .withHeader("Authorization", equalTo("Bearer synthetic-token"))
                .withRequestBody(equalToJson("{\"targetid\":\"" + TARGET + "\"}")));
        platform.verify(postRequestedFor(urlEqualTo("/core/api/v2/devices/" + UID.value() + "/fields/actions/history"))
                .withRequestBody(equalToJson("{\"$limitnumber\":100}")));
    }

    @Test
    void an_id_with_a_slash_leads_nowhere_else() {
        platform.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(204)));

        streams.deleteTarget("../devices/x");

        platform.verify(1, deleteRequestedFor(urlEqualTo("/core/api/v2/targets/..%2Fdevices%2Fx")));
    }

    @Test
    void what_is_no_target_in_the_list_is_passed_over_and_times_may_be_missing() {
        platform.stubFor(any(anyUrl())
                .willReturn(aResponse()
                        .withBody("[7, {}, {\"id\":\"\"}, {\"id\":\"" + TARGET + "\",\"createdon\":\"never\"}]")));

        assertThat(streams.targets()).isEqualTo(new Ok<>(List.of(new Target(TARGET, "", "", Instant.EPOCH))));
    }
}
