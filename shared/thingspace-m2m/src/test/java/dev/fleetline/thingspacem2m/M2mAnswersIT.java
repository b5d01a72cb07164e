package dev.fleetline.thingspacem2m;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.deleteRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import dev.fleetline.carrier.CallbackListeners.Listener;
import dev.fleetline.carrier.CarrierReply.Ok;
import dev.fleetline.carrier.CarrierReply.Refused;
import dev.fleetline.carrier.CarrierReply.TokenRefused;
import dev.fleetline.carrier.CarrierReply.TryLater;
import dev.fleetline.carrier.CarrierReply.Unclear;
import dev.fleetline.device.Mender;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every odd answer, to a read and to a write, and what is sent. */
class M2mAnswersIT {

    private static final Listener LISTENER = new Listener(
            "CarrierService", "https://receiver.example.test/callbacks/CarrierService", "cbuser", "cb-secret-example");

    private final WireMockServer platform =
            new WireMockServer(WireMockConfiguration.options().dynamicPort().bindAddress("127.0.0.1"));
    private final SteadyTokens tokens = SteadyTokens.of("synthetic-bearer", "33333333-3333-4333-8333-333333333333");

    M2mAnswersIT() {
        platform.start();
    }

    @AfterEach
    void stop() {
        platform.stop();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            400 | {"errorCode":"UnifiedWebService.REQUEST_FAILED.SessionToken.Expired"}     | TokenRefused | TokenRefused
            401 | {"errorCode":"OtherService.REQUEST_FAILED.SessionToken.Expired"}          | TokenRefused | TokenRefused
            403 | {"errorCode":"UnifiedWebService.REQUEST_FAILED.SessionToken.Format"}      | TokenRefused | TokenRefused
            400 | {"errorCode":"UnifiedWebService.INPUT_INVALID.SessionToken.Invalid"}      | TokenRefused | TokenRefused
            401 | {"fault":{"code":"900901","message":"Invalid Credentials"}}               | TokenRefused | TokenRefused
            401 | {"fault":{"code":900902}}                                                 | TokenRefused | TokenRefused
            401 | ''                                                                        | TokenRefused | TokenRefused
            503 | {"fault":{"code":"900800"}}                                               | TryLater     | TryLater
            429 | ''                                                                        | TryLater     | TryLater
            429 | {"errorCode":"UnifiedWebService.REQUEST_FAILED.TooManyRequests"}          | TryLater     | TryLater
            429 | {"fault":{"code":"900801"}}                                               | TryLater     | TryLater
            400 | {"errorCode":"UnifiedWebService.REQUEST_ONHOLD.Approval"}                 | TryLater     | Unclear
            400 | {"fault":{"code":"900906"}}                                               | Refused      | Refused
            400 | {"errorCode":"UnifiedWebService.INPUT_INVALID.Request.InvalidCharacter"}  | Refused      | Refused
            400 | {"errorCode":"UnifiedWebService.REQUEST_FAILED.AccountNotFound"}          | Refused      | Refused
            403 | <am:fault xmlns:am="http://wso2.org/apimanager"></am:fault>               | Refused      | Refused
            500 | {"errorCode":"UnifiedWebService.REQUEST_FAILED.UnexpectedError"}          | TryLater     | Unclear
            503 | <html>Service Temporarily Unavailable</html>                              | TryLater     | Unclear
            504 | ''                                                                        | TryLater     | Unclear
            408 | ''                                                                        | TryLater     | Unclear
            200 | <html>Welcome</html>                                                      | TryLater     | Unclear
            200 | ''                                                                        | TryLater     | Unclear
            200 | {"accountName":"0999000001-00001","serviceName":"CarrierService"}         | TryLater     | Ok
            302 | ''                                                                        | TryLater     | Unclear
            """)
    void every_answer_has_one_meaning(int status, String body, String toRead, String toWrite) {
        platform.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(status).withBody(body)));

        assertThat(listeners().listeners().getClass().getSimpleName()).isEqualTo(toRead);
        assertThat(listeners().register(LISTENER).getClass().getSimpleName()).isEqualTo(toWrite);
        assertThat(listeners().deregister("CarrierService").getClass().getSimpleName())
                .isEqualTo(toWrite);
    }

    @Test
    void both_tokens_are_shown_and_a_listener_is_sent_as_the_platform_wants_it() {
        platform.stubFor(any(anyUrl()).willReturn(aResponse().withBody("{}")));

        listeners().register(LISTENER);
        listeners().deregister("CarrierService");

        platform.verify(postRequestedFor(urlEqualTo("/thingspace/api/m2m/v1/callbacks/0999000001-00001"))
                .withHeader("Authorization", equalTo("Bearer synthetic-bearer"))
                .withHeader("VZ-M2M-Token", equalTo("33333333-3333-4333-8333-333333333333"))
                .withRequestBody(equalToJson("""
                        {"name":"CarrierService","url":"https://receiver.example.test/callbacks/CarrierService",
                         "username":"cbuser","password":"cb-secret-example"}""")));
        platform.verify(deleteRequestedFor(
                urlEqualTo("/thingspace/api/m2m/v1/callbacks/0999000001-00001/name/CarrierService")));
    }

    @Test
    void no_reply_repeats_what_the_platform_wrote() {
        platform.stubFor(
                any(anyUrl())
                        .willReturn(
                                aResponse()
                                        .withStatus(400)
                                        .withBody(
                                                "{\"errorCode\":\"X.cb-secret-example is wrong\",\"errorMessage\":\"cb-secret-example\"}")));

        assertThat(listeners().register(LISTENER))
                .isEqualTo(new Refused<>("UNREADABLE_CODE", "the platform refused it", Mender.CARRIER));
    }

    @Test
    void a_list_with_gaps_is_read_as_far_as_it_goes() {
        platform.stubFor(any(anyUrl())
                .willReturn(aResponse().withBody("[7, {}, {\"serviceName\":\"CarrierService\",\"password\":null}]")));

        assertThat(listeners().listeners()).isEqualTo(new Ok<>(List.of(new Listener("CarrierService", "", "", ""))));
    }

    @Test
    void without_a_token_or_without_a_session_nothing_is_sent() {
        for (SteadyTokens lacking : List.of(SteadyTokens.none(), SteadyTokens.withoutSession())) {
            assertThat(listeners(lacking, Duration.ofSeconds(10)).register(LISTENER))
                    .isEqualTo(new TokenRefused<>(SteadyTokens.SECRET, "v0"));
        }
        assertThat(platform.getAllServeEvents()).isEmpty();
    }

    @Test
    void an_answer_that_does_not_end_is_waited_for_no_longer_than_was_said() {
        platform.stubFor(any(anyUrl()).willReturn(aResponse().withBody("[]").withChunkedDribbleDelay(2, 600_000)));
        M2mListeners impatient = listeners(tokens, Duration.ofMillis(500));

        assertThat(impatient.listeners()).isInstanceOf(TryLater.class);
        assertThat(impatient.register(LISTENER)).isInstanceOf(Unclear.class);
    }

    private M2mListeners listeners() {
        return listeners(tokens, Duration.ofSeconds(10));
    }

    private M2mListeners listeners(SteadyTokens shown, Duration timeout) {
        return new M2mListeners(
                URI.create("http://127.0.0.1:" + platform.port() + "/thingspace"), "0999000001-00001", shown, timeout);
    }
}
