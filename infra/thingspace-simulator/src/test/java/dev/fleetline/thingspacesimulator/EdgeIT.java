package dev.fleetline.thingspacesimulator;

import static dev.fleetline.thingspacesimulator.Platform.wire;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetline.thingspacesimulator.Platform.Reply;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EdgeIT {

    private static final String TOKEN = "/5gedge/api/ts/v1/oauth2/token";
    private static final String EDS = "/5gedge/api/mec/eds";
    private static final String FULL = "ts.application.ro ts.mec.fullaccess";
    private static final String LIMITED = "ts.application.ro ts.mec.limitaccess";

    private final Platform platform = Platform.standing();

    @AfterEach
    void close() {
        platform.close();
    }

    @Test
    void no_scope_brings_full_access_and_a_space_before_it() {
        Reply first = token("");
        platform.forward(Duration.ofSeconds(3600 - 1628));
        Reply again = token("");

        assertThat(first.json().path("expires_in").asInt()).isEqualTo(3600);
        assertThat(again.body())
                .isEqualTo(wire("edge/token-implicit-200.json").replace("<opaque>", first.text("access_token")));
    }

    @Test
    void limited_access_is_told_to_the_letter() {
        Reply reply = token(LIMITED);

        assertThat(reply.body())
                .isEqualTo(wire("edge/token-limited-200.json").replace("<opaque>", reply.text("access_token")));
        assertThat(reply.header("x-transaction-id")).isNotEmpty();
    }

    @Test
    void each_access_has_its_own_token_until_its_end() {
        String full = token(FULL).text("access_token");
        String limited = token(LIMITED).text("access_token");

        assertThat(token(FULL).text("scope")).isEqualTo(FULL);
        assertThat(token(FULL).text("access_token")).isEqualTo(full).isNotEqualTo(limited);
        assertThat(token("").text("access_token")).isEqualTo(full);
        platform.forward(Duration.ofHours(1));
        assertThat(token(FULL).text("access_token")).isNotEqualTo(full);

        assertThat(platform.state().at("/edge/tokens").asInt()).isEqualTo(3);
        assertThat(platform.state().at("/edge/tokenRequests").asInt()).isEqualTo(6);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ts.application.ro ts.mec.invalidaccess",
                "ts.mec.fullaccess",
                "ts.application.ro",
                "ts.application.ro ts.mec.fullaccess ts.mec.limitaccess",
                "ts.application.ro,ts.mec.fullaccess"
            })
    void other_scopes_are_refused_in_words_of_their_own(String scope) {
        Reply reply = token(scope);

        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.body()).isEqualTo(wire("edge/token-401-wrong-scope.json"));
        assertThat(platform.state().at("/edge/tokenRequests").asInt()).isZero();
    }

    @Test
    void full_access_opens_everything_and_limited_access_discovery_alone() {
        String full = token(FULL).text("access_token");
        String limited = token(LIMITED).text("access_token");

        for (String path : new String[] {"/regions", "/mecplatforms"}) {
            assertThat(platform.get(EDS + path, full).status()).as(path).isEqualTo(200);
            assertThat(platform.get(EDS + path, limited).status()).as(path).isEqualTo(200);
        }
        for (String path : new String[] {"/serviceprofiles", "/serviceendpoints"}) {
            assertThat(platform.get(EDS + path, full).status()).as(path).isEqualTo(200);
            Reply refused = platform.get(EDS + path, limited);
            assertThat(refused.status()).as(path).isEqualTo(401);
            assertThat(refused.body()).as(path).isEqualTo(wire("edge/token-401-wrong-scope.json"));
        }
    }

    @Test
    void no_bearer_an_expired_one_and_one_of_another_world_open_nothing() {
        String token = token(FULL).text("access_token");
        assertThat(platform.post("/control/tokens/expire", "{\"realm\":\"edge\"}")
                        .json()
                        .path("expired")
                        .asInt())
                .isEqualTo(1);

        assertThat(platform.get(EDS + "/regions").status()).isEqualTo(401);
        assertThat(platform.get(EDS + "/regions", token).status()).isEqualTo(401);
        assertThat(platform.get(EDS + "/regions", new M2m(platform).bearer()).status())
                .isEqualTo(401);
    }

    @Test
    void the_client_of_another_world_is_an_invalid_client() {
        Reply reply = platform.form(TOKEN, Map.of("grant_type", "client_credentials"), platform.client("m2m"));

        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.text("error")).isEqualTo("invalid_client");
    }

    @Test
    void a_token_request_can_fail() {
        platform.faults("{\"edgeTokenErrors\":1,\"edgeTokenErrorsBy\":\"html\"}");

        assertThat(token("").status()).isEqualTo(503);
        assertThat(token("").status()).isEqualTo(200);
    }

    @Test
    void a_path_that_is_not_there_is_not_found() {
        assertThat(platform.get(EDS + "/nothing").text("status")).isEqualTo("404");
    }

    private Reply token(String scope) {
        Map<String, String> form = new HashMap<>(Map.of("grant_type", "client_credentials"));
        if (!scope.isEmpty()) {
            form.put("scope", scope);
        }
        return platform.form(TOKEN, form, platform.client("edge"));
    }
}
