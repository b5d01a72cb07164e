package dev.fleetline.tokenssecretsmanager;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetline.testing.InMemoryTokenStore;
import dev.fleetline.testing.MovableClock;
import dev.fleetline.tokens.AccessToken;
import dev.fleetline.tokens.TokenRealm;
import dev.fleetline.tokens.TokenSource.Usable;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CachedTokenSourceTest {

    private static final TokenRealm CORE = TokenRealm.CORE;
    private static final String SECRET = "fleetline/test/core/token";

    private final MovableClock clock = MovableClock.at("2026-03-02T15:00:00Z");
    private final InMemoryTokenStore store = new InMemoryTokenStore();
    private final CachedTokenSource source = new CachedTokenSource(store, clock, Duration.ofMinutes(5));

    @Test
    void a_token_is_kept_for_the_time_it_may_be_kept_and_then_read_anew() {
        store.has(CORE, "v1", token("one", Duration.ofDays(30)));
        source.token(CORE);
        store.has(CORE, "v2", token("two", Duration.ofDays(30)));

        clock.forward(Duration.ofMinutes(4));
        assertThat(source.token(CORE)).isEqualTo(new Usable.Token(SECRET, "v1", "one"));
        clock.forward(Duration.ofMinutes(1));
        assertThat(source.token(CORE)).isEqualTo(new Usable.Token(SECRET, "v2", "two"));
    }

    @Test
    void a_caller_that_was_refused_sees_the_next_version_at_once_for_as_long_as_it_looks() {
        store.has(CORE, "v1", token("one", Duration.ofDays(30)));
        source.token(CORE);
        source.refused(CORE, "v1");

        for (int look = 0; look < 4; look++) {
            assertThat(source.token(CORE)).isEqualTo(new Usable.Token(SECRET, "v1", "one"));
            clock.forward(Duration.ofMillis(750));
        }
        store.has(CORE, "v2", token("two", Duration.ofDays(30)));
        assertThat(source.token(CORE)).isEqualTo(new Usable.Token(SECRET, "v2", "two"));
    }

    @Test
    void who_is_refused_some_seconds_later_sees_the_next_version_before_it_gives_up() {
        store.has(CORE, "v1", token("one", Duration.ofDays(30)));
        source.token(CORE);
        source.refused(CORE, "v1");
        clock.forward(Duration.ofSeconds(8));
        source.token(CORE);
        source.refused(CORE, "v1");
        store.has(CORE, "v2", token("two", Duration.ofDays(30)));

        clock.forward(Duration.ofSeconds(3));
        assertThat(source.token(CORE)).isEqualTo(new Usable.Token(SECRET, "v2", "two"));
    }

    @Test
    void a_refused_version_that_stays_current_is_read_ever_less_often_and_in_the_end_once_in_ten_seconds() {
        store.has(CORE, "v1", token("one", Duration.ofDays(30)));
        source.token(CORE);
        source.refused(CORE, "v1");

        assertThat(readsWhileAskedTenTimesASecond(Duration.ofMinutes(1))).isBetween(6, 60);
        assertThat(readsWhileAskedTenTimesASecond(Duration.ofMinutes(10))).isEqualTo(60);
    }

    @Test
    void who_goes_on_being_refused_does_not_make_it_read_much_more() {
        store.has(CORE, "v1", token("one", Duration.ofDays(30)));
        source.token(CORE);

        int before = store.reads(CORE);
        for (int call = 0; call < 600; call++) {
            source.refused(CORE, "v1");
            source.token(CORE);
            clock.forward(Duration.ofSeconds(1));
        }
        assertThat(store.reads(CORE) - before).isLessThan(600 / 2);
    }

    @Test
    void what_is_refused_again_long_after_is_looked_for_again() {
        store.has(CORE, "v1", token("one", Duration.ofDays(30)));
        source.token(CORE);
        source.refused(CORE, "v1");
        clock.forward(Duration.ofHours(1));
        source.token(CORE);
        source.refused(CORE, "v1");
        store.has(CORE, "v2", token("two", Duration.ofDays(30)));

        assertThat(source.token(CORE)).isEqualTo(new Usable.Token(SECRET, "v2", "two"));
    }

    @Test
    void a_late_word_about_an_old_version_does_not_drop_the_new_one() {
        store.has(CORE, "v2", token("two", Duration.ofDays(30)));
        source.token(CORE);
        source.refused(CORE, "v1");
        store.has(CORE, "v3", token("three", Duration.ofDays(30)));

        assertThat(source.token(CORE)).isEqualTo(new Usable.Token(SECRET, "v2", "two"));
    }

    @Test
    void an_expired_token_is_never_handed_out_not_even_while_it_is_kept() {
        store.has(CORE, "v1", token("one", Duration.ofMinutes(2)));
        source.token(CORE);

        clock.forward(Duration.ofMinutes(2));

        assertThat(source.token(CORE)).isInstanceOfSatisfying(Usable.None.class, none -> {
            assertThat(none.versionId()).isEqualTo("v1");
            assertThat(none.reason()).isEqualTo("the token ended at 2026-03-02T15:02:00Z");
        });
        store.has(CORE, "v2", token("two", Duration.ofDays(30)));
        assertThat(source.token(CORE)).isEqualTo(new Usable.Token(SECRET, "v2", "two"));
    }

    @Test
    void while_there_has_never_been_a_token_it_says_so() {
        store.hasNone(CORE, "v0");

        assertThat(source.token(CORE)).isInstanceOfSatisfying(Usable.None.class, none -> assertThat(none.reason())
                .contains("authorise"));
    }

    private int readsWhileAskedTenTimesASecond(Duration time) {
        int before = store.reads(CORE);
        for (long call = 0; call < time.toSeconds() * 10; call++) {
            source.token(CORE);
            clock.forward(Duration.ofMillis(100));
        }
        return store.reads(CORE) - before;
    }

    private AccessToken token(String value, Duration life) {
        return new AccessToken(value, Optional.empty(), List.of(), clock.instant(), life);
    }
}
