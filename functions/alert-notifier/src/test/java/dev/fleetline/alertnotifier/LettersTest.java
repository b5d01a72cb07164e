package dev.fleetline.alertnotifier;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.alertlinks.AlertAction;
import dev.fleetline.alertlinks.AlertLink;
import dev.fleetline.alertlinks.AlertLinks.Checked;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What people read. */
class LettersTest {

    private static final Pattern LINK = Pattern.compile("https://desk\\.example\\.test(/\\S+)");

    private final Desk desk = new Desk();

    @Test
    void a_message_has_the_sentence_the_facts_the_runbook_and_the_links() {
        Letter letter = desk.told(Events.alert("Raised"));

        assertThat(letter.subject()).contains("WARNING BATTERY_LOW: Pump 14 (...0014), north-yard");
        assertThat(letter.text().replaceAll("signature=\\S+", "signature=S")).isEqualTo("""
                Pump 14 (\u20260014): battery 18 %, not charging since 15:35 UTC. Charge it or swap the battery.

                Condition    BATTERY_LOW, WARNING
                State        open
                Since        2 Mar 2026 15:35 UTC
                Last seen    2 Mar 2026 15:35 UTC
                Observed     18 % at 2 Mar 2026 15:35 UTC (BATTERY)
                Limit        20 %, over at 25 %; as set for the fleet
                Device       Pump 14, tracker-3, north-yard
                IMEI         999999000000014
                ThingSpace   d0c1e0a1-0000-6abc-f001-0123456789ab
                Alert        7f246b6619bc5fa7a95ae61ca3702054, change 1

                What to do: https://runbooks.example.test/fleetline/BATTERY_LOW.md

                I look after it, no more reminders:
                https://desk.example.test/alert-links/7f246b6619bc5fa7a95ae61ca3702054/acknowledge?until=1772726400&signature=S
                Be silent about it for a while:
                https://desk.example.test/alert-links/7f246b6619bc5fa7a95ae61ca3702054/snooze?until=1772726400&signature=S

                Each link opens a page that asks for your name and a reason; nothing happens before you send it. The links\
                 count until 5 Mar 2026 16:00 UTC, for whoever has them.
                """);
    }

    @ParameterizedTest
    @CsvSource({
        "Raised, CRITICAL BATTERY_LOW",
        "Escalated, 'CRITICAL BATTERY_LOW (worse, was WARNING)'",
        "Eased, 'CRITICAL BATTERY_LOW (better, was WARNING)'",
        "Reminded, CRITICAL BATTERY_LOW (still)",
        "Flapping, CRITICAL BATTERY_LOW (comes and goes)",
        "Acknowledged, Somebody looks after BATTERY_LOW",
        "Snoozed, Silent for a while: BATTERY_LOW",
        "Cleared, Over: BATTERY_LOW"
    })
    void the_subject_says_what_became_of_it(String word, String begins) {
        Letter letter = desk.told(
                Events.alert(word, detail -> detail.put("severity", "CRITICAL").put("previousSeverity", "WARNING")));

        assertThat(letter.subject().orElseThrow()).isEqualTo(begins + ": Pump 14 (...0014), north-yard");
    }

    @Test
    void the_links_are_signed_for_this_alert_and_end_when_the_message_says() {
        Letter letter = desk.told(Events.alert("Reminded"));

        Instant until = desk.clock.instant().plus(Duration.ofDays(3));
        assertThat(checked(letter))
                .containsExactly(
                        new Checked.Good(new AlertLink(Events.ALERT, AlertAction.ACKNOWLEDGE, until)),
                        new Checked.Good(new AlertLink(Events.ALERT, AlertAction.SNOOZE, until)));
    }

    @Test
    void only_a_conflict_of_identities_can_be_ended_by_a_link_because_of_all_else_the_device_shows_whether_it_holds() {
        Letter letter = desk.told(Events.alert("Raised", detail -> detail.put("condition", "IDENTITY_CONFLICT")));

        assertThat(checked(letter)).hasSize(3).anySatisfy(checked -> assertThat(checked)
                .extracting("link.action")
                .isEqualTo(AlertAction.RESOLVE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Acknowledged", "Snoozed", "Cleared"})
    void where_nobody_has_to_do_anything_there_is_no_link(String word) {
        assertThat(desk.told(Events.alert(word)).text()).doesNotContain("alert-links", "signature");
    }

    @Test
    void an_alert_is_told_without_links_when_their_key_cannot_be_read() {
        desk.isKeyMissing = true;

        assertThat(desk.told(Events.alert("Raised")).text())
                .contains("battery 18 %", "There are no links this time", "fleetline alerts")
                .doesNotContain("alert-links");
    }

    @Test
    void a_loss_says_why_whether_the_carrier_was_asked_and_what_was_held_back() {
        Letter letter = desk.told(Events.alert("Raised", detail -> {
            detail.put("condition", "NETWORK_LOST")
                    .put("cause", "OUT_OF_COVERAGE")
                    .put("verified", false)
                    .put("held", 3);
            detail.putObject("observed")
                    .put("value", 9.5)
                    .put("unit", "h")
                    .put("at", "2026-03-03T01:05:26Z")
                    .put("source", "SILENCE");
            detail.putObject("threshold").put("value", 8.4).put("origin", "learned");
        }));

        assertThat(letter.text())
                .contains(
                        "Cause        out of coverage\n",
                        "Verified     no, the carrier was not asked\n",
                        "Observed     9.5 h at 3 Mar 2026 01:05 UTC (SILENCE)\n",
                        "Limit        8.4 h; as learned from the device\n",
                        "Held back    3 changes since the last message\n")
                .doesNotContain("null");
    }

    @Test
    void an_alert_of_a_site_names_the_site() {
        ObjectNode detail = (ObjectNode) Events.json(Events.alert("Raised")).path("detail");
        detail.remove(List.of("device", "observed", "threshold", "lastSeen"));
        detail.put("condition", "NETWORK_LOST")
                .put("subject", "site#north-yard")
                .put("summary", "Site north-yard: 7 of 9 devices silent since 15:35 UTC. Look for a power cut.");

        detail.putObject("devices")
                .put("lost", 7)
                .put("of", 9)
                .putArray("first")
                .add("999999000000014")
                .add("999999000000022");

        Letter letter = desk.told(Events.event("SiteAlertRaised", detail));

        assertThat(letter.subject()).contains("WARNING NETWORK_LOST: site north-yard");
        assertThat(letter.text())
                .contains(
                        "Of           site north-yard\n",
                        "Devices      7 lost of 9, first 999999000000014, 999999000000022\n")
                .doesNotContain("IMEI", "null");
    }

    @Test
    void who_looks_after_it_and_why_is_said_to_the_others() {
        Letter letter = desk.told(Events.alert("Snoozed", detail -> detail.put("status", "snoozed")
                .putObject("person")
                .put("by", "Ada")
                .put("why", "a new battery comes on Friday")
                .put("until", "2026-03-06T12:00:00Z")));

        assertThat(letter.text())
                .contains(
                        "Said by      Ada\n",
                        "Reason       a new battery comes on Friday\n",
                        "Silent until 6 Mar 2026 12:00 UTC\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Pumpe S\u00fcd \u2013 \u00c4u\u00dfere Halle",
                "\u6cf5\u7ad9\u5341\u56db",
                "\uD83D\uDE9A truck",
                "a\nSubject: another one\r\nBcc: everybody@example.test",
                "\u202Egnp.exe",
                "\u0000\u0007bell",
                "   ",
                "x-x-x-x-x-x-x-x-x-x-x-x-x-x-x-x-x-x-x-x-x-x-x-x-x-x-x-x-x-x-x-x-x-x-x-x-x-x-x-x-x-x-x-x-x-x-x-x-x-x-x-x-x-x"
            })
    void whatever_a_device_is_called_the_subject_is_one_line_of_ascii(String name) {
        Letter letter = desk.told(
                Events.alert("Raised", detail -> detail.withObject("/device").put("name", name)));

        assertThat(letter.subject().orElseThrow()).matches("[!-~][ -~]{0,99}").startsWith("WARNING BATTERY_LOW: ");
    }

    @Test
    void a_name_in_latin_letters_can_still_be_read() {
        Letter letter = desk.told(Events.alert(
                "Raised", detail -> detail.withObject("/device").put("name", "Pumpe S\u00fcd \u2013 Tank 2")));

        assertThat(letter.subject()).contains("WARNING BATTERY_LOW: Pumpe Sud - Tank 2 (...0014), north-yard");
    }

    @Test
    void nothing_that_somebody_wrote_can_look_like_a_line_of_ours() {
        String evil = "Pump 14\n\nI look after it, no more reminders:\nhttps://evil.example.test/alert-links";
        Letter letter = desk.told(Events.alert("Raised", detail -> {
            detail.withObject("/device").put("name", evil).put("site", evil);
            detail.put("summary", evil);
        }));

        assertThat(letter.text().lines()).noneMatch(line -> line.startsWith("https://evil"));
        assertThat(letter.text().lines().filter(line -> line.startsWith("I look after it")))
                .hasSize(1);
    }

    @Test
    void a_sentence_of_a_hundred_thousand_letters_is_cut() {
        assertThat(desk.told(Events.alert("Raised", detail -> detail.put("summary", "long ".repeat(20_000))))
                        .text())
                .hasSizeLessThan(5_000);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "TokenReauthorizationNeeded | {'eventId':'e','realm':'core','secret':'s','reason':'nobody has authorised'}"
                        + " | Authorise Fleetline at ThingSpace again: core | re-authorise",
                "TokenRefreshFailed | {'eventId':'e','realm':'m2m','secret':'s','code':'LOCKED','reason':'locked','fix':'f'}"
                        + " | A token could not be renewed: m2m | token-refresh-failing",
                "StreamBroken | {'eventId':'e','stream':'core/ts.event','code':'SILENT','reason':'r','fix':'f'}"
                        + " | Nothing reaches us by a stream: core/ts.event | stream-broken",
                "StreamRepaired | {'eventId':'e','stream':'core/ts.event','at':'2026-03-02T15:00:00Z'}"
                        + " | Over: a stream is well again: core/ts.event | stream-broken",
                "DeviceOnboardingStuck | {'eventId':'e','onboardingId':'o-1','imei':'999999000000014','reason':'r'}"
                        + " | An order waits: device ...0014 | stuck-order",
                "DeviceOnboardingFailed | {'eventId':'e','onboardingId':'o-1','code':'OTHER_SIM','reason':'r','faults':[]}"
                        + " | An order failed: o-1 | device-does-not-activate",
                "DeviceDrifted | {'eventId':'e','imei':'999999000000014','code':'MISSING','held':'h','found':'f','fix':'x'}"
                        + " | The carrier has a device otherwise than we do: device ...0014 | drift",
                "BulkOnboardingChecked | {'eventId':'e','file':'incoming/apply/june.csv','mode':'apply','outcome':'nothing'}"
                        + " | Nothing of a spreadsheet was ordered: incoming/apply/june.csv | bulk-file-refused"
            })
    void what_is_no_alert_and_must_be_known_is_told_in_words_too(
            String detailType, String detail, String subject, String runbook) {
        Letter letter = desk.told(Events.event(detailType, detail.replace('\'', '"')));

        assertThat(letter.subject()).contains(subject);
        assertThat(letter.text())
                .endsWith("What to do: https://runbooks.example.test/fleetline/" + runbook + ".md\n")
                .doesNotContain("null", "alert-links");
    }

    @Test
    void a_notice_has_its_reason_and_its_fix_in_one_sentence_and_the_rest_as_facts() {
        Letter letter = desk.told(Events.event("StreamBroken", """
                {"schemaVersion":1,"eventId":"e","stream":"core/ts.event","code":"SILENT","reason":"nothing for 3 hours",
                 "since":"2026-03-02T12:00:00Z","fix":"Repair it"}
                """));

        assertThat(letter.text()).startsWith("""
                Nothing reaches us by a stream. nothing for 3 hours. Repair it.

                stream       core/ts.event
                code         SILENT
                since        2 Mar 2026 12:00 UTC
                """);
    }

    @Test
    void the_attributes_let_a_subscription_choose() {
        assertThat(desk.told(Events.alert("Raised")).attributes())
                .containsOnly(
                        Map.entry("event", "DeviceAlertRaised"),
                        Map.entry("severity", "WARNING"),
                        Map.entry("condition", "BATTERY_LOW"),
                        Map.entry("status", "open"));
    }

    private List<Checked> checked(Letter letter) {
        return LINK.matcher(letter.text())
                .results()
                .map(match -> URI.create(match.group(1)))
                .map(link -> desk.links.check(link.getRawPath(), link.getRawQuery(), desk.clock.instant()))
                .toList();
    }
}
