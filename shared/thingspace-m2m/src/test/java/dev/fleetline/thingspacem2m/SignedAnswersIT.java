package dev.fleetline.thingspacem2m;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.deleteRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import dev.fleetline.carrier.CarrierReply.Ok;
import dev.fleetline.carrier.CarrierReply.Unclear;
import dev.fleetline.carrier.SignedListeners;
import dev.fleetline.carrier.SignedListeners.Registration;
import dev.fleetline.carrier.SignedListeners.SignedListener;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The documented bodies of Diagnostics and Location, their odd answers, where the key is, and what is sent. */
class SignedAnswersIT {

    private static final String ADDRESS = "https://receiver.example.test/callbacks/";

    private final WireMockServer platform =
            new WireMockServer(WireMockConfiguration.options().dynamicPort().bindAddress("127.0.0.1"));
    private final SteadyTokens tokens = SteadyTokens.of("synthetic-bearer", "33333333-3333-4333-8333-333333333333");
    private final SignedListeners diagnostics;
    private final SignedListeners location;

    SignedAnswersIT() {
        platform.start();
        URI base = URI.create("http://127.0.0.1:" + platform.port() + "/thingspace/");
        Duration timeout = Duration.ofSeconds(10);
        diagnostics = new DiagnosticsListeners(base, "0999000001-00001", tokens, timeout, "Shared-Key");
        location = new LocationListeners(base, "0999000001-00001", tokens, timeout, "Shared-Key");
    }

    @AfterEach
    void stop() {
        platform.stop();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            400 | {"errorCode":"INVALID_PARAMETER","errorMessage":"UWS verification failure (The Session has expired.)"} | TokenRefused | TokenRefused
            401 | {"fault":{"code":"900901"}}                                                | TokenRefused | TokenRefused
            400 | {"errorCode":"INVALID_PARAMETER","errorMessage":"url"}                     | Refused      | Refused
            401 | {"errorCode":"INVALID_ACCOUNT","errorMessage":"x"}                         | Refused      | Refused
            500 | {"errorCode":"UNREGISTERED_ACCOUNT","errorMessage":"x"}                    | Refused      | Refused
            500 | {"errorCode":"INACTIVE_ACCOUNT","errorMessage":"x"}                        | Refused      | Refused
            500 | {"errorCode":"INTERNAL_SYSTEM_ERROR","errorMessage":"x"}                   | TryLater     | Unclear
            503 | {"errorCode":"CACHE_UNAVAILABLE","errorMessage":"x"}                       | TryLater     | Unclear
            429 | ''                                                                         | TryLater     | TryLater
            504 | ''                                                                         | TryLater     | Unclear
            200 | ''                                                                         | TryLater     | Unclear
            200 | {"account":"0999000001-00001","name":"Location"}                           | TryLater     | Ok
            200 | []                                                                         | Ok           | Ok
            """)
    void every_answer_has_one_meaning(int status, String body, String toRead, String toWrite) {
        platform.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(status).withBody(body)));

        for (SignedListeners listeners : List.of(diagnostics, location)) {
            assertThat(listeners.listeners().getClass().getSimpleName()).isEqualTo(toRead);
            assertThat(listeners.register(listener("Location")).getClass().getSimpleName())
                    .isEqualTo(toWrite);
        }
    }

    @Test
    void diagnostics_names_the_account_in_the_body_and_in_the_query() {
        platform.stubFor(any(anyUrl()).willReturn(aResponse().withBody("{}")));

        diagnostics.register(listener("Diagnostics"));
        diagnostics.listeners();
        diagnostics.deregister("Diagnostics");

        String callbacks = "/thingspace/api/diagnostics/v1/callbacks";
        platform.verify(postRequestedFor(urlEqualTo(callbacks))
                .withHeader("Authorization", equalTo("Bearer synthetic-bearer"))
                .withHeader("VZ-M2M-Token", equalTo("33333333-3333-4333-8333-333333333333"))
                .withRequestBody(equalToJson("""
                        {"accountName":"0999000001-00001","serviceName":"Diagnostics",
                         "endpoint":"https://receiver.example.test/callbacks/Diagnostics"}""")));
        platform.verify(getRequestedFor(urlEqualTo(callbacks + "?accountName=0999000001-00001")));
        platform.verify(
                deleteRequestedFor(urlEqualTo(callbacks + "?accountName=0999000001-00001&serviceName=Diagnostics")));
    }

    @Test
    void location_has_the_account_in_its_path() {
        platform.stubFor(any(anyUrl()).willReturn(aResponse().withBody("{}")));

        location.register(listener("DeviceLocation"));
        location.listeners();
        location.deregister("DeviceLocation");

        String callbacks = "/thingspace/api/loc/v1/callbacks/0999000001-00001";
        platform.verify(postRequestedFor(urlEqualTo(callbacks)).withRequestBody(equalToJson("""
                        {"name":"DeviceLocation","url":"https://receiver.example.test/callbacks/DeviceLocation"}""")));
        platform.verify(getRequestedFor(urlEqualTo(callbacks)));
        platform.verify(deleteRequestedFor(urlEqualTo(callbacks + "/name/DeviceLocation")));
    }

    @Test
    void the_key_is_in_a_header_whose_case_does_not_count() {
        platform.stubFor(any(anyUrl())
                .willReturn(aResponse()
                        .withHeader("shared-key", " a-shared-key ")
                        .withBody("{\"account\":\"0999000001-00001\",\"name\":\"Location\"}")));

        assertThat(location.register(listener("Location")))
                .isEqualTo(new Ok<>(new Registration("Location", Optional.of("a-shared-key"))));
    }

    @Test
    void a_yes_without_a_body_is_one_when_it_brings_the_key() {
        platform.stubFor(any(anyUrl()).willReturn(aResponse().withHeader("Shared-Key", "a-shared-key")));

        assertThat(location.register(listener("Location"))).isInstanceOf(Ok.class);
    }

    @Test
    void a_yes_whose_key_is_in_another_header_has_none() {
        platform.stubFor(
                any(anyUrl()).willReturn(aResponse().withHeader("X-Secret", "k").withBody("{}")));

        assertThat(diagnostics.register(listener("Diagnostics")))
                .isEqualTo(new Ok<>(new Registration("Diagnostics", Optional.empty())));
    }

    @Test
    void a_list_names_a_service_in_one_way_or_the_other_and_is_read_as_far_as_it_goes() {
        platform.stubFor(any(anyUrl()).willReturn(aResponse().withBody("""
                [7, {}, {"name":"Location","url":"https://receiver.example.test/callbacks/Location"},
                 {"serviceName":"DeviceLocation","url":null}]""")));

        assertThat(location.listeners())
                .isEqualTo(new Ok<>(List.of(listener("Location"), new SignedListener("DeviceLocation", ""))));
    }

    @Test
    void an_answer_that_does_not_end_is_unclear_although_its_head_has_the_key() {
        platform.stubFor(any(anyUrl())
                .willReturn(aResponse()
                        .withHeader("Shared-Key", "a-shared-key")
                        .withBody("{}")
                        .withChunkedDribbleDelay(2, 600_000)));
        var impatient = new LocationListeners(
                URI.create("http://127.0.0.1:" + platform.port()),
                "0999000001-00001",
                tokens,
                Duration.ofMillis(500),
                "Shared-Key");

        assertThat(impatient.register(listener("Location"))).isInstanceOf(Unclear.class);
    }

    private static SignedListener listener(String service) {
        return new SignedListener(service, ADDRESS + service);
    }
}
