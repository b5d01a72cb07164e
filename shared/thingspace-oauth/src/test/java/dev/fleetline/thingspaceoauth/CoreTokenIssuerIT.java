package dev.fleetline.thingspaceoauth;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.http.Fault;
import dev.fleetline.testing.MovableClock;
import dev.fleetline.testing.TokenIssuerContract;
import dev.fleetline.tokens.AccessToken;
import dev.fleetline.tokens.ClientCredentials;
import dev.fleetline.tokens.TokenIssuer;
import dev.fleetline.tokens.TokenIssuer.Grant;
import dev.fleetline.tokens.TokenIssuer.Info;
import dev.fleetline.tokens.TokenIssuer.Issue;
import dev.fleetline.tokens.TokenIssuer.Revocation;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Core's answers as they were seen on the wire, and worse ones. */
class CoreTokenIssuerIT extends TokenIssuerContract {

    private static final String TOKEN = "MDAwMDAwMDAtMDAwMC00MDAwLTgwMDAtMDAwMDAwMDAwMDAx";
    private static final Instant NOW = Instant.parse("2026-03-03T15:00:00Z");
    private static final ClientCredentials CLIENT = new ClientCredentials("client:id", "hush", Optional.empty());
    private static final Grant.Refresh REFRESH = new Grant.Refresh(KNOWN);

    private final MovableClock clock = new MovableClock(NOW);
    private final WireMockServer core =
            new WireMockServer(options().dynamicPort().bindAddress("127.0.0.1"));

    @BeforeEach
    void start() {
        core.start();
        core.stubFor(post("/core/oauth2/token").willReturn(answer(400, wire("token-400-invalid-grant.json"))));
        core.stubFor(post("/core/oauth2/token")
                .withFormParam("grant_type", equalTo("refresh_token"))
                .withFormParam("refresh_token", equalTo(KNOWN))
                .willReturn(answer(200, wire("token-200.json"))));
        core.stubFor(
                get(urlPathEqualTo("/core/oauth2/token/info")).willReturn(answer(500, wire("token-info-error.json"))));
        core.stubFor(get(urlPathEqualTo("/core/oauth2/token/info"))
                .withQueryParam("access_token", equalTo(TOKEN))
                .willReturn(answer(200, wire("token-info-authorization-code-200.json"))));
        core.stubFor(post("/core/oauth2/revoke").willReturn(answer(200, wire("revoke-200.json"))));
    }

    @AfterEach
    void stop() {
        core.stop();
    }

    @Override
    protected TokenIssuer issuer() {
        return issuer(Duration.ofSeconds(20));
    }

    private CoreTokenIssuer issuer(Duration timeout) {
        return new CoreTokenIssuer(URI.create(core.baseUrl() + "/core"), () -> CLIENT, clock, timeout);
    }

    @Test
    void a_token_has_the_life_that_the_answer_says() {
        assertThat(issuer().issue(REFRESH))
                .isEqualTo(new Issue.Issued(
                        new AccessToken(TOKEN, Optional.empty(), List.of(), NOW, Duration.ofDays(30))));
    }

    @Test
    void a_code_is_exchanged_with_its_redirect_address_and_scopes_and_the_refresh_token_is_kept() {
        core.stubFor(post("/core/oauth2/token")
                .withFormParam("grant_type", equalTo("authorization_code"))
                .withFormParam("code", equalTo("c+o/d="))
                .withFormParam("redirect_uri", equalTo("https://app.example.test/oauth2/callback"))
                .withFormParam("scope", equalTo("ts.device ts.target"))
                .willReturn(answer(
                        200,
                        "{\"access_token\":\"a\",\"refresh_token\":\"r\",\"expires_in\":60,"
                                + "\"scope\":\" ts.device\"}")));

        assertThat(issuer().issue(new Grant.AuthorizationCode(
                        "c+o/d=",
                        Optional.of(URI.create("https://app.example.test/oauth2/callback")),
                        List.of("ts.device", "ts.target"))))
                .isEqualTo(new Issue.Issued(
                        new AccessToken("a", Optional.of("r"), List.of("ts.device"), NOW, Duration.ofMinutes(1))));
        core.verify(postRequestedFor(urlEqualTo("/core/oauth2/token"))
                .withHeader("Authorization", equalTo("Basic Y2xpZW50OmlkOmh1c2g="))
                .withHeader("Content-Type", containing("application/x-www-form-urlencoded")));
    }

    @Test
    void client_credentials_are_sent_without_any_scope() {
        issuer().issue(new Grant.ClientCredentials());

        core.verify(postRequestedFor(urlEqualTo("/core/oauth2/token"))
                .withRequestBody(equalTo("grant_type=client_credentials")));
    }

    @Test
    void a_scope_that_was_not_granted_is_refused() {
        tokenAnswers(400, wire("token-400-invalid-scope.json"));

        assertThat(issuer().issue(REFRESH)).isInstanceOfSatisfying(Issue.Refused.class, no -> assertThat(no.code())
                .isEqualTo("invalid_scope"));
    }

    @Test
    void a_description_that_repeats_a_token_is_masked() {
        tokenAnswers(400, "{\"error\":\"invalid_grant\",\"error_description\":\"no: " + TOKEN + "\"}");

        assertThat(issuer().issue(REFRESH)).isEqualTo(new Issue.Refused("invalid_grant", "no: ***"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "500 | {\"error\":\"invalid_grant\"}",
                "429 | {\"error\":\"slow_down\"}",
                "503 | busy",
                "400 | {\"error\":\"server_error\"}",
                "302 | {}",
            })
    void a_service_that_is_in_trouble_is_unavailable_and_not_a_refusal(int status, String body) {
        tokenAnswers(status, body);

        assertThat(issuer().issue(REFRESH)).isInstanceOf(Issue.Unavailable.class);
    }

    @Test
    void the_html_page_is_no_refusal() {
        tokenAnswers(400, wire("token-get-400.html"));

        assertThat(issuer().issue(REFRESH))
                .isEqualTo(new Issue.Unavailable("answered 400 with something that is not JSON"));
    }

    @Test
    void an_answer_that_does_not_come_in_time_is_unavailable() {
        core.stubFor(any(anyUrl()).atPriority(1).willReturn(answer(200, "{}").withFixedDelay(60_000)));
        CoreTokenIssuer hasty = issuer(Duration.ofMillis(300));

        assertThat(hasty.issue(REFRESH)).isInstanceOf(Issue.Unavailable.class);
        assertThat(hasty.info(TOKEN)).isInstanceOf(Info.Unavailable.class);
        assertThat(hasty.revoke(TOKEN)).isInstanceOf(Revocation.Unavailable.class);
    }

    @Test
    void a_body_that_stops_half_way_is_unavailable() {
        core.stubFor(any(anyUrl())
                .atPriority(1)
                .willReturn(answer(200, wire("token-200.json")).withChunkedDribbleDelay(100, 60_000)));

        assertThat(issuer(Duration.ofMillis(500)).issue(REFRESH)).isInstanceOf(Issue.Unavailable.class);
    }

    @Test
    void a_connection_that_breaks_is_unavailable_and_the_reason_has_no_address() {
        core.stubFor(any(anyUrl()).atPriority(1).willReturn(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)));

        assertThat(issuer().info(TOKEN)).isInstanceOfSatisfying(Info.Unavailable.class, no -> assertThat(no.reason())
                .startsWith("connection failed")
                .doesNotContain(TOKEN, "oauth2"));
    }

    @Test
    void a_living_token_is_described_and_asked_about_without_credentials() {
        assertThat(issuer().info(TOKEN))
                .isEqualTo(new Info.Alive(
                        "authorization_code",
                        "operator@example.test",
                        List.of("ts.device"),
                        Instant.parse("2026-03-02T15:04:05.615369385Z"),
                        Duration.ofDays(30)));
        core.verify(getRequestedFor(urlPathEqualTo("/core/oauth2/token/info")).withHeader("Authorization", absent()));
    }

    @Test
    void an_application_token_has_no_user_and_no_scope() {
        infoAnswers(200, wire("token-info-client-credentials-200.json"));

        assertThat(issuer().info(TOKEN)).isInstanceOfSatisfying(Info.Alive.class, alive -> {
            assertThat(alive.username()).isEmpty();
            assertThat(alive.scopes()).isEmpty();
        });
    }

    @Test
    void a_token_whose_time_is_over_is_dead_although_the_service_still_describes_it() {
        clock.set(Instant.parse("2026-04-01T15:04:06Z"));

        assertThat(issuer().info(TOKEN)).isEqualTo(new Info.Unknown());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "500 | {\"error\":\"server_error\",\"error_description\":\"database\"}",
                "502 | <html>",
                "200 | {\"grant_type\":\"authorization_code\"}",
                "200 | {\"expires_in\":60,\"created_at\":\"yesterday\"}",
            })
    void other_answers_about_a_token_prove_nothing(int status, String body) {
        infoAnswers(status, body);

        assertThat(issuer().info(TOKEN)).isInstanceOf(Info.Unavailable.class);
    }

    @Test
    void the_link_for_people_has_its_spaces_encoded() {
        URI link = issuer(Duration.ofSeconds(1))
                .authorizationLink(
                        List.of("ts.device", "ts.target"), "s&t", URI.create("https://app.example.test/cb?x=1"));

        assertThat(link)
                .hasToString(core.baseUrl()
                        + "/core/oauth2/authorization?response_type=code&client_id=client%3Aid"
                        + "&scope=ts.device%20ts.target&state=s%26t"
                        + "&redirect_uri=https%3A%2F%2Fapp.example.test%2Fcb%3Fx%3D1");
    }

    private void tokenAnswers(int status, String body) {
        core.stubFor(post("/core/oauth2/token").atPriority(1).willReturn(answer(status, body)));
    }

    private void infoAnswers(int status, String body) {
        core.stubFor(
                get(urlPathEqualTo("/core/oauth2/token/info")).atPriority(1).willReturn(answer(status, body)));
    }

    private static com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder answer(int status, String body) {
        return aResponse().withStatus(status).withBody(body);
    }

    private static String wire(String file) {
        return Wire.message("core/" + file);
    }
}
