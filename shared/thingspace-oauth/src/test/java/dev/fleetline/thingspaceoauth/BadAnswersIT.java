package dev.fleetline.thingspaceoauth;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import dev.fleetline.testing.MovableClock;
import dev.fleetline.tokens.ClientCredentials;
import dev.fleetline.tokens.EdgeAccess;
import dev.fleetline.tokens.TokenIssuer;
import dev.fleetline.tokens.TokenIssuer.Grant;
import dev.fleetline.tokens.TokenIssuer.Issue;
import dev.fleetline.tokens.TokenRealm;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a realm may answer to a question for a token that is none, and what becomes of it. */
@ParameterizedClass(name = "{0}")
@EnumSource(TokenRealm.class)
class BadAnswersIT {

    private final TokenRealm realm;
    private final MovableClock clock = MovableClock.at("2026-03-02T15:00:00Z");
    private final WireMockServer platform =
            new WireMockServer(options().dynamicPort().bindAddress("127.0.0.1"));

    BadAnswersIT(TokenRealm realm) {
        this.realm = realm;
    }

    @BeforeEach
    void start() {
        platform.start();
    }

    @AfterEach
    void stop() {
        platform.stop();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a page with 200        | 200 | <html>sorry</html> | with something that is not JSON",
                "a page with 400        | 400 | <html>400 - Bad Request</html> | with something that is not JSON",
                "a gateway's XML        | 403 | <am:fault xmlns:am=\"http://wso2.org/apimanager\"><am:code>403</am:code>"
                        + "</am:fault> | with something that is not JSON",
                "a gateway's XML in 200 | 200 | <am:fault xmlns:am=\"http://wso2.org/apimanager\"/>"
                        + " | with something that is not JSON",
                "a gateway's JSON       | 401 | {\"fault\":{\"code\":\"900901\"}} | without an error code",
                "a gateway's JSON in 200 | 200 | {\"fault\":{\"code\":\"900800\"}} | without access_token",
                "nothing                | 200 | `` | with something that is not JSON",
                "cut off                | 200 | {\"access_token\":\"a\",\"expires | with something that is not JSON",
                "more than one answer   | 200 | {\"access_token\":\"a\",\"expires_in\":60}{} | with something that is not JSON",
                "a list                 | 200 | [] | with something that is not JSON",
                "null                   | 200 | null | with something that is not JSON",
                "an empty object        | 200 | {} | without access_token",
                "an empty token         | 200 | {\"access_token\":\"\",\"expires_in\":60} | without access_token",
                "null for a token       | 200 | {\"access_token\":null,\"expires_in\":60} | without access_token",
                "a number for a token   | 200 | {\"access_token\":5,\"expires_in\":60} | without access_token",
                "a life of nothing said | 200 | {\"access_token\":\"a\"} | without an expires_in above 0",
                "a life of 0            | 200 | {\"access_token\":\"a\",\"expires_in\":0} | without an expires_in above 0",
                "a life below 0         | 200 | {\"access_token\":\"a\",\"expires_in\":-1} | without an expires_in above 0",
                "a life in words        | 200 | {\"access_token\":\"a\",\"expires_in\":\"soon\"} | without an expires_in above 0",
                "a life beyond belief   | 200 | {\"access_token\":\"a\",\"expires_in\":1e30} | without an expires_in above 0",
                "a made address         | 201 | {\"access_token\":\"a\",\"expires_in\":60} | without an error code",
                "5G Edge's fault in 200 | 200 | {\"status\":\"500\",\"message\":\"broken\"} | without access_token",
            })
    void is_no_token_and_no_refusal(String said, int status, String body, String reason) {
        answers(status, body);

        assertThat(ask()).isEqualTo(new Issue.Unavailable("answered " + status + " " + reason));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "OAuth's error             | 400 | {\"error\":\"invalid_client\"} | invalid_client",
                "OAuth's error in a 200    | 200 | {\"error\":\"invalid_client\"} | invalid_client",
                "5G Edge's refusal         | 401 | {\"status\":\"401\",\"message\":\"no\"} | status_401",
                "5G Edge's refusal in 200  | 200 | {\"status\":\"401\",\"message\":\"no\"} | status_401",
                "its status as a number    | 401 | {\"status\":401,\"message\":\"no\"} | status_401",
            })
    void is_a_refusal_whatever_the_status(String said, int status, String body, String code) {
        answers(status, body);

        assertThat(ask()).isInstanceOfSatisfying(Issue.Refused.class, refused -> assertThat(refused.code())
                .isEqualTo(code));
    }

    @Test
    void is_a_token_although_its_life_is_written_as_text() {
        answers(200, "{\"access_token\":\"a\",\"expires_in\":\"60\"}");

        assertThat(ask()).isInstanceOfSatisfying(Issue.Issued.class, issued -> assertThat(
                        issued.token().expiresAt())
                .isEqualTo("2026-03-02T15:01:00Z"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a line break         | {\"access_token\":\"abc\\ndef\",\"expires_in\":60}",
                "a blank              | {\"access_token\":\"abc def\",\"expires_in\":60}",
                "another alphabet     | {\"access_token\":\"abcdéf\",\"expires_in\":60}",
                "in the refresh token | {\"access_token\":\"a\",\"refresh_token\":\"abc\\ndef\",\"expires_in\":60}",
            })
    void is_a_token_that_no_header_can_hold_and_is_shown_nowhere(String what, String body) {
        answers(200, body);

        assertThat(ask()).isEqualTo(new Issue.Unavailable("answered 200 with a token that cannot be sent"));
    }

    @Test
    void is_a_connection_that_breaks() {
        platform.stubFor(post(anyUrl()).willReturn(aResponse().withFault(Fault.EMPTY_RESPONSE)));

        assertThat(ask()).isInstanceOfSatisfying(Issue.Unavailable.class, no -> assertThat(no.reason())
                .startsWith("connection failed"));
    }

    @Test
    void is_silence_although_the_platform_has_heard() {
        answers(200, "{}");
        assertThat(ask()).isInstanceOf(Issue.Unavailable.class);
        platform.stubFor(post(anyUrl()).willReturn(answer(200, "{}").withFixedDelay(60_000)));

        assertThat(issuer(Duration.ofSeconds(2)).issue(grant()))
                .isEqualTo(new Issue.Unavailable("no answer within PT2S"));
        platform.verify(2, postRequestedFor(anyUrl()));
    }

    @Test
    void is_silence_because_nobody_is_there() {
        TokenIssuer issuer = issuer(Duration.ofSeconds(20));
        platform.stop();

        assertThat(issuer.issue(grant())).isEqualTo(new Issue.Unavailable("no connection: ConnectException"));
    }

    private Issue ask() {
        return issuer(Duration.ofSeconds(20)).issue(grant());
    }

    private Grant grant() {
        return realm.rules().isRenewedByTheApplicationAlone()
                ? new Grant.ClientCredentials()
                : new Grant.Refresh("refresh");
    }

    private TokenIssuer issuer(Duration timeout) {
        URI address = URI.create(platform.baseUrl());
        Supplier<ClientCredentials> client = () -> new ClientCredentials("id", "hush", Optional.empty());
        return switch (realm) {
            case CORE -> new CoreTokenIssuer(address, client, clock, timeout);
            case M2M -> new M2mTokenIssuer(address, client, clock, timeout);
            case EDGE -> new EdgeTokens(address, client, EdgeAccess.LIMITED, clock, timeout);
        };
    }

    private void answers(int status, String body) {
        platform.stubFor(post(anyUrl()).willReturn(answer(status, body)));
    }

    private static ResponseDefinitionBuilder answer(int status, String body) {
        return aResponse().withStatus(status).withBody(body);
    }
}
