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
import dev.fleetline.tokens.SessionDesk;
import dev.fleetline.tokens.SessionDesk.Opened;
import dev.fleetline.tokens.TokenIssuer.Grant;
import dev.fleetline.tokens.TokenIssuer.Issue;
import dev.fleetline.tokens.TokenIssuer.Revocation;
import dev.fleetline.tokens.TokenProof.Proof;
import dev.fleetline.tokens.UserCredentials;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The M2M realm's answers as they were seen on the wire, and worse ones. */
class M2mTokensIT {

    private static final String TOKEN = "/thingspace/api/ts/v1/oauth2/token";
    private static final String LOGIN = "/thingspace/api/m2m/v1/session/login";
    private static final String LISTENERS = "/thingspace/api/m2m/v1/callbacks/0999000001-00001";
    private static final String SESSION = "33333333-3333-4333-8333-333333333333";

    private final MovableClock clock = MovableClock.at("2026-03-02T15:00:00Z");
    private final WireMockServer platform =
            new WireMockServer(options().dynamicPort().dynamicHttpsPort().bindAddress("127.0.0.1"));

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
        assertThat(logIn()).isEqualTo(new Opened.Session(SESSION));
        platform.verify(postRequestedFor(urlEqualTo(LOGIN))
                .withHeader("Authorization", equalTo("Bearer bearer"))
                .withRequestBody(equalToJson("{\"username\":\"operator\",\"password\":\"hush\"}")));
    }

    @Test
    void a_login_shows_the_credentials_whose_version_is_counted_though_they_are_changed_meanwhile() {
        var users = new ArrayDeque<>(List.of(
                new UserCredentials("operator", "hush", "version-1"),
                new UserCredentials("operator", "changed", "version-2")));
        SessionDesk desk = new M2mSessions(base(), "0999000001-00001", users::remove, Duration.ofSeconds(5));

        SessionDesk.Login login = desk.login();

        assertThat(login.credentialsVersion()).isEqualTo("version-1");
        assertThat(login.open(bearer())).isEqualTo(new Opened.Session(SESSION));
        platform.verify(postRequestedFor(urlEqualTo(LOGIN))
                .withRequestBody(equalToJson("{\"username\":\"operator\",\"password\":\"hush\"}")));
        assertThat(users).hasSize(1);
    }

    @Test
    void a_wrong_password_is_a_refusal_that_counts() {
        platform.stubFor(post(LOGIN)
                .willReturn(answer(
                        400,
                        "{\"errorCode\":\"UnifiedWebService.INPUT_INVALID.Password.Invalid\","
                                + "\"errorMessage\":\"no\"}")));

        assertThat(logIn()).isEqualTo(new Opened.Refused("INPUT_INVALID.Password.Invalid"));
    }

    @Test
    void an_ended_bearer_at_the_login_is_no_failed_login() {
        platform.stubFor(post(LOGIN).willReturn(answer(401, Wire.message("m2m/fault-401-bad-bearer.json"))));

        assertThat(logIn()).isEqualTo(new Opened.TokenEnded());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "the word of OAuth | 401 | {\"error\":\"unauthorized\"}",
                "a page            | 403 | <html>sorry</html>",
                "an empty object   | 400 | {}",
                "nothing           | 401 | ``",
            })
    void a_login_refused_without_a_code_counts_as_one_refused_with_a_code(String said, int status, String body) {
        platform.stubFor(post(LOGIN).willReturn(answer(status, body)));

        assertThat(logIn()).isEqualTo(new Opened.Refused("status_" + status));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "an error of another kind       | 200 | {\"error\":\"x\"}",
                "an object without a session    | 200 | {}",
                "an empty session               | 200 | {\"sessionToken\":\"\"}",
                "a list                         | 200 | []",
                "a page                         | 200 | <html>sorry</html>",
                "nothing                        | 204 | ``",
                "another address                | 302 | <html>moved</html>",
                "no such page                   | 404 | <html>sorry</html>",
                "a time-out of the gateway      | 408 | <html>sorry</html>",
                "a fault without a code         | 500 | <html>sorry</html>",
                "a fault of the service         | 500 | {\"errorCode\":\"X.REQUEST_FAILED.UnexpectedError\"}",
                "a service that is busy         | 503 | {\"errorCode\":\"X.REQUEST_FAILED.UnexpectedError\"}",
                "a broken answer of the service | 502 | <html>sorry</html>",
                "a gateway that gave up waiting | 504 | {\"fault\":{\"code\":\"101504\"}}",
            })
    void a_login_whose_answer_says_neither_yes_nor_no_may_have_failed_there(String said, int status, String body) {
        platform.stubFor(post(LOGIN).willReturn(answer(status, body)));

        assertThat(logIn())
                .isInstanceOfSatisfying(Opened.Unavailable.class, unavailable -> assertThat(unavailable.mayCount())
                        .isTrue());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "there is no such path           | 400 | {\"fault\":{\"code\":\"900906\"}}",
                "the scheme is wrong, in XML     | 403 | <am:fault xmlns:am=\"http://wso2.org/apimanager\"/>",
                "throttled                       | 429 | {\"fault\":{\"code\":\"900800\"}}",
                "throttled, with another status  | 503 | {\"fault\":{\"code\":900800}}",
                "throttled, without a code       | 429 | <html>slow down</html>",
                "nobody is there                 | 503 | <html>sorry</html>",
            })
    void what_the_gateway_refuses_has_shown_the_password_to_nobody(String said, int status, String body) {
        platform.stubFor(post(LOGIN).willReturn(answer(status, body)));

        assertThat(logIn())
                .isInstanceOfSatisfying(Opened.Unavailable.class, unavailable -> assertThat(unavailable.mayCount())
                        .isFalse());
    }

    @Test
    void a_login_whose_connection_broke_may_have_failed_there() {
        platform.stubFor(post(LOGIN).willReturn(aResponse().withFault(Fault.EMPTY_RESPONSE)));

        assertThat(logIn())
                .isInstanceOfSatisfying(Opened.Unavailable.class, unavailable -> assertThat(unavailable.mayCount())
                        .isTrue());
    }

    @Test
    void a_login_that_the_platform_heard_and_did_not_answer_in_time_may_have_failed_there() {
        assertThat(logIn()).isInstanceOf(Opened.Session.class);
        platform.stubFor(post(LOGIN).willReturn(answer(200, "{}").withFixedDelay(60_000)));

        assertThat(sessions(base(), Duration.ofSeconds(2)).login().open(bearer()))
                .isEqualTo(new Opened.Unavailable("no answer within PT2S", true));
        platform.verify(2, postRequestedFor(urlEqualTo(LOGIN)));
    }

    @Test
    void a_platform_that_cannot_be_reached_has_seen_no_password() throws IOException {
        URI closedPort;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closedPort = URI.create("http://127.0.0.1:" + socket.getLocalPort());
        }
        // longer than a name may be, so that nobody is asked for it
        URI unknownName = URI.create("http://" + "x".repeat(64) + ".invalid");
        URI untrusted = URI.create("https://127.0.0.1:" + platform.httpsPort());

        assertThat(List.of(closedPort, unknownName, untrusted)).allSatisfy(address -> assertThat(
                        sessions(address, Duration.ofSeconds(20)).login().open(bearer()))
                .isInstanceOfSatisfying(Opened.Unavailable.class, unavailable -> {
                    assertThat(unavailable.reason()).startsWith("no connection");
                    assertThat(unavailable.mayCount()).isFalse();
                }));
    }

    @Test
    void a_session_that_no_header_can_hold_is_none_and_is_shown_nowhere() {
        platform.stubFor(post(LOGIN).willReturn(answer(200, "{\"sessionToken\":\"abc\\ndef\"}")));

        assertThat(logIn()).isEqualTo(new Opened.Unavailable("answered 200 with a session that cannot be sent", true));
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

    private Opened logIn() {
        return sessions().login().open(bearer());
    }

    private M2mSessions sessions() {
        return sessions(base(), Duration.ofSeconds(5));
    }

    private static M2mSessions sessions(URI address, Duration timeout) {
        return new M2mSessions(
                address, "0999000001-00001", () -> new UserCredentials("operator", "hush", "version-1"), timeout);
    }

    private AccessToken bearer() {
        return new AccessToken("bearer", Optional.empty(), List.of(), clock.instant(), Duration.ofHours(1));
    }

    private URI base() {
        return URI.create("http://127.0.0.1:" + platform.port() + "/thingspace");
    }

    private static ResponseDefinitionBuilder answer(int status, String body) {
        return aResponse().withStatus(status).withBody(body);
    }
}
