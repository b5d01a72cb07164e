package dev.fleetline.alertdesk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetline.alert.Alert;
import dev.fleetline.alert.Alert.Care;
import dev.fleetline.alert.AlertBook;
import dev.fleetline.alert.Subject;
import dev.fleetline.alertlinks.AlertAction;
import dev.fleetline.alertlinks.AlertLink;
import dev.fleetline.alertlinks.AlertLinks;
import dev.fleetline.device.Condition;
import dev.fleetline.device.Consequences;
import dev.fleetline.device.Severity;
import dev.fleetline.testing.SampleFleet;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A person who clicked on a link in a message. */
class ByLinkTest {

    private final Desk desk = new Desk();

    @SuppressWarnings("NullAway.Init") // before each test
    private Alert.Open alert;

    @BeforeEach
    void an_alert_is_open() {
        alert = desk.opened(Condition.NETWORK_LOST, Severity.CRITICAL);
    }

    @ParameterizedTest
    @EnumSource(AlertAction.class)
    void to_open_a_link_changes_nothing_however_often_a_mail_program_does_it(AlertAction action) {
        for (int i = 0; i < 3; i++) {
            HttpReply page = desk.open(desk.link(alert, action));

            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.body()).contains("<form method=\"post\"", "Pump 1", "network lost, critical");
        }
        nothingHappened();
    }

    @Test
    void who_sends_the_form_looks_after_it_from_then_on_and_all_hear_who() {
        HttpReply page = desk.send(ackLink(), desk.filledIn("Ada", "on my way"));

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("<h1>Done</h1>", "Ada looks after it: on my way.");
        assertThat(desk.care(alert)).isEqualTo(new Care.Acknowledged("Ada", "on my way", desk.clock.instant()));
        assertThat(desk.bus.detailTypes()).containsExactly("DeviceAlertAcknowledged");
    }

    @Test
    void the_same_form_sent_twice_is_one_change() {
        Map<String, String> form = desk.filledIn("Ada", "on my way");
        desk.send(ackLink(), form);
        desk.clock.forward(Duration.ofMinutes(2));

        HttpReply again = desk.send(ackLink(), form);

        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(again.body()).contains("It was so already", "Ada looks after it");
        assertThat(desk.bus.published()).hasSize(1);
    }

    @Test
    void the_same_form_for_a_silence_sent_twice_is_one_silence_with_one_end() {
        Map<String, String> form = desk.filledIn("Ada", "battery on Friday", "P3D");
        Instant until = desk.clock.instant().plus(Duration.ofDays(3));
        HttpReply first = desk.send(desk.link(alert, AlertAction.SNOOZE), form);
        desk.clock.forward(Duration.ofMinutes(2));
        HttpReply second = desk.send(desk.link(alert, AlertAction.SNOOZE), form);

        assertThat(first.body()).contains("Nobody hears of it before 14 March 2026, 15:00 UTC");
        assertThat(second.body()).contains("It was so already");
        assertThat(desk.care(alert)).isEqualTo(new Care.Snoozed("Ada", "battery on Friday", until));
        assertThat(desk.bus.detailTypes()).containsExactly("DeviceAlertSnoozed");
    }

    @Test
    void two_people_at_once_are_one_who_looks_after_it_and_one_who_is_told_so() {
        desk.send(ackLink(), desk.filledIn("Ada", "on my way"));

        HttpReply second = desk.send(ackLink(), desk.filledIn("Grace", "I go"));

        assertThat(second.statusCode()).isEqualTo(409);
        assertThat(second.body()).contains("Ada has acknowledged it already: on my way", "Nothing was changed");
        assertThat(desk.care(alert)).extracting("by").isEqualTo("Ada");
        assertThat(desk.bus.published()).hasSize(1);
    }

    @Test
    void who_opens_the_link_of_an_alert_that_somebody_looks_after_reads_who() {
        desk.send(ackLink(), desk.filledIn("Ada", "on my way"));

        assertThat(desk.open(ackLink()).body())
                .contains("Ada looks after it since 11 March 2026, 15:00 UTC: on my way");
    }

    @Test
    void an_alert_that_has_just_cleared_is_over_and_nothing_is_changed() {
        String link = ackLink();
        assertThat(desk.open(link).body()).contains("<form");
        desk.cleared(alert);

        HttpReply page = desk.send(link, desk.filledIn("Ada", "on my way"));

        assertThat(page.body())
                .contains("This alert is over", "Nothing was changed")
                .doesNotContain("<form");
        assertThat(desk.open(link).body()).contains("This alert is over").doesNotContain("<form");
        assertThat(desk.bus.published()).isEmpty();
    }

    @Test
    void an_alert_that_clears_while_it_is_being_acknowledged_stays_over() {
        desk.store.onEffect(effect -> {
            if (effect.equals("write alert:before")) {
                desk.store.settle();
                desk.cleared(alert);
            }
        });

        HttpReply page = desk.send(ackLink(), desk.filledIn("Ada", "on my way"));

        assertThat(page.body()).contains("This alert is over");
        assertThat(desk.stored(alert.subject(), alert.condition())).isInstanceOf(Alert.Ended.class);
        assertThat(desk.bus.published()).isEmpty();
    }

    @Test
    void the_link_of_an_alert_does_nothing_to_the_next_one_about_the_same() {
        String link = ackLink();
        desk.cleared(alert);
        Alert ended = desk.stored(alert.subject(), alert.condition());
        desk.alerts.write(
                new Alert.Open(
                        alert.subject(),
                        alert.condition(),
                        2,
                        1,
                        alert.openedAt(),
                        alert.holding(),
                        alert.told(),
                        new Care.None(),
                        Optional.empty(),
                        Alert.Flapping.CALM,
                        Optional.empty(),
                        ended.version()),
                new AlertBook.Basis.OnWord(),
                Consequences.NONE);

        assertThat(desk.send(link, desk.filledIn("Ada", "on my way")).body()).contains("This alert is over");
        assertThat(desk.bus.published()).isEmpty();
    }

    @Test
    void a_link_after_its_time_says_so_and_does_nothing() {
        String link = ackLink();
        desk.clock.forward(Duration.ofDays(3));

        for (HttpReply page : List.of(desk.open(link), desk.send(link, desk.filledIn("Ada", "on my way")))) {
            assertThat(page.statusCode()).isEqualTo(410);
            assertThat(page.body()).contains("This link has ended").doesNotContain("<form", "Pump 1");
        }
        nothingHappened();
    }

    @Test
    void a_forged_link_shows_nothing_of_the_alert_and_does_nothing() {
        var forger = new AlertLinks(Desk.keys("a-link-key-under-test-of-a-stranger-9"));
        String forged = forger.sign(new AlertLink(
                alert.alertId(), AlertAction.ACKNOWLEDGE, desk.clock.instant().plus(Duration.ofDays(1))));

        for (HttpReply page : List.of(desk.open(forged), desk.send(forged, desk.filledIn("Mallory", "why not")))) {
            assertThat(page.statusCode()).isEqualTo(403);
            assertThat(page.body()).contains("This link does not count").doesNotContain("<form", "Pump 1", "Mallory");
        }
        nothingHappened();
    }

    @Test
    void a_link_for_another_alert_or_another_action_is_as_good_as_forged() {
        Alert.Open other = desk.opened(Condition.BATTERY_LOW, Severity.WARNING);
        String forOther = ackLink().replace(alert.alertId(), other.alertId());
        String otherAction = ackLink().replace("/acknowledge?", "/resolve?");

        for (String link : List.of(forOther, otherAction)) {
            assertThat(desk.send(link, desk.filledIn("Mallory", "why not")).statusCode())
                    .isEqualTo(403);
        }
        nothingHappened();
    }

    @Test
    void what_still_holds_is_not_ended_by_a_person() {
        HttpReply page = desk.send(desk.link(site(), AlertAction.RESOLVE), desk.filledIn("Ada", "power is back"));

        assertThat(page.statusCode()).isEqualTo(409);
        assertThat(page.body()).contains("It is not over", "Nothing was changed");
        nothingHappened();
    }

    @Test
    void the_alert_of_a_site_is_shown_by_its_name() {
        assertThat(desk.open(desk.link(site(), AlertAction.SNOOZE)).body()).contains("Site north &amp; yard");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "\u0000\u0007", "\u200b\u202e"})
    void nobody_is_no_name_and_nothing_is_no_reason(String blank) {
        HttpReply page = desk.send(ackLink(), desk.filledIn(blank, blank));

        assertThat(page.statusCode()).isEqualTo(400);
        assertThat(page.body())
                .contains("Write your name", "Write a reason", "aria-invalid=\"true\"", "role=\"alert\"", "<form");
        nothingHappened();
    }

    @Test
    void what_was_filled_in_well_is_there_again_when_the_rest_was_not() {
        HttpReply page = desk.send(desk.link(alert, AlertAction.SNOOZE), desk.filledIn("Ada", "it can wait"));

        assertThat(page.statusCode()).isEqualTo(400);
        assertThat(page.body()).contains("value=\"Ada\"", ">it can wait</textarea>", "Choose how long");
        nothingHappened();
    }

    @Test
    void a_name_of_81_letters_and_a_reason_of_501_are_refused() {
        assertThat(desk.send(ackLink(), desk.filledIn("a".repeat(81), "ok")).statusCode())
                .isEqualTo(400);
        assertThat(desk.send(ackLink(), desk.filledIn("Ada", "b".repeat(501))).statusCode())
                .isEqualTo(400);
        nothingHappened();
        assertThat(desk.send(ackLink(), desk.filledIn("a".repeat(80), "b".repeat(500)))
                        .statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "P15D", "P400D", "PT0S", "-P1D", "PT1H", "for ever", "<script>"})
    void a_silence_that_the_page_does_not_offer_is_refused(String length) {
        HttpReply page = desk.send(desk.link(alert, AlertAction.SNOOZE), desk.filledIn("Ada", "it can wait", length));

        assertThat(page.statusCode()).isEqualTo(400);
        assertThat(page.body()).contains("Choose how long").doesNotContain("<script>");
        nothingHappened();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "x", "-1", "999999999999", "99999999999999999999", "1773241201"})
    void a_page_that_was_opened_long_ago_or_never_is_shown_anew(String opened) {
        HttpReply page = desk.send(
                desk.link(alert, AlertAction.SNOOZE),
                Map.of("by", "Ada", "why", "it can wait", "length", "P1D", "opened", opened));

        assertThat(page.statusCode()).isEqualTo(400);
        assertThat(page.body()).contains("open for too long");
        nothingHappened();
    }

    @ParameterizedTest
    @ValueSource(strings = {"cross-site", "same-site", "none", "Cross-Site"})
    void a_form_that_another_site_sends_is_not_ours(String from) {
        HttpReply page =
                desk.send(ackLink(), Map.of("sec-fetch-site", from), Desk.form(desk.filledIn("Ada", "on my way")));

        assertThat(page.statusCode()).isEqualTo(400);
        nothingHappened();
    }

    @Test
    void an_old_browser_that_does_not_say_where_a_form_comes_from_is_believed_because_the_link_is_the_proof() {
        assertThat(desk.send(ackLink(), Map.of(), Desk.form(desk.filledIn("Ada", "on my way")))
                        .statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/json", "multipart/form-data; boundary=x", ""})
    void what_is_no_form_is_not_ours(String contentType) {
        HttpReply page =
                desk.send(ackLink(), Map.of("content-type", contentType), Desk.form(desk.filledIn("Ada", "on my way")));

        assertThat(page.statusCode()).isEqualTo(400);
        nothingHappened();
    }

    @Test
    void a_form_that_is_garbled_or_huge_is_not_ours() {
        assertThat(desk.send(ackLink(), Map.of(), "by=%zz&why=x").statusCode()).isEqualTo(400);
        assertThat(desk.send(ackLink(), Map.of(), "by=Ada&why=" + "x".repeat(20_000))
                        .statusCode())
                .isEqualTo(400);
        nothingHappened();
    }

    @Test
    void a_name_and_a_reason_with_line_breaks_are_one_line_each() {
        desk.send(ackLink(), desk.filledIn("Ada\r\nLovelace", "on\n\nmy\tway"));

        assertThat(desk.care(alert)).extracting("by", "why").containsExactly("Ada Lovelace", "on my way");
    }

    private String ackLink() {
        return desk.link(alert, AlertAction.ACKNOWLEDGE);
    }

    private Alert.Open site() {
        return desk.opened(new Subject.OfSite("north & yard"), Condition.NETWORK_LOST, Severity.CRITICAL);
    }

    private void nothingHappened() {
        assertThat(desk.care(alert)).isEqualTo(new Care.None());
        assertThat(desk.bus.published()).isEmpty();
        assertThat(desk.store.outbox()).isEmpty();
        assertThat(desk.store.history("device#" + SampleFleet.imei(1).digits())).isEmpty();
    }
}
