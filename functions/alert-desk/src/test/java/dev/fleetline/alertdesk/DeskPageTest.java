package dev.fleetline.alertdesk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetline.alert.Alert;
import dev.fleetline.alertlinks.AlertAction;
import dev.fleetline.device.Condition;
import dev.fleetline.device.Severity;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The page itself: what browsers, screen readers and attackers see of it. */
class DeskPageTest {

    private static final Pattern NAMED = Pattern.compile("<(?:input type=\"text\"|textarea) id=\"([a-z]+)\"");
    private static final Pattern ATTACK = Pattern.compile("<(script|img|svg|iframe)|\\bon[a-z]+=[\"'a]");

    private static final Desk DESK = new Desk();
    private static final Alert.Open ALERT = DESK.opened(Condition.IDENTITY_CONFLICT, Severity.WARNING);

    static Stream<HttpReply> pages() {
        return Stream.of(
                DESK.open(DESK.link(ALERT, AlertAction.ACKNOWLEDGE)),
                DESK.open(DESK.link(ALERT, AlertAction.SNOOZE)),
                DESK.open(DESK.link(ALERT, AlertAction.RESOLVE)),
                DESK.send(DESK.link(ALERT, AlertAction.SNOOZE), Map.of()),
                DeskPage.over(),
                DeskPage.tooLate(),
                DeskPage.forged(),
                DeskPage.notOurForm(),
                DeskPage.onlyOpenOrSend(),
                DeskPage.broken());
    }

    @ParameterizedTest
    @MethodSource("pages")
    void a_page_needs_nothing_from_anywhere_runs_nothing_and_is_kept_and_framed_by_nobody(HttpReply page) {
        assertThat(page.body())
                .startsWith("<!doctype html>\n<html lang=\"en\">")
                .doesNotContain("<script", "javascript:", "http://", "https://", "src=", "@import", "url(");
        assertThat(page.headers())
                .containsEntry("cache-control", "no-store")
                .containsEntry("referrer-policy", "no-referrer")
                .containsEntry("x-content-type-options", "nosniff")
                .containsEntry("x-frame-options", "DENY")
                .containsEntry("content-type", "text/html; charset=utf-8");
        assertThat(page.headers().get("content-security-policy"))
                .contains("default-src 'none'", "form-action 'self'", "frame-ancestors 'none'", "base-uri 'none'");
    }

    @ParameterizedTest
    @MethodSource("pages")
    void a_page_fits_a_telephone_and_the_dark_and_has_one_headline_in_its_main_part(HttpReply page) {
        assertThat(page.body())
                .contains(
                        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">",
                        "<meta name=\"color-scheme\" content=\"light dark\">",
                        "prefers-color-scheme: dark",
                        ":focus-visible")
                .containsOnlyOnce("<h1>")
                .containsOnlyOnce("<main>");
        assertThat(page.body()).containsPattern("<title>[^<]{5,} \u2013 Fleetline</title>");
    }

    @ParameterizedTest
    @EnumSource(AlertAction.class)
    void every_field_has_its_label_and_the_form_says_what_it_will_do(AlertAction action) {
        String page = DESK.open(DESK.link(ALERT, action)).body();

        assertThat(NAMED.matcher(page).results().map((MatchResult field) -> field.group(1)))
                .containsExactly("by", "why")
                .allSatisfy(field -> assertThat(page).containsOnlyOnce("<label for=\"" + field + "\">"));
        assertThat(page)
                .containsOnlyOnce("<button type=\"submit\">")
                .contains("autocomplete=\"name\"", "maxlength=\"80\"", "maxlength=\"500\"")
                .contains("Name and reason are told to all who hear of");
        assertThat(page.contains("<fieldset")).isEqualTo(action == AlertAction.SNOOZE);
    }

    @Test
    void how_long_is_one_of_six_none_is_chosen_before_and_none_is_longer_than_two_weeks() {
        String page = DESK.open(DESK.link(ALERT, AlertAction.SNOOZE)).body();

        assertThat(Pattern.compile("type=\"radio\" name=\"length\" value=\"([^\"]+)\"")
                        .matcher(page)
                        .results()
                        .map(choice -> choice.group(1)))
                .containsExactly("PT4H", "PT12H", "P1D", "P3D", "P7D", "P14D");
        assertThat(page).doesNotContain("checked").contains("<legend>How long</legend>");
    }

    @Test
    void a_fault_is_tied_to_its_field_for_who_cannot_see_it() {
        String page = DESK.send(DESK.link(ALERT, AlertAction.SNOOZE), Map.of()).body();

        for (String field : List.of("by", "why", "length")) {
            assertThat(page).contains("aria-describedby=\"" + field + "-fault\"", "id=\"" + field + "-fault\"");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>alert(1)</script>",
                "\"><img src=x onerror=alert(1)>",
                "' onfocus='alert(1)' autofocus='",
                "</textarea><svg onload=alert(1)>",
                "</title><script>alert(1)</script>",
                "&lt;script&gt;",
                "javascript:alert(1)"
            })
    void whatever_somebody_writes_is_only_text_on_the_form_on_the_answer_and_for_the_next_person(String evil) {
        var desk = new Desk();
        Alert.Open alert = desk.opened(Condition.NETWORK_LOST, Severity.CRITICAL);
        String link = desk.link(alert, AlertAction.ACKNOWLEDGE);

        String refused = desk.send(link, Map.of("by", evil, "why", "")).body();
        String done = desk.send(link, desk.filledIn(evil, evil)).body();
        String next = desk.open(link).body();
        String second = desk.send(link, desk.filledIn("Grace", "me too")).body();

        assertThat(done).contains("<h1>Done</h1>");
        assertThat(Stream.of(refused, done, next, second)).allSatisfy(page -> {
            assertThat(page).contains(Html.escaped(evil));
            assertThat(ATTACK.matcher(page.replace(Html.escaped(evil), "")).find())
                    .isFalse();
        });
    }

    @Test
    void what_is_escaped_stays_what_it_was_to_read() {
        assertThat(Html.escaped("<a href=\"x\">&'")).isEqualTo("&lt;a href=&quot;x&quot;&gt;&amp;&#39;");
    }

    @Test
    void a_page_prints_without_what_is_on_it() {
        assertThat(DESK.open(DESK.link(ALERT, AlertAction.RESOLVE))).hasToString("HttpReply[200]");
    }
}
