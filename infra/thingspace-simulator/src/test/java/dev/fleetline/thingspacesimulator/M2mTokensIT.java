package dev.fleetline.thingspacesimulator;

import static dev.fleetline.thingspacesimulator.Platform.wire;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleetline.thingspacesimulator.Platform.Reply;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class M2mTokensIT {

    private final Platform platform = Platform.standing();
    private final M2m m2m = new M2m(platform);

    @AfterEach
    void close() {
        platform.close();
    }

    @Test
    void a_token_is_told_to_the_letter() {
        Reply reply = m2m.token();

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.text("access_token")).matches("[0-9a-f]{32}");
        assertThat(reply.body())
                .isEqualTo(wire("m2m/token-200.json")
                        .replace("0123456789abcdef0123456789abcdef", reply.text("access_token")));
        assertThat(reply.header("x-transaction-id")).isNotEmpty();
    }

    @Test
    void whoever_asks_again_gets_the_same_token_with_what_is_left_of_it() {
        Reply first = m2m.token();
        platform.forward(Duration.ofSeconds(3_599));
        Reply again = m2m.token();
        platform.forward(Duration.ofSeconds(1));
        Reply next = m2m.token();

        assertThat(again.text("access_token")).isEqualTo(first.text("access_token"));
        assertThat(again.json().path("expires_in").asInt()).isEqualTo(1);
        assertThat(next.text("access_token")).isNotEqualTo(first.text("access_token"));
        assertThat(next.json().path("expires_in").asInt()).isEqualTo(3600);
        assertThat(m2m.state().path("tokenRequests").asInt()).isEqualTo(3);
        assertThat(m2m.state().path("tokens").asInt()).isEqualTo(2);
    }

    @Test
    void a_deployment_may_always_tell_the_full_time() {
        platform.faults("{\"m2mExpiresIn\":\"full\"}");
        m2m.token();
        platform.forward(Duration.ofMinutes(59));

        assertThat(m2m.token().json().path("expires_in").asInt()).isEqualTo(3600);
    }

    @Test
    void a_revoked_token_comes_back_in_a_header_alone_and_opens_nothing() {
        String session = m2m.session();
        String bearer = m2m.bearer();

        Reply reply = revoke(bearer);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).isEmpty();
        assertThat(reply.header("RevokedAccessToken")).isEqualTo(bearer);
        assertThat(m2m.look(bearer, session).status()).isEqualTo(401);
        assertThat(m2m.bearer()).isNotEqualTo(bearer);
        assertThat(revoke("unknown").status()).isEqualTo(200);
        assertThat(m2m.state().path("revocations").asInt()).isEqualTo(2);
        assertThat(m2m.state().path("revoked").asInt()).isEqualTo(1);
    }

    @Test
    void a_session_outlives_its_bearer() {
        String session = m2m.session();
        String before = m2m.bearer();

        assertThat(platform.post("/control/tokens/expire", "{\"realm\":\"m2m\"}")
                        .json()
                        .path("expired")
                        .asInt())
                .isEqualTo(1);

        assertThat(m2m.look(before, session).body()).isEqualTo(wire("m2m/fault-401-bad-bearer.json"));
        assertThat(m2m.look(m2m.bearer(), session).status()).isEqualTo(200);
    }

    @Test
    void without_a_bearer_the_gateway_asks_for_one() {
        Reply reply = platform.get(M2m.LISTENERS);

        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.body()).isEqualTo(wire("m2m/fault-401-missing-bearer.json"));
        assertThat(reply.header("x-transaction-id")).isNotEmpty();
    }

    @Test
    void a_bearer_of_another_world_is_a_bad_one() {
        Reply reply = platform.get(M2m.LISTENERS, platform.userToken());

        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.body()).isEqualTo(wire("m2m/fault-401-bad-bearer.json"));
        assertThat(platform.get("/core/api/v2/devices", m2m.bearer()).body())
                .isEqualTo(wire("device-bad-bearer-500.json"));
    }

    @Test
    void another_scheme_than_bearer_is_answered_in_xml() {
        Reply reply = platform.send(platform.request(M2m.LISTENERS)
                .header("authorization", "Basic abc")
                .GET());

        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.header("content-type")).startsWith("application/xml");
        assertThat(reply.body()).isEqualTo(wire("m2m/fault-403-wrong-scheme.xml"));
    }

    @Test
    void a_path_that_is_not_there_is_said_before_anybody_asks_who_calls() {
        Reply reply = platform.get(M2m.API + "/sessions/login");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().at("/fault/code").isTextual()).isTrue();
        assertThat(reply.json().at("/fault/code").asText()).isEqualTo("900906");
        assertThat(reply.json().at("/fault/description").asText()).startsWith("Access failure for API: /m2m/v1,");
    }

    @ParameterizedTest
    @CsvSource({
        "grant_type=password, 400, unsupported_grant_type",
        "nothing=at-all, 400, invalid_request",
        "grant_type=client_credentials&grant_type=client_credentials, 400, invalid_request",
        "grant_type=%zz, 400, invalid_request"
    })
    void a_bad_token_request_says_what_is_bad(String form, int status, String error) {
        String basic = Base64.getEncoder().encodeToString(platform.client("m2m").getBytes(StandardCharsets.UTF_8));
        Reply reply = platform.send(platform.request(M2m.TOKEN)
                .header("authorization", "Basic " + basic)
                .POST(BodyPublishers.ofString(form)));

        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.text("error")).isEqualTo(error);
        assertThat(reply.text("error_description")).isNotEmpty();
    }

    @Test
    void the_client_of_another_world_is_an_invalid_client() {
        Reply reply = platform.form(M2m.TOKEN, Map.of("grant_type", "client_credentials"), platform.client("core"));

        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.text("error")).isEqualTo("invalid_client");
    }

    @Test
    void a_token_request_fails_in_whatever_dialect_is_asked_for_and_gives_no_token() {
        platform.faults("{\"m2mTokenErrors\":1}");
        assertThat(m2m.token().status()).isEqualTo(500);

        platform.faults("{\"m2mTokenErrors\":1,\"m2mTokenErrorsBy\":\"html\"}");
        Reply page = m2m.token();
        assertThat(page.status()).isEqualTo(503);
        assertThat(page.body()).startsWith("<html>");

        platform.faults("{\"m2mTokenErrors\":1,\"m2mTokenErrorsBy\":\"wso2\"}");
        assertThat(m2m.token().json().at("/fault/code").asText()).isEqualTo("900800");

        assertThat(m2m.state().path("tokens").asInt()).isZero();
        assertThat(m2m.token().status()).isEqualTo(200);
    }

    @Test
    void a_lost_answer_leaves_a_token_that_the_next_request_gets() {
        platform.faults("{\"m2mTokenErrors\":1,\"m2mTokenErrorsBy\":\"lost\"}");
        assertThat(m2m.token().status()).isEqualTo(504);
        assertThat(m2m.token().status()).isEqualTo(200);
        assertThat(m2m.state().path("tokens").asInt()).isEqualTo(1);

        platform.faults("{\"m2mTokenErrors\":1,\"m2mTokenErrorsBy\":\"lost\",\"lostAnswerBy\":\"close\"}");
        assertThatThrownBy(m2m::token).isInstanceOf(UncheckedIOException.class);
    }

    private Reply revoke(String token) {
        return platform.form(
                M2m.REVOKE, Map.of("grant_type", "client_credentials", "token", token), platform.client("m2m"));
    }
}
