package dev.fleetline.thingspaceoauth;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import dev.fleetline.testing.MovableClock;
import dev.fleetline.thingspaceoauth.EdgeDiscovery.Reply;
import dev.fleetline.tokens.AccessToken;
import dev.fleetline.tokens.ClientCredentials;
import dev.fleetline.tokens.EdgeAccess;
import dev.fleetline.tokens.EdgeAccess.EdgeApi;
import dev.fleetline.tokens.TokenIssuer.Grant;
import dev.fleetline.tokens.TokenIssuer.Issue;
import dev.fleetline.tokens.TokenProof.Proof;
import dev.fleetline.tokens.TokenSource.Usable;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The 5G Edge realm's answers as they were seen on the wire. */
class EdgeTokensIT {

    private static final String TOKEN = "/5gedge/api/ts/v1/oauth2/token";

    private final MovableClock clock = MovableClock.at("2026-03-02T15:00:00Z");
    private final WireMockServer platform =
            new WireMockServer(options().dynamicPort().bindAddress("127.0.0.1"));

    @BeforeEach
    void start() {
        platform.start();
    }

    @AfterEach
    void stop() {
        platform.stop();
    }

    @Test
    void no_scope_means_full_access_and_is_answered_with_a_leading_space() {
        answers(200, "edge/token-implicit-200.json");

        assertThat(edge(EdgeAccess.NONE).issue(new Grant.ClientCredentials()))
                .isInstanceOfSatisfying(Issue.Issued.class, issued -> {
                    assertThat(issued.token().scopes()).containsExactly("ts.application.ro", "ts.mec.fullaccess");
                    assertThat(EdgeAccess.of(issued.token().scopes())).isEqualTo(EdgeAccess.FULL);
                    assertThat(issued.token().expiresIn()).isEqualTo(Duration.ofSeconds(1628));
                });
        platform.verify(postRequestedFor(urlEqualTo(TOKEN)).withRequestBody(equalTo("grant_type=client_credentials")));
    }

    @Test
    void both_scopes_are_sent_together() {
        answers(200, "edge/token-limited-200.json");

        edge(EdgeAccess.LIMITED).issue(new Grant.ClientCredentials());

        platform.verify(postRequestedFor(urlEqualTo(TOKEN))
                .withRequestBody(
                        equalTo("grant_type=client_credentials&scope=ts.application.ro%20ts.mec.limitaccess")));
    }

    @Test
    void a_refusal_has_a_shape_of_its_own_with_the_status_as_a_text() {
        answers(401, "edge/token-401-wrong-scope.json");

        assertThat(edge(EdgeAccess.FULL).issue(new Grant.ClientCredentials()))
                .isEqualTo(new Issue.Refused("status_401", "Invalid Token or Scopes"));
    }

    @Test
    void a_token_that_is_answered_again_is_alive_and_another_one_means_that_it_ended() {
        answers(200, "edge/token-limited-200.json");

        assertThat(edge(EdgeAccess.LIMITED).prove(token("<opaque>"))).isEqualTo(new Proof.Alive());
        assertThat(edge(EdgeAccess.LIMITED).prove(token("an older one"))).isEqualTo(new Proof.TokenEnded());
    }

    @Test
    void a_service_that_does_not_answer_proves_nothing() {
        platform.stubFor(post(TOKEN).willReturn(aResponse().withStatus(503)));

        assertThat(edge(EdgeAccess.FULL).prove(token("<opaque>"))).isInstanceOf(Proof.Unavailable.class);
    }

    @Test
    void a_limited_token_is_refused_for_profiles_and_endpoints_before_it_is_sent() {
        List<EdgeApi> closed =
                List.of(EdgeApi.SERVICE_PROFILES, EdgeApi.SERVICE_ENDPOINTS, EdgeApi.ALL_SERVICE_ENDPOINTS);

        assertThat(closed).allSatisfy(api -> assertThat(discovery().read(api, usable(EdgeAccess.LIMITED.scopes())))
                .isEqualTo(new Reply.NotOpened(api, EdgeAccess.LIMITED)));
        assertThat(platform.getAllServeEvents()).isEmpty();
    }

    @Test
    void a_token_asked_for_limited_access_and_answered_without_scopes_opens_no_more_than_that() {
        platform.stubFor(post(TOKEN).willReturn(okJson("{\"access_token\":\"<opaque>\",\"expires_in\":1628}")));

        assertThat(edge(EdgeAccess.LIMITED).issue(new Grant.ClientCredentials()))
                .isInstanceOfSatisfying(Issue.Issued.class, issued -> assertThat(discovery()
                                .read(
                                        EdgeApi.SERVICE_PROFILES,
                                        usable(issued.token().scopes())))
                        .isEqualTo(new Reply.NotOpened(EdgeApi.SERVICE_PROFILES, EdgeAccess.LIMITED)));
        platform.verify(0, getRequestedFor(anyUrl()));
    }

    @Test
    void a_full_token_and_one_without_scopes_read_everything() {
        platform.stubFor(get(urlPathMatching("/5gedge/api/mec/eds/.*"))
                .withHeader("Authorization", equalTo("Bearer <opaque>"))
                .willReturn(okJson("{}")));

        for (List<String> scopes : List.of(EdgeAccess.FULL.scopes(), List.<String>of())) {
            assertThat(EdgeApi.values())
                    .allSatisfy(api ->
                            assertThat(discovery().read(api, usable(scopes))).isEqualTo(new Reply.Found("{}")));
        }
    }

    @Test
    void a_token_that_discovery_refuses_is_told_from_a_service_that_is_down() {
        platform.stubFor(get("/5gedge/api/mec/eds/regions")
                .willReturn(aResponse().withStatus(401).withBody(Wire.message("edge/token-401-wrong-scope.json"))));
        platform.stubFor(get("/5gedge/api/mec/eds/mecplatforms")
                .willReturn(aResponse().withStatus(502).withBody("<html>Bad Gateway</html>")));

        assertThat(discovery().read(EdgeApi.REGIONS, usable(List.of()))).isEqualTo(new Reply.TokenRefused());
        assertThat(discovery().read(EdgeApi.PLATFORMS, usable(List.of())))
                .isEqualTo(new Reply.Unavailable("answered 502 without a code"));
    }

    @Test
    void the_session_of_the_m2m_realm_is_shown_beside_the_bearer_when_there_is_one() {
        platform.stubFor(get("/5gedge/api/mec/eds/regions").willReturn(okJson("{}")));

        assertThat(List.of(Optional.of("session"), Optional.<String>empty()))
                .allSatisfy(session -> assertThat(discovery().read(EdgeApi.REGIONS, usable(List.of()), m2m(session)))
                        .isEqualTo(new Reply.Found("{}")));
        assertThat(discovery().read(EdgeApi.REGIONS, usable(List.of()))).isEqualTo(new Reply.Found("{}"));

        platform.verify(1, getRequestedFor(anyUrl()).withHeader("VZ-M2M-Token", equalTo("session")));
        platform.verify(2, getRequestedFor(anyUrl()).withoutHeader("VZ-M2M-Token"));
        platform.verify(3, getRequestedFor(anyUrl()).withHeader("Authorization", equalTo("Bearer <opaque>")));
    }

    @Test
    void a_session_that_has_ended_is_told_from_a_bearer_that_is_refused() {
        platform.stubFor(get("/5gedge/api/mec/eds/regions")
                .willReturn(aResponse().withStatus(400).withBody(Wire.message("m2m/session-expired-400.json"))));

        assertThat(discovery().read(EdgeApi.REGIONS, usable(List.of()), m2m(Optional.of("session"))))
                .isEqualTo(new Reply.SessionRefused());
    }

    @Test
    void a_page_is_not_taken_for_what_was_asked_for() {
        platform.stubFor(
                get("/5gedge/api/mec/eds/regions").willReturn(aResponse().withBody("<html>sorry</html>")));

        assertThat(discovery().read(EdgeApi.REGIONS, usable(List.of())))
                .isEqualTo(new Reply.Unavailable("answered 200 something that is not JSON"));
    }

    private static Usable.Token m2m(Optional<String> session) {
        return new Usable.Token("fleetline/test/m2m/token", "version-1", "bearer", session, List.of());
    }

    private EdgeDiscovery discovery() {
        return new EdgeDiscovery(URI.create(platform.baseUrl() + "/5gedge"), Duration.ofSeconds(5));
    }

    private static Usable.Token usable(List<String> scopes) {
        return new Usable.Token("fleetline/test/edge/token", "version-1", "<opaque>", Optional.empty(), scopes);
    }

    private void answers(int status, String file) {
        platform.stubFor(post(TOKEN).willReturn(aResponse().withStatus(status).withBody(Wire.message(file))));
    }

    private EdgeTokens edge(EdgeAccess access) {
        return new EdgeTokens(
                URI.create(platform.baseUrl() + "/5gedge"),
                () -> new ClientCredentials("edge", "hush", Optional.empty()),
                access,
                clock,
                Duration.ofSeconds(5));
    }

    private AccessToken token(String value) {
        return new AccessToken(value, Optional.empty(), List.of(), clock.instant(), Duration.ofHours(1));
    }
}
