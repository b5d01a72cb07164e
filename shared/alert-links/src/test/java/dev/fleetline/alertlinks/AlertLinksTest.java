package dev.fleetline.alertlinks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleetline.alertlinks.AlertLinks.Checked;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AlertLinksTest {

    private static final Instant NOW = Instant.parse("2026-03-02T15:00:00Z");
    private static final String ALERT = "7f246b6619bc5fa7a95ae61ca3702054";
    private static final String OTHER = "00000000000000000000000000000001";
    private static final AlertLink LINK = new AlertLink(ALERT, AlertAction.ACKNOWLEDGE, NOW.plus(Duration.ofDays(3)));

    private final Keys keys = new Keys("a-link-key-under-test-number-one-0001");
    private final AlertLinks links = new AlertLinks(keys);

    /** A store of keys whose readers see a change only when they read again. */
    private static final class Keys implements LinkKeys {
        private List<LinkKey> stored;
        private List<LinkKey> known;
        private int read;

        Keys(String first) {
            stored = List.of(new LinkKey(first));
            known = stored;
        }

        void changeTo(String next) {
            stored = List.of(new LinkKey(next), stored.getFirst());
        }

        @Override
        public List<LinkKey> keys() {
            return known;
        }

        @Override
        public void refresh() {
            read++;
            known = stored;
        }
    }

    @ParameterizedTest
    @EnumSource(AlertAction.class)
    void a_link_lets_who_has_it_do_what_it_says(AlertAction action) {
        AlertLink link = new AlertLink(ALERT, action, NOW.plusSeconds(60));

        assertThat(check(links.sign(link))).isEqualTo(new Checked.Good(link));
    }

    @Test
    void a_link_is_an_address_with_the_alert_the_action_the_end_and_a_signature() {
        assertThat(links.sign(LINK))
                .matches("/alert-links/" + ALERT + "/acknowledge\\?until=1772722800&signature=[A-Za-z0-9_-]{43}");
    }

    @Test
    void a_link_ends_at_its_time_and_not_before() {
        String link = links.sign(LINK);

        assertThat(check(link, LINK.until().minusSeconds(1))).isEqualTo(new Checked.Good(LINK));
        assertThat(check(link, LINK.until())).isEqualTo(new Checked.TooLate(LINK));
    }

    @Test
    void a_link_for_one_alert_is_none_for_another() {
        assertThat(check(links.sign(LINK).replace(ALERT, OTHER))).isEqualTo(new Checked.Forged());
    }

    @ParameterizedTest
    @CsvSource({"acknowledge, resolve", "acknowledge, snooze", "acknowledge, Acknowledge", "acknowledge, delete"})
    void a_link_to_acknowledge_does_nothing_else(String action, String other) {
        assertThat(check(links.sign(LINK).replace(action, other))).isEqualTo(new Checked.Forged());
    }

    @Test
    void nobody_gives_himself_more_time() {
        assertThat(check(links.sign(LINK).replace("until=1772722800", "until=1772722801")))
                .isEqualTo(new Checked.Forged());
    }

    @Test
    void a_link_that_is_forged_and_too_late_is_forged() {
        assertThat(check(links.sign(LINK).replace("until=1772722800", "until=1")))
                .isEqualTo(new Checked.Forged());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "until=1772722800",
                "signature=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "until=1772722800&signature=",
                "until=1772722800&signature=short",
                "until=1772722800&signature=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "until=&signature=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "until=-1&signature=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "until=999999999999999999999999&signature=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "until=1772722800&signature=\u00e4\u20acAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "&&&=&until"
            })
    void a_link_of_which_something_is_missing_or_made_up_is_forged(String query) {
        assertThat(links.check("/alert-links/" + ALERT + "/acknowledge", query, NOW))
                .isEqualTo(new Checked.Forged());
    }

    @Test
    void a_link_that_says_a_thing_twice_is_forged() {
        String link = links.sign(LINK);

        assertThat(check(link + "&until=9999999999")).isEqualTo(new Checked.Forged());
        assertThat(check(link + "&signature=x")).isEqualTo(new Checked.Forged());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/alert-links/",
                "/alert-links/" + ALERT,
                "/alert-links/" + ALERT + "/acknowledge/",
                "/alert-links/7F246B6619BC5FA7A95AE61CA3702054/acknowledge",
                "/alerts/" + ALERT + "/acknowledge",
                "/alert-links/../acknowledge"
            })
    void a_path_of_another_form_is_forged(String path) {
        String query = links.sign(LINK).replaceFirst("^.*\\?", "");

        assertThat(links.check(path, query, NOW)).isEqualTo(new Checked.Forged());
    }

    @Test
    void what_a_mail_program_adds_to_an_address_does_no_harm() {
        assertThat(check(links.sign(LINK) + "&utm_source=mail")).isEqualTo(new Checked.Good(LINK));
    }

    @Test
    void after_a_change_of_key_links_that_are_out_go_on_working_until_the_next_change() {
        String old = links.sign(LINK);
        keys.changeTo("a-link-key-under-test-number-two-0002");
        keys.refresh();

        assertThat(links.sign(LINK)).isNotEqualTo(old);
        assertThat(check(old)).isEqualTo(new Checked.Good(LINK));
        assertThat(check(links.sign(LINK))).isEqualTo(new Checked.Good(LINK));

        keys.changeTo("a-link-key-under-test-number-three-03");
        keys.refresh();
        assertThat(check(old)).isEqualTo(new Checked.Forged());
    }

    @Test
    void a_link_signed_with_a_key_that_is_new_here_is_found_good_by_reading_again() {
        String old = links.sign(LINK);
        keys.changeTo("a-link-key-under-test-number-two-0002");
        var elsewhere = new AlertLinks(new Keys("a-link-key-under-test-number-two-0002"));

        assertThat(check(elsewhere.sign(LINK))).isEqualTo(new Checked.Good(LINK));
        assertThat(keys.read).isOne();
        assertThat(check(old)).isEqualTo(new Checked.Good(LINK));
        assertThat(keys.read).as("a link that fits is no reason to read").isOne();
    }

    @Test
    void a_link_signed_by_somebody_else_is_forged() {
        var stranger = new AlertLinks(new Keys("a-link-key-under-test-of-a-stranger-9"));

        assertThat(check(stranger.sign(LINK))).isEqualTo(new Checked.Forged());
    }

    @Test
    void different_links_have_different_signatures() {
        var signatures = new ArrayList<String>();
        for (String alert : List.of(ALERT, OTHER)) {
            for (AlertAction action : AlertAction.values()) {
                for (int second = 0; second < 20; second++) {
                    signatures.add(links.sign(new AlertLink(alert, action, NOW.plusSeconds(second)))
                            .replaceFirst("^.*signature=", ""));
                }
            }
        }

        assertThat(signatures).hasSize(120).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "too-short", "with a blank in the middle of a key 1", "with\na-line-break-in-the-middle-1"})
    void a_key_that_could_be_guessed_or_mistyped_is_refused_and_not_shown(String text) {
        assertThatThrownBy(() -> new LinkKey(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least 32 visible ASCII characters")
                .hasMessageNotContaining("middle");
    }

    @Test
    void a_key_prints_without_itself() {
        assertThat(new LinkKey("a-link-key-under-test-number-one-0001")).hasToString("LinkKey[***]");
    }

    private Checked check(String link) {
        return check(link, NOW);
    }

    private Checked check(String link, Instant now) {
        List<String> parts = List.of(link.split("\\?", 2));
        return links.check(parts.getFirst(), parts.getLast(), now);
    }
}
