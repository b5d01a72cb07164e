package dev.fleetline.thingspaceoauth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetline.thingspaceoauth.M2mVerdict.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class M2mVerdictTest {

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 500})
    void an_ended_session_is_known_by_its_code_whatever_the_status(int status) {
        assertThat(M2mVerdict.of(status, Wire.message("m2m/session-expired-400.json")))
                .isEqualTo(new Verdict.SessionEnded());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UnifiedWebService.REQUEST_FAILED.SessionToken.Format",
                "UnifiedWebService.INPUT_INVALID.SessionToken.Invalid",
                "SomeOtherService.REQUEST_FAILED.SessionToken.Expired"
            })
    void a_session_that_is_missing_or_no_session_is_mended_by_a_login_too(String code) {
        assertThat(M2mVerdict.of(400, "{\"errorCode\":\"" + code + "\",\"errorMessage\":\"no\"}"))
                .isEqualTo(new Verdict.SessionEnded());
    }

    @Test
    void an_ended_session_behind_cloud_connector_does_not_look_like_an_ended_bearer() {
        assertThat(M2mVerdict.of(401, Wire.message("m2m/cloud-connector-session-expired-401.json")))
                .isEqualTo(new Verdict.SessionEnded());
    }

    @ParameterizedTest
    @ValueSource(strings = {"m2m/fault-401-bad-bearer.json", "m2m/fault-401-missing-bearer.json"})
    void the_gateway_speaks_of_the_bearer(String file) {
        assertThat(M2mVerdict.of(401, Wire.message(file))).isEqualTo(new Verdict.TokenEnded());
    }

    @Test
    void a_code_of_the_gateway_may_be_a_number() {
        assertThat(M2mVerdict.of(401, "{\"fault\":{\"code\":900901}}")).isEqualTo(new Verdict.TokenEnded());
    }

    @Test
    void a_wrong_scheme_is_answered_in_xml_and_is_our_fault_not_the_token_s() {
        assertThat(M2mVerdict.of(403, Wire.message("m2m/fault-403-wrong-scheme.xml")))
                .isEqualTo(new Verdict.Fault("gateway fault 403"));
    }

    @Test
    void an_ended_bearer_in_xml_is_an_ended_bearer() {
        assertThat(M2mVerdict.of(
                        401, "<am:fault xmlns:am=\"http://wso2.org/apimanager\"><am:code>900901</am:code></am:fault>"))
                .isEqualTo(new Verdict.TokenEnded());
    }

    @Test
    void being_throttled_says_nothing_about_the_token() {
        assertThat(M2mVerdict.of(429, "{\"fault\":{\"code\":\"900800\",\"message\":\"Message throttled out\"}}"))
                .isEqualTo(new Verdict.Fault("gateway fault 900800"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>sorry</html>", "{\"cut\":"})
    void a_200_that_is_no_json_is_no_yes(String body) {
        assertThat(M2mVerdict.of(200, body)).isInstanceOf(Verdict.Fault.class);
    }

    @Test
    void a_200_with_an_error_in_it_is_no_yes() {
        assertThat(M2mVerdict.of(200, Wire.message("m2m/session-expired-400.json")))
                .isEqualTo(new Verdict.SessionEnded());
    }

    @Test
    void a_list_is_a_yes() {
        assertThat(M2mVerdict.of(200, "[]")).isEqualTo(new Verdict.Fine());
    }

    @Test
    void what_looks_like_a_token_is_taken_out_of_a_code() {
        assertThat(M2mVerdict.of(400, "{\"errorCode\":\"X.0123456789abcdef0123456789abcdef\"}")
                        .toString())
                .doesNotContain("0123456789abcdef");
    }
}
