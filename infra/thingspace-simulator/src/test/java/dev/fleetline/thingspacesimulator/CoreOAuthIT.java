package dev.fleetline.thingspacesimulator;

import static dev.fleetline.thingspacesimulator.Platform.ALL_SCOPES;
import static dev.fleetline.thingspacesimulator.Platform.codeIn;
import static dev.fleetline.thingspacesimulator.Platform.query;
import static dev.fleetline.thingspacesimulator.Platform.redirected;
import static dev.fleetline.thingspacesimulator.Platform.wire;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetline.thingspacesimulator.Platform.Reply;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CoreOAuthIT {

    private static final String TOKEN = "/core/oauth2/token";
    private static final String DEVICE = "/core/api/v2/devices/" + Platform.UID;

    private final Platform platform = Platform.standing();

    @AfterEach
    void close() {
        platform.close();
    }

    @Test
    void consent_sends_the_browser_back_with_a_code_that_looks_like_a_token_and_an_empty_state() {
        Reply reply = platform.get("/core/oauth2/authorization?response_type=code&client_id=" + platform.clientId()
                + "&scope=ts.device%20ts.target+ts.subscription");

        assertThat(reply.status()).isEqualTo(302);
        assertThat(reply.header("location"))
                .startsWith("https://app.example.test/oauth2/callback?code=")
                .endsWith("&state=");
        String code = codeIn(reply);
        assertThat(code).hasSize(48);
        assertThat(UUID.fromString(new String(Base64.getDecoder().decode(code), StandardCharsets.US_ASCII)))
                .isNotNull();
    }

    @Test
    void the_state_comes_back_as_it_was_and_a_form_is_as_good_as_a_query() {
        Reply reply = platform.form(
                "/core/oauth2/authorization",
                Map.of(
                        "response_type", "code",
                        "client_id", platform.clientId(),
                        "scope", "ts.device",
                        "state", "a b&c=d"));

        assertThat(reply.status()).isEqualTo(302);
        assertThat(redirected(reply)).containsEntry("state", "a b&c=d");
        assertThat(platform.exchange(codeIn(reply)).status()).isEqualTo(200);
    }

    @Test
    void a_foreign_client_or_redirect_address_is_never_redirected() {
        assertThat(platform.get("/core/oauth2/authorization?response_type=code&client_id=nobody&scope=ts.device")
                        .status())
                .isEqualTo(401);
        Reply elsewhere = platform.get("/core/oauth2/authorization?"
                + query(Map.of(
                        "response_type", "code",
                        "client_id", platform.clientId(),
                        "redirect_uri", "https://elsewhere.example.test/")));
        assertThat(elsewhere.status()).isEqualTo(400);
        assertThat(elsewhere.header("location")).isEmpty();
    }

    @Test
    void a_browser_finds_its_way_back_to_any_address_of_this_machine_and_to_none_that_only_looks_so() {
        Reply back = consentFor("http://127.0.0.1:8700/oauth2/callback");

        assertThat(back.header("location")).startsWith("http://127.0.0.1:8700/oauth2/callback?code=");
        assertThat(platform.form(
                                TOKEN,
                                Map.of(
                                        "grant_type", "authorization_code",
                                        "code", codeIn(back),
                                        "redirect_uri", "http://127.0.0.1:8700/oauth2/callback"))
                        .status())
                .isEqualTo(200);
        for (String elsewhere : List.of(
                "http://127.0.0.1.example.test/oauth2/callback",
                "http://127.0.0.1:8700@elsewhere.example.test/",
                "http://127.0.0.1:8700/callback?x=http://elsewhere.example.test",
                "javascript:alert(1)")) {
            assertThat(consentFor(elsewhere).status()).as(elsewhere).isEqualTo(400);
        }
    }

    private Reply consentFor(String redirectUri) {
        return platform.get("/core/oauth2/authorization?"
                + query(Map.of(
                        "response_type",
                        "code",
                        "client_id",
                        platform.clientId(),
                        "scope",
                        "ts.device",
                        "redirect_uri",
                        redirectUri)));
    }

    @Test
    void an_unknown_scope_is_told_to_the_application_by_redirect() {
        Reply reply = platform.get("/core/oauth2/authorization?"
                + query(Map.of(
                        "response_type", "code",
                        "client_id", platform.clientId(),
                        "scope", "ts.event",
                        "state", "s")));

        assertThat(redirected(reply)).containsEntry("error", "invalid_scope").containsEntry("state", "s");
    }

    @Test
    void a_misspelled_scope_parameter_brings_a_token_that_opens_no_device() {
        Reply consent = platform.get(
                "/core/oauth2/authorization?response_type=code&scaope=ts.device&client_id=" + platform.clientId());

        String token = platform.exchange(codeIn(consent)).text("access_token");

        assertThat(platform.get(DEVICE, token).status()).isEqualTo(403);
    }

    @Test
    void a_code_is_exchanged_once_for_a_token_with_scope_and_refresh_token() {
        String code = platform.code(ALL_SCOPES);

        Reply first = platform.exchange(code);
        Reply second = platform.exchange(code);

        assertThat(first.status()).isEqualTo(200);
        assertThat(fieldNames(first.json()))
                .containsExactly("access_token", "expires_in", "token_type", "refresh_token", "scope");
        assertThat(first.text("scope")).isEqualTo(ALL_SCOPES);
        assertThat(second.status()).isEqualTo(400);
        assertThat(second.body()).isEqualTo(wire("token-400-invalid-grant.json"));
    }

    @Test
    void a_code_is_short_lived() {
        String code = platform.code("ts.device");

        platform.forward(Duration.ofMinutes(10));

        assertThat(platform.exchange(code).body()).isEqualTo(wire("token-400-invalid-grant.json"));
    }

    @Test
    void the_redirect_address_of_the_exchange_must_be_that_of_the_request() {
        Map<String, String> wrong = Map.of(
                "grant_type", "authorization_code",
                "code", platform.code("ts.device"),
                "redirect_uri", "https://elsewhere.example.test/");

        assertThat(platform.form(TOKEN, wrong).body()).isEqualTo(wire("token-400-invalid-grant.json"));
    }

    @Test
    void a_deployment_without_refresh_tokens_answers_with_the_token_alone() {
        platform.faults("{\"refreshTokens\":false}");

        assertThat(fieldNames(platform.exchange(platform.code("ts.device")).json()))
                .containsExactly("access_token", "expires_in", "token_type");
    }

    @Test
    void a_refresh_token_rotates_and_is_good_for_one_use() {
        String refreshToken = platform.exchange(platform.code(ALL_SCOPES)).text("refresh_token");

        Reply first = refresh(refreshToken);
        Reply again = refresh(refreshToken);
        Reply next = refresh(first.text("refresh_token"));

        assertThat(first.status()).isEqualTo(200);
        assertThat(first.text("refresh_token")).isNotEmpty().isNotEqualTo(refreshToken);
        assertThat(again.body()).isEqualTo(wire("token-400-invalid-grant.json"));
        assertThat(next.status()).isEqualTo(200);
        assertThat(next.text("scope")).isEqualTo(ALL_SCOPES);
    }

    @Test
    void without_rotation_a_refresh_token_stays_good() {
        platform.faults("{\"rotation\":false}");
        String refreshToken = platform.exchange(platform.code(ALL_SCOPES)).text("refresh_token");

        assertThat(refresh(refreshToken).text("refresh_token")).isEqualTo(refreshToken);
        assertThat(refresh(refreshToken).status()).isEqualTo(200);
    }

    @Test
    void a_refresh_whose_answer_is_lost_has_spent_the_refresh_token() {
        String refreshToken = platform.exchange(platform.code(ALL_SCOPES)).text("refresh_token");
        platform.faults("{\"tokenErrors\":1,\"tokenErrorsBy\":\"lost\"}");

        assertThat(refresh(refreshToken).status()).isEqualTo(504);
        assertThat(refresh(refreshToken).body()).isEqualTo(wire("token-400-invalid-grant.json"));
        assertThat(platform.state().at("/tokens/core/refresh_token").asInt()).isEqualTo(1);
    }

    @Test
    void the_state_counts_tokens_and_revocations() {
        String token = platform.userToken();
        clientCredentials();
        Map<String, String> form = Map.of("grant_type", "client_credentials", "token", token);
        platform.form("/core/oauth2/revoke", form);
        platform.form("/core/oauth2/revoke", form);

        JsonNode core = platform.state().path("core");
        assertThat(core.path("tokens").asInt()).isEqualTo(2);
        assertThat(core.path("tokenRequests").asInt()).isEqualTo(2);
        assertThat(core.path("revocations").asInt()).isEqualTo(2);
        assertThat(core.path("revoked").asInt()).isEqualTo(1);
    }

    @Test
    void a_refresh_may_ask_for_fewer_scopes_and_not_for_more() {
        String refreshToken =
                platform.exchange(platform.code("ts.device ts.target")).text("refresh_token");
        Map<String, String> more =
                Map.of("grant_type", "refresh_token", "refresh_token", refreshToken, "scope", "ts.device ts.user.ro");
        Map<String, String> fewer =
                Map.of("grant_type", "refresh_token", "refresh_token", refreshToken, "scope", "ts.device");

        assertThat(platform.form(TOKEN, more).body()).isEqualTo(wire("token-400-invalid-scope.json"));
        assertThat(platform.form(TOKEN, fewer).text("scope")).isEqualTo("ts.device");
    }

    @Test
    void client_credentials_bring_a_new_token_each_time_and_nothing_else() {
        Reply first = clientCredentials();
        Reply second = clientCredentials();

        assertThat(fieldNames(first.json()))
                .containsExactlyElementsOf(fieldNames(Platform.read(wire("token-200.json"))));
        assertThat(first.body())
                .isEqualTo(wire("token-200.json")
                        .replace("MDAwMDAwMDAtMDAwMC00MDAwLTgwMDAtMDAwMDAwMDAwMDAx", first.text("access_token")));
        assertThat(second.text("access_token")).hasSize(48).isNotEqualTo(first.text("access_token"));
        assertThat(first.header("x-transaction-id")).isNotEmpty();
    }

    @Test
    void client_credentials_with_any_scope_are_an_invalid_scope() {
        Reply reply = platform.form(TOKEN, Map.of("grant_type", "client_credentials", "scope", "ts.device"));

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.body()).isEqualTo(wire("token-400-invalid-scope.json"));
    }

    @Test
    void a_client_credentials_token_gets_nothing_useful_from_a_device() {
        String token = clientCredentials().text("access_token");

        assertThat(platform.get(DEVICE, token).status()).isEqualTo(403);
        platform.faults("{\"clientCredentialsDeviceAnswer\":\"empty\"}");
        Reply empty = platform.get(DEVICE, token);
        assertThat(empty.status()).isEqualTo(200);
        assertThat(empty.body()).isEmpty();
    }

    @Test
    void a_get_on_the_token_endpoint_is_answered_with_a_page() {
        Reply reply = platform.get(TOKEN);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.header("content-type")).startsWith("text/html");
        assertThat(reply.body()).isEqualTo(wire("token-get-400.html"));
    }

    @ParameterizedTest
    @CsvSource({
        "grant_type=password, 400, unsupported_grant_type",
        "grant_type=authorization_code, 400, invalid_request",
        "grant_type=refresh_token, 400, invalid_request",
        "grant_type=a&grant_type=b, 400, invalid_request",
        "nothing=at-all, 400, invalid_request"
    })
    void a_bad_token_request_says_what_is_bad(String form, int status, String error) {
        JsonNode core = platform.get("/control/credentials").json().path("core");
        String client =
                core.path("clientId").asText() + ":" + core.path("clientSecret").asText();
        Reply reply = platform.send(platform.request(TOKEN)
                .header(
                        "authorization",
                        "Basic " + Base64.getEncoder().encodeToString(client.getBytes(StandardCharsets.UTF_8)))
                .POST(BodyPublishers.ofString(form)));

        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.text("error")).isEqualTo(error);
    }

    @Test
    void a_wrong_client_secret_is_an_invalid_client() {
        Reply reply = platform.form(TOKEN, Map.of("grant_type", "client_credentials"), platform.clientId() + ":wrong");

        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.text("error")).isEqualTo("invalid_client");
    }

    @Test
    void token_info_needs_no_credentials_and_tells_whose_token_it_is() {
        String token = platform.exchange(platform.code("ts.device")).text("access_token");
        Reply info = platform.get("/core/oauth2/token/info?" + query(Map.of("access_token", token)));

        JsonNode sample = Platform.read(wire("token-info-authorization-code-200.json"));
        assertThat(fieldNames(info.json())).containsExactlyElementsOf(fieldNames(sample));
        assertThat(info.text("created_at")).isEqualTo("2026-03-02T15:01:00.048000000Z");
        for (String same : List.of("grant_type", "expires_in", "username", "scope", "clientid", "credentialstype")) {
            assertThat(info.json().get(same)).as(same).isEqualTo(sample.get(same));
        }
    }

    @Test
    void token_info_of_a_client_credentials_token_has_no_user_and_no_scope() {
        String token = clientCredentials().text("access_token");
        Reply info = platform.get("/core/oauth2/token/info?" + query(Map.of("access_token", token)));

        JsonNode sample = Platform.read(wire("token-info-client-credentials-200.json"));
        assertThat(fieldNames(info.json())).containsExactlyElementsOf(fieldNames(sample));
        assertThat(info.text("username")).isEmpty();
    }

    @Test
    void token_info_of_a_code_looks_like_a_fault_of_the_server() {
        Reply info =
                platform.get("/core/oauth2/token/info?" + query(Map.of("access_token", platform.code("ts.device"))));

        assertThat(info.status()).isEqualTo(500);
        assertThat(info.body()).isEqualTo(wire("token-info-error.json"));
    }

    @Test
    void revoke_says_yes_to_everything_and_ends_the_token_it_knows() {
        String token = platform.userToken();

        Reply unknown =
                platform.form("/core/oauth2/revoke", Map.of("grant_type", "client_credentials", "token", "TOKEN"));
        Reply known = platform.form("/core/oauth2/revoke", Map.of("grant_type", "client_credentials", "token", token));

        assertThat(unknown.status()).isEqualTo(200);
        assertThat(unknown.body()).isEqualTo(wire("revoke-200.json"));
        assertThat(known.body()).isEqualTo("{}\n");
        assertThat(known.header("cache-control")).isEqualTo("no-store");
        assertThat(platform.get(DEVICE, token).body()).isEqualTo(wire("device-bad-bearer-500.json"));
    }

    @Test
    void a_token_ends_after_thirty_days_of_the_clock_and_looks_like_a_fault_of_the_server() {
        String token = platform.userToken();

        platform.forward(Duration.ofSeconds(2_591_999));
        assertThat(platform.get(DEVICE, token).status()).isEqualTo(404);
        platform.forward(Duration.ofSeconds(1));

        Reply reply = platform.get(DEVICE, token);
        assertThat(reply.status()).isEqualTo(500);
        assertThat(reply.body()).isEqualTo(wire("device-bad-bearer-500.json"));
    }

    @Test
    void control_ends_all_access_tokens_and_leaves_the_refresh_tokens() {
        Reply tokens = platform.exchange(platform.code(ALL_SCOPES));

        assertThat(platform.post("/control/tokens/expire", "{\"realm\":\"core\"}")
                        .json()
                        .path("expired")
                        .asInt())
                .isEqualTo(1);

        assertThat(platform.get(DEVICE, tokens.text("access_token")).body())
                .isEqualTo(wire("device-bad-bearer-500.json"));
        assertThat(refresh(tokens.text("refresh_token")).status()).isEqualTo(200);
    }

    @Test
    void a_code_used_as_bearer_and_no_bearer_at_all_fail_alike() {
        assertThat(platform.get(DEVICE, platform.code("ts.device")).body())
                .isEqualTo(wire("device-bad-bearer-500.json"));
        assertThat(platform.get(DEVICE).body()).isEqualTo(wire("device-bad-bearer-500.json"));
    }

    private Reply refresh(String refreshToken) {
        return platform.form(TOKEN, Map.of("grant_type", "refresh_token", "refresh_token", refreshToken));
    }

    private Reply clientCredentials() {
        return platform.form(TOKEN, Map.of("grant_type", "client_credentials"));
    }

    private static List<String> fieldNames(JsonNode object) {
        return StreamSupport.stream(((Iterable<String>) object::fieldNames).spliterator(), false)
                .toList();
    }
}
