package dev.fleetline.tokenrefresh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetline.testing.InMemoryClaims;
import dev.fleetline.testing.InMemoryStore;
import dev.fleetline.testing.InMemoryTokenStore;
import dev.fleetline.testing.MovableClock;
import dev.fleetline.testing.ScriptedIssuer;
import dev.fleetline.tokenrefresh.RevokeReplaced.Found;
import dev.fleetline.tokens.AccessToken;
import dev.fleetline.tokens.TokenIssuer.Info;
import dev.fleetline.tokens.TokenRealm;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RevokeReplacedTest {

    private static final TokenRealm CORE = TokenRealm.CORE;

    private final MovableClock clock = MovableClock.at("2026-03-02T15:00:00Z");
    private final InMemoryTokenStore store = new InMemoryTokenStore();
    private final ScriptedIssuer issuer = new ScriptedIssuer(clock);
    private final RevokeReplaced revokeReplaced =
            new RevokeReplaced(store, new InMemoryClaims(new InMemoryStore()), clock);
    private int invocations;

    @Test
    void a_replaced_token_is_left_alone_as_long_as_a_warm_reader_may_hold_it_however_old_its_successor_is() {
        replaced("old", "new");
        clock.forward(Duration.ofDays(2));

        assertThat(run()).isEmpty();
        for (int tick = 0; tick < 2; tick++) {
            clock.forward(Duration.ofMinutes(5));
            assertThat(run()).isEmpty();
        }
        assertThat(issuer.info("old")).isInstanceOf(Info.Alive.class);
    }

    @Test
    void after_that_it_is_taken_back_once() {
        replaced("old", "new");
        assertThat(run()).isEmpty();
        clock.forward(Duration.ofMinutes(16));

        assertThat(run()).contains(new Found.Gone("version-old"));
        assertThat(run()).isEmpty();
        assertThat(issuer.info("new")).isInstanceOf(Info.Alive.class);
    }

    @Test
    void an_answer_that_says_yes_proves_nothing_while_the_issuer_still_knows_the_token() {
        replaced("old", "new");
        assertThat(run()).isEmpty();
        clock.forward(Duration.ofMinutes(16));
        issuer.answersNext(new Info.Alive(
                "refresh_token", "operator@example.test", List.of(), Instant.EPOCH, Duration.ofDays(30)));

        assertThat(run()).containsInstanceOf(Found.StillKnown.class);
    }

    @Test
    void when_nobody_can_say_it_is_asked_again_later() {
        replaced("old", "new");
        assertThat(run()).isEmpty();
        clock.forward(Duration.ofMinutes(16));
        issuer.answersNext(new Info.Unavailable("busy"));

        assertThat(run()).containsInstanceOf(Found.Unknown.class);
        assertThat(run()).isEmpty();
        clock.forward(Duration.ofMinutes(5));
        assertThat(run()).contains(new Found.Gone("version-old"));
    }

    @Test
    void a_replaced_token_that_has_ended_is_not_worth_a_question() {
        replaced("old", "new");

        clock.forward(Duration.ofDays(31));

        assertThat(run()).isEmpty();
    }

    @Test
    void the_same_token_under_another_version_is_never_taken_back() {
        replaced("same", "same");
        assertThat(run()).isEmpty();
        clock.forward(Duration.ofMinutes(16));

        assertThat(run()).isEmpty();
    }

    @Test
    void before_there_was_a_token_there_is_none_to_take_back() {
        store.hasNone(CORE, "version-none");
        store.has(CORE, "version-new", token("new"));
        clock.forward(Duration.ofMinutes(16));

        assertThat(run()).isEmpty();
    }

    private Optional<Found> run() {
        invocations++;
        return revokeReplaced.run(CORE, issuer, "invocation-" + invocations);
    }

    private void replaced(String old, String by) {
        issuer.issued(old, clock.instant());
        issuer.issued(by, clock.instant());
        store.has(CORE, "version-old", token(old));
        store.has(CORE, "version-new", token(by));
    }

    private AccessToken token(String value) {
        return new AccessToken(value, Optional.empty(), List.of(), clock.instant(), Duration.ofDays(30));
    }
}
