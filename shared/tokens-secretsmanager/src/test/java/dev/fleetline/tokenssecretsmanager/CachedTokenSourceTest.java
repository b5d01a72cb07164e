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
    void a_refused_version_is_dropped_and_asked_for_each_time_until_another_is_current() {
        store.has(CORE, "v1", token("one", Duration.ofDays(30)));
        source.token(CORE);
        source.refused(CORE, "v1");

        assertThat(source.token(CORE)).isEqualTo(new Usable.Token(SECRET, "v1", "one"));
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

    private AccessToken token(String value, Duration life) {
        return new AccessToken(value, Optional.empty(), List.of(), clock.instant(), life);
    }
}
