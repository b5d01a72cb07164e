package dev.fleetline.alertdesk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetline.alert.Alert;
import dev.fleetline.alert.Alert.Care;
import dev.fleetline.alert.Subject;
import dev.fleetline.device.Condition;
import dev.fleetline.device.Severity;
import dev.fleetline.lambda.EdgeJson;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A person or a program with a login of AWS. */
class ByLoginTest {

    private final Desk desk = new Desk();
    private final Alert.Open alert = desk.opened(Condition.NETWORK_LOST, Severity.CRITICAL);

    @Test
    void open_alerts_are_listed_with_who_looks_after_them() {
        desk.opened(new Subject.OfSite("north"), Condition.NETWORK_LOST, Severity.WARNING);
        act("acknowledge", "{\"why\":\"on my way\"}");

        JsonNode listed = json(desk.login("GET", "/alerts", ""));

        assertThat(listed.path("alerts")).hasSize(2);
        assertThat(listed.path("alerts")).anySatisfy(one -> {
            assertThat(one.path("alertId").asText()).isEqualTo(alert.alertId());
            assertThat(one.path("status").asText()).isEqualTo("acknowledged");
            assertThat(one.path("by").asText()).isEqualTo("grace");
            assertThat(one.path("why").asText()).isEqualTo("on my way");
        });
        assertThat(listed.has("next")).isFalse();
    }

    @Test
    void who_says_nothing_else_is_who_logged_in() {
        assertThat(act("acknowledge", "{\"why\":\"on my way\"}").statusCode()).isEqualTo(200);

        assertThat(desk.care(alert)).isEqualTo(new Care.Acknowledged("grace", "on my way", desk.clock.instant()));
        assertThat(desk.bus.detailTypes()).containsExactly("DeviceAlertAcknowledged");
    }

    @Test
    void somebody_may_say_it_for_somebody_else() {
        act("acknowledge", "{\"by\":\"Ada\",\"why\":\"she called\"}");

        assertThat(desk.care(alert)).extracting("by").isEqualTo("Ada");
    }

    @ParameterizedTest
    @CsvSource({"for, PT4H, 2026-03-11T19:00:00Z", "until, 2026-03-12T09:00:00Z, 2026-03-12T09:00:00Z"})
    void a_silence_has_a_length_or_an_end(String field, String value, Instant until) {
        String body = "{\"why\":\"it can wait\",\"" + field + "\":\"" + value + "\"}";

        assertThat(json(act("snooze", body)).path("outcome").asText()).isEqualTo("done");
        assertThat(json(act("snooze", body)).path("outcome").asText()).isEqualTo("done-before");
        assertThat(desk.care(alert)).isEqualTo(new Care.Snoozed("grace", "it can wait", until));
        assertThat(desk.bus.published()).hasSize(1);
    }

    @Test
    void each_no_has_its_word() {
        act("acknowledge", "{\"by\":\"Ada\",\"why\":\"on my way\"}");
        HttpReply second = act("acknowledge", "{\"why\":\"me too\"}");
        assertThat(second.statusCode()).isEqualTo(409);
        assertThat(json(second).path("outcome").asText()).isEqualTo("refused");
        assertThat(json(second).path("message").asText()).contains("Ada has acknowledged it already");

        Alert.Open site = desk.opened(new Subject.OfSite("north"), Condition.NETWORK_LOST, Severity.WARNING);
        HttpReply holds = desk.login("POST", "/alerts/" + site.alertId() + "/resolve", "{\"why\":\"w\"}");
        assertThat(holds.statusCode()).isEqualTo(409);
        assertThat(json(holds).path("outcome").asText()).isEqualTo("still-holds");

        desk.cleared(alert);
        HttpReply over = act("acknowledge", "{\"why\":\"too late\"}");
        assertThat(over.statusCode()).isEqualTo(404);
        assertThat(json(over).path("message").asText()).contains("it may be over", "Nothing was changed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "\"text\"",
                "{}",
                "{\"why\":\"\"}",
                "{\"why\":\"   \"}",
                "{\"why\":null}",
                "{\"why\":{}}",
                "{\"why\":\"w\",\"by\":\"\"}",
                "{\"why\":\"w\",\"by\":null}",
                "{\"why\":7}"
            })
    void what_says_no_reason_or_nobody_is_refused_in_words(String body) {
        HttpReply reply = act("acknowledge", body);

        assertThat(reply.statusCode()).isEqualTo(400);
        assertThat(json(reply).path("message").asText()).containsAnyOf("\"why\"", "\"by\"");
        assertThat(desk.bus.published()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ",\"for\":\"PT4H\",\"until\":\"2026-03-12T09:00:00Z\"",
                ",\"for\":\"4 hours\"",
                ",\"for\":\"PT0S\"",
                ",\"for\":\"-PT4H\"",
                ",\"for\":\"P15D\"",
                ",\"for\":\"PT9999999999999999H\"",
                ",\"for\":4",
                ",\"until\":\"tomorrow\""
            })
    void a_silence_without_a_sensible_length_is_refused_in_words(String length) {
        HttpReply reply = act("snooze", "{\"why\":\"w\"" + length + "}");

        assertThat(reply.statusCode()).isEqualTo(400);
        assertThat(json(reply).path("message").asText()).isNotBlank();
        assertThat(desk.bus.published()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-03-11T14:59:00Z", "2026-03-26T15:00:00Z", "+1000000000-12-31T23:59:59Z"})
    void an_end_that_has_been_or_is_too_far_away_is_refused(String until) {
        HttpReply reply = act("snooze", "{\"why\":\"w\",\"until\":\"" + until + "\"}");

        assertThat(reply.statusCode()).isEqualTo(409);
        assertThat(json(reply).path("outcome").asText()).isEqualTo("refused");
    }

    @Test
    void without_a_login_nothing_is_shown_and_nothing_done() {
        for (HttpReply reply : List.of(
                desk.stranger("GET", "/alerts", ""),
                desk.stranger("POST", "/alerts/" + alert.alertId() + "/acknowledge", "{\"why\":\"w\"}"))) {
            assertThat(reply.statusCode()).isEqualTo(403);
            assertThat(reply.body()).doesNotContain(alert.alertId());
        }
        assertThat(desk.bus.published()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /alerts/7f246b6619bc5fa7a95ae61ca3702054/acknowledge, 405",
        "POST, /alerts, 405",
        "POST, /alerts/7f246b6619bc5fa7a95ae61ca3702054/delete, 404",
        "POST, /alerts/7f246b66/acknowledge, 404",
        "POST, /alerts/../acknowledge, 404",
        "GET, /, 404"
    })
    void what_is_not_there_says_what_is(String method, String path, int status) {
        HttpReply reply = desk.login(method, path, "{\"why\":\"w\"}");

        assertThat(reply.statusCode()).isEqualTo(status);
        assertThat(json(reply).path("message").asText()).isNotBlank();
    }

    @Test
    void a_list_of_more_than_a_page_goes_on_where_it_ended() {
        for (int site = 0; site < 501; site++) {
            desk.opened(new Subject.OfSite("site-" + site), Condition.NETWORK_LOST, Severity.WARNING);
        }

        JsonNode first = json(desk.login("GET", "/alerts", ""));
        JsonNode second = json(
                desk.login("GET", "/alerts?startAfter=" + first.path("next").asText(), ""));

        assertThat(first.path("alerts")).hasSize(500);
        assertThat(second.path("alerts")).hasSize(2);
        assertThat(second.has("next")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"%zz", "nonsense", "../.."})
    void a_place_that_no_page_ended_with_is_refused_in_words(String place) {
        HttpReply reply = desk.login("GET", "/alerts?startAfter=" + place, "");

        assertThat(reply.statusCode()).isEqualTo(400);
        assertThat(json(reply).path("message").asText()).contains("startAfter");
    }

    @Test
    void what_is_said_within_a_minute_twice_is_said_once() {
        act("snooze", "{\"why\":\"w\",\"for\":\"PT4H\"}");
        desk.clock.forward(Duration.ofSeconds(20));
        act("snooze", "{\"why\":\"w\",\"for\":\"PT4H\"}");

        assertThat(desk.bus.published()).hasSize(1);
    }

    private HttpReply act(String action, String body) {
        return desk.login("POST", "/alerts/" + alert.alertId() + "/" + action, body);
    }

    private static JsonNode json(HttpReply reply) {
        try {
            return EdgeJson.JSON.readTree(reply.body());
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
