package dev.fleetline.thingspacesimulator;

import static dev.fleetline.thingspacesimulator.Platform.wire;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetline.thingspacesimulator.Platform.Reply;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class M2mSessionsIT {

    private static final String LOGIN = M2m.API + "/session/login";
    private static final String USER = "/control/m2m/user";
    private static final String WRONG = "UnifiedWebService.INPUT_INVALID.Password.Invalid";

    private final Platform platform = Platform.standing();
    private final M2m m2m = new M2m(platform);

    @AfterEach
    void close() {
        platform.close();
    }

    @Test
    void a_login_opens_a_session_and_the_next_one_another_beside_it() {
        Reply first = m2m.login();
        Reply second = m2m.login();

        assertThat(first.status()).isEqualTo(200);
        assertThat(first.body())
                .isEqualTo(wire("m2m/session-login-200.json")
                        .replace("33333333-3333-4333-8333-333333333333", first.text("sessionToken")));
        assertThat(second.text("sessionToken")).isNotEqualTo(first.text("sessionToken"));
        assertThat(m2m.look(m2m.bearer(), first.text("sessionToken")).status()).isEqualTo(200);
        assertThat(m2m.state().path("logins").asInt()).isEqualTo(2);
        assertThat(m2m.state().path("sessions").asInt()).isEqualTo(2);
    }

    @Test
    void a_login_needs_a_bearer() {
        assertThat(platform.post(LOGIN, "{}").body()).isEqualTo(wire("m2m/fault-401-missing-bearer.json"));
    }

    @Test
    void a_session_ends_after_twenty_idle_minutes_and_every_call_starts_them_anew() {
        String session = m2m.session();

        for (int call = 0; call < 3; call++) {
            platform.forward(Duration.ofSeconds(1_199));
            assertThat(m2m.look(m2m.bearer(), session).status()).isEqualTo(200);
        }
        platform.forward(Duration.ofMinutes(20));

        Reply reply = m2m.look(m2m.bearer(), session);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.body()).isEqualTo(wire("m2m/session-expired-400.json"));
    }

    @ParameterizedTest
    @CsvSource({"401", "403"})
    void an_expired_session_may_have_another_status_with_the_same_code(String status) {
        platform.faults("{\"expiredSessionStatus\":\"" + status + "\"}");
        String session = m2m.session();

        assertThat(platform.post("/control/tokens/expire", "{\"realm\":\"session\"}")
                        .json()
                        .path("expired")
                        .asInt())
                .isEqualTo(1);

        Reply reply = m2m.look(m2m.bearer(), session);
        assertThat(reply.status()).isEqualTo(Integer.parseInt(status));
        assertThat(reply.body()).isEqualTo(wire("m2m/session-expired-400.json"));
    }

    @Test
    void a_session_token_that_is_missing_and_one_that_is_none_differ() {
        Reply missing = platform.get(M2m.LISTENERS, m2m.bearer());
        Reply none = m2m.look(m2m.bearer(), "none");

        assertThat(missing.status()).isEqualTo(400);
        assertThat(missing.text("errorCode")).isEqualTo("UnifiedWebService.REQUEST_FAILED.SessionToken.Format");
        assertThat(none.status()).isEqualTo(400);
        assertThat(none.text("errorCode")).isEqualTo("UnifiedWebService.INPUT_INVALID.SessionToken.Invalid");
    }

    @Test
    void a_logout_ends_the_session() {
        String session = m2m.session();

        assertThat(m2m.logout(session).text("sessionToken")).isEqualTo(session);
        assertThat(m2m.logout(session).body()).isEqualTo(wire("m2m/session-expired-400.json"));
    }

    @Test
    void the_fifth_wrong_password_in_a_row_locks_the_user_for_the_right_one_too() {
        for (int login = 0; login < 5; login++) {
            Reply wrong = m2m.login("wrong");
            assertThat(wrong.status()).isEqualTo(400);
            assertThat(wrong.text("errorCode")).isEqualTo(WRONG);
        }

        assertThat(m2m.login().text("errorCode")).isEqualTo(WRONG);
        assertThat(m2m.state().path("locked").asBoolean()).isTrue();
        assertThat(m2m.state().path("badLogins").asInt()).isEqualTo(5);
        assertThat(m2m.state().path("lockedLogins").asInt()).isEqualTo(1);

        assertThat(platform.post(USER, "{\"locked\":false}")
                        .json()
                        .path("locked")
                        .asBoolean())
                .isFalse();
        assertThat(m2m.login().status()).isEqualTo(200);
    }

    @Test
    void a_right_password_forgives_the_wrong_ones_before() {
        for (int round = 0; round < 2; round++) {
            for (int login = 0; login < 4; login++) {
                m2m.login("wrong");
            }
            assertThat(m2m.login().status()).isEqualTo(200);
        }

        assertThat(m2m.state().path("locked").asBoolean()).isFalse();
    }

    @Test
    void an_open_session_goes_on_while_the_user_is_locked() {
        String session = m2m.session();

        platform.post(USER, "{\"locked\":true}");

        assertThat(m2m.login().status()).isEqualTo(400);
        assertThat(m2m.look(m2m.bearer(), session).status()).isEqualTo(200);
    }

    @Test
    void a_password_that_somebody_changed_is_told_by_the_credentials_and_the_old_one_is_wrong() {
        String old =
                platform.get("/control/credentials").json().at("/m2m/password").asText();

        platform.post(USER, "{\"password\":\"another\"}");

        assertThat(m2m.login(old).text("errorCode")).isEqualTo(WRONG);
        assertThat(m2m.login("another").status()).isEqualTo(200);
        assertThat(platform.get("/control/credentials")
                        .json()
                        .at("/m2m/password")
                        .asText())
                .isEqualTo("another");
    }

    @Test
    void the_user_can_have_a_new_password_made() {
        String session = m2m.session();
        String path = M2m.API + "/session/password/actions/reset";

        Reply wrong = platform.send(
                m2m.calling(path, m2m.bearer(), session).PUT(BodyPublishers.ofString("{\"oldPassword\":\"wrong\"}")));
        Reply made = platform.send(m2m.calling(path, m2m.bearer(), session)
                .PUT(BodyPublishers.ofString("{\"oldPassword\":\"made-up-password\"}")));

        assertThat(wrong.text("errorCode")).isEqualTo(WRONG);
        assertThat(m2m.login(made.text("newPassword")).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | INPUT_INVALID.RequestUndefined",
                "[] | REQUEST_FAILED.DeserializationFailed",
                "{\"username\":\"m2m-operator\"} | REQUEST_FAILED.DeserializationFailed",
                "{\"username\":\"m2m-operator\",\"password\":5} | REQUEST_FAILED.DeserializationFailed",
                "{\"username\":\"m2m-operator\",\"password\":\"a<b\"} | INPUT_INVALID.Request.InvalidCharacter"
            })
    void a_login_that_cannot_be_read_says_why_and_does_not_count(String body, String code) {
        Reply reply = platform.post(LOGIN, m2m.bearer(), body);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.text("errorCode")).isEqualTo("UnifiedWebService." + code);
        assertThat(m2m.state().path("badLogins").asInt()).isZero();
    }

    @Test
    void a_stranger_locks_nobody() {
        for (int login = 0; login < 6; login++) {
            platform.post(LOGIN, m2m.bearer(), "{\"username\":\"stranger\",\"password\":\"p\"}");
        }

        assertThat(m2m.login().status()).isEqualTo(200);
        assertThat(m2m.state().path("badLogins").asInt()).isEqualTo(6);
    }

    @Test
    void a_login_whose_answer_is_lost_has_opened_a_session_that_nobody_knows() {
        platform.faults("{\"sessionErrors\":1,\"sessionErrorsBy\":\"lost\"}");

        assertThat(m2m.login().status()).isEqualTo(504);
        assertThat(m2m.state().path("sessions").asInt()).isEqualTo(1);
        assertThat(m2m.login().status()).isEqualTo(200);
    }

    @Test
    void a_session_call_that_fails_has_done_nothing() {
        platform.faults("{\"sessionErrors\":2}");

        Reply failed = m2m.login("wrong");
        assertThat(failed.status()).isEqualTo(500);
        assertThat(failed.text("errorCode")).isEqualTo("UnifiedWebService.REQUEST_FAILED.UnexpectedError");
        assertThat(m2m.login().status()).isEqualTo(500);
        assertThat(m2m.state().path("badLogins").asInt()).isZero();
        assertThat(platform.get("/control/faults").json().path("sessionErrors").asInt())
                .isZero();
    }

    @Test
    void a_mistyped_change_of_the_user_changes_nothing() {
        assertThat(platform.post(USER, "{\"lock\":true}").text("error_description"))
                .contains("\"lock\"", "locked", "password");
        assertThat(platform.post(USER, "{\"locked\":true,\"password\":\" \"}").status())
                .isEqualTo(400);
        assertThat(m2m.state().path("locked").asBoolean()).isFalse();
    }
}
