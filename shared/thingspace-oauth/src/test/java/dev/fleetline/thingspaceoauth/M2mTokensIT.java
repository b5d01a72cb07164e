package dev.fleetline.thingspaceoauth;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import dev.fleetline.testing.MovableClock;
import dev.fleetline.tokens.AccessToken;
import dev.fleetline.tokens.ClientCredentials;
import dev.fleetline.tokens.SessionDesk.Opened;
import dev.fleetline.tokens.TokenIssuer.Grant;
import dev.fleetline.tokens.TokenIssuer.Issue;
import dev.fleetline.tokens.TokenIssuer.Revocation;
import dev.fleetline.tokens.TokenProof.Proof;
import dev.fleetline.tokens.UserCredentials;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The M2M realm's answers as they were seen on the wire, and worse ones. */
class M2mTokensIT {

    private static final String TOKEN = "/thingspace/api/ts/v1/oauth2/token";
    private static final String LOGIN = "/thingspace/api/m2m/v1/session/login";
    private static final String LISTENERS = "/thingspace/api/m2m/v1/callbacks/0999000001-00001";
    private static final String SESSION = "33333333-3333-4333-8333-333333333333";

    private final MovableClock clock = MovableClock.at("2026-03-02T15:00:00Z");
    private final WireMockServer platform =
            new WireMockServer(options().dynamicPort().bindAddress("127.0.0.1"));

    @BeforeEach
    void start() {
        platform.start();
        platform.stubFor(post(TOKEN).willReturn(answer(200, Wire.message("m2m/token-200.json"))));
        platform.stubFor(post(LOGIN).willReturn(answer(200, Wire.message("m2m/session-login-200.json"))));
        platform.stubFor(get(LISTENERS).willReturn(answer(200, "[]")));
    }

    @AfterEach
    void stop() {
        platform.stop();
    }

    @Test
    void the_application_asks_for_itself_and_gets_a_bearer_with_its_scopes_and_its_end() {
        assertThat(issuer().issue(new Grant.ClientCredentials())).isInstanceOfSatisfying(Issue.Issued.class, issued -> {
            assertThat(issued.token().accessToken()).isEqualTo("0123456789abcdef0123456789abcdef");
            assertThat(issued.token().scopes()).containsExactly("am_application_scope", "default");
            assertThat(issued.token().expiresAt()).isEqualTo("2026-03-02T16:00:00Z");
        });
        platform.verify(postRequestedFor(urlEqualTo(TOKEN))
                .withHeader("Authorization", equalTo("Basic bTJtOmh1c2g="))
                .withRequestBody(equalTo("grant_type=client_credentials")));
    }

    @Test
    void a_grant_that_the_realm_does_not_know_is_refused_without_asking() {
        assertThat(issuer().issue(new Grant.Refresh("refresh"))).isInstanceOf(Issue.Refused.class);
        platform.verify(0, postRequestedFor(urlEqualTo(TOKEN)));
    }

    @Test
    void a_revocation_is_answered_with_a_header_and_no_body() {
        platform.stubFor(post("/thingspace/api/ts/v1/oauth2/revoke")
                .willReturn(aResponse().withStatus(200)));

        assertThat(issuer().revoke("bearer")).isEqualTo(new Revocation.Answered());
    }

    @Test
    void a_login_shows_the_bearer_and_brings_a_session() {
        assertThat(sessions().open(bearer())).isEqualTo(new Opened.Session(SESSION));
        platform.verify(postRequestedFor(urlEqualTo(LOGIN))
                .withHeader("Authorization", equalTo("Bearer bearer"))
                .withRequestBody(equalToJson("{\"username\":\"operator\",\"password\":\"hush\"}")));
    }

    @Test
    void a_wrong_password_is_a_refusal_that_counts() {
        platform.stubFor(post(LOGIN)
                .willReturn(answer(
                        400,
                        "{\"errorCode\":\"UnifiedWebService.INPUT_INVALID.Password.Invalid\","
                                + "\"errorMessage\":\"no\"}")));

        assertThat(sessions().open(bearer())).isEqualTo(new Opened.Refused("INPUT_INVALID.Password.Invalid"));
    }

    @Test
    void an_ended_bearer_at_the_login_is_no_failed_login() {
        platform.stubFor(post(LOGIN).willReturn(answer(401, Wire.message("m2m/fault-401-bad-bearer.json"))));

        assertThat(sessions().open(bearer())).isEqualTo(new Opened.TokenEnded());
    }

    @Test
    void a_login_without_an_answer_may_have_failed_there() {
        platform.stubFor(post(LOGIN).willReturn(aResponse().withFault(Fault.EMPTY_RESPONSE)));

        assertThat(sessions().open(bearer()))
                .isInstanceOfSatisfying(Opened.Unavailable.class, unavailable -> assertThat(unavailable.mayCount())
                        .isTrue());
    }

    @Test
    void a_gateway_that_is_down_has_looked_at_no_password() {
        platform.stubFor(post(LOGIN).willReturn(answer(503, "<html>sorry</html>")));

        assertThat(sessions().open(bearer()))
                .isInstanceOfSatisfying(Opened.Unavailable.class, unavailable -> assertThat(unavailable.mayCount())
                        .isFalse());
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 500, 502, 504})
    void a_gateway_that_gave_up_waiting_may_have_passed_the_login_on(int status) {
        platform.stubFor(post(LOGIN).willReturn(answer(status, "<html>sorry</html>")));

        assertThat(sessions().open(bearer()))
                .isInstanceOfSatisfying(Opened.Unavailable.class, unavailable -> assertThat(unavailable.mayCount())
                        .isTrue());
    }

    @Test
    void being_throttled_by_the_gateway_is_no_failed_login() {
        platform.stubFor(post(LOGIN).willReturn(answer(429, "{\"fault\":{\"code\":\"900800\"}}")));

        assertThat(sessions().open(bearer()))
                .isInstanceOfSatisfying(Opened.Unavailable.class, unavailable -> assertThat(unavailable.mayCount())
                        .isFalse());
    }

    @Test
    void a_fault_of_the_service_itself_refuses_nobody_for_good() {
        platform.stubFor(post(LOGIN)
                .willReturn(answer(500, "{\"errorCode\":\"UnifiedWebService.REQUEST_FAILED.UnexpectedError\"}")));

        assertThat(sessions().open(bearer())).isInstanceOf(Opened.Unavailable.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"sessionToken\":\"\"}", "[]"})
    void a_login_that_is_answered_without_a_session_is_none(String body) {
        platform.stubFor(post(LOGIN).willReturn(answer(200, body)));

        assertThat(sessions().open(bearer())).isInstanceOf(Opened.Unavailable.class);
    }

    @Test
    void listing_the_listeners_proves_bearer_and_session_together() {
        assertThat(sessions().prove(bearer().with(Optional.of(SESSION)))).isEqualTo(new Proof.Alive());
        platform.verify(getRequestedFor(urlEqualTo(LISTENERS))
                .withHeader("Authorization", equalTo("Bearer bearer"))
                .withHeader("VZ-M2M-Token", equalTo(SESSION)));
    }

    @Test
    void a_bearer_without_a_session_needs_a_login_and_nobody_is_asked() {
        assertThat(sessions().prove(bearer())).isEqualTo(new Proof.SessionEnded());
        platform.verify(0, getRequestedFor(anyUrl()));
    }

    @Test
    void an_answer_that_says_nothing_of_token_and_session_proves_nothing() {
        platform.stubFor(any(anyUrl()).willReturn(answer(500, "<html>sorry</html>")));

        assertThat(sessions().prove(bearer().with(Optional.of(SESSION)))).isInstanceOf(Proof.Unavailable.class);
    }

    private M2mTokenIssuer issuer() {
        return new M2mTokenIssuer(
                base(), () -> new ClientCredentials("m2m", "hush", Optional.empty()), clock, Duration.ofSeconds(5));
    }

    private M2mSessions sessions() {
        return new M2mSessions(
                base(),
                "0999000001-00001",
                () -> new UserCredentials("operator", "hush", "version-1"),
                Duration.ofSeconds(5));
    }

    private AccessToken bearer() {
        return new AccessToken("bearer", Optional.empty(), List.of(), clock.instant(), Duration.ofHours(1));
    }

    private URI base() {
        return URI.create(platform.baseUrl() + "/thingspace");
    }

    private static ResponseDefinitionBuilder answer(int status, String body) {
        return aResponse().withStatus(status).withBody(body);
    }
}
