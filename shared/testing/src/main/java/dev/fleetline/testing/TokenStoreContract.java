package dev.fleetline.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetline.tokens.AccessToken;
import dev.fleetline.tokens.TokenRealm;
import dev.fleetline.tokens.TokenStore;
import dev.fleetline.tokens.TokenStore.Promoted;
import dev.fleetline.tokens.TokenStore.Stored;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every {@link TokenStore} promises. */
public abstract class TokenStoreContract {

    /** The version that says that there has never been a token. */
    protected static final String FIRST = "00000000-0000-4000-8000-000000000001";

    private static final String SECOND = "00000000-0000-4000-8000-000000000002";
    private static final String THIRD = "00000000-0000-4000-8000-000000000003";
    private static final TokenRealm CORE = TokenRealm.CORE;

    /** A store whose Core secret has {@link #FIRST} and nothing else. */
    protected abstract TokenStore storeWithoutToken();

    @Test
    void there_is_no_token_before_the_first_one() {
        assertThat(storeWithoutToken().current(CORE)).isEqualTo(new Stored(FIRST, Optional.empty()));
    }

    @Test
    void a_staged_token_is_not_current_and_can_be_found() {
        TokenStore store = storeWithoutToken();
        store.stage(CORE, SECOND, token("two"));

        assertThat(store.current(CORE).versionId()).isEqualTo(FIRST);
        assertThat(store.candidate(CORE)).contains(new Stored(SECOND, Optional.of(token("two"))));
    }

    @Test
    void a_promoted_token_is_current_with_everything_it_had_and_no_candidate_any_more() {
        TokenStore store = storeWithoutToken();
        store.stage(CORE, SECOND, token("two"));

        assertThat(store.promote(CORE, SECOND, FIRST)).isEqualTo(Promoted.CURRENT);
        assertThat(store.current(CORE)).isEqualTo(new Stored(SECOND, Optional.of(token("two"))));
        assertThat(store.candidate(CORE)).isEmpty();
    }

    @Test
    void the_replaced_token_can_still_be_found_and_before_the_second_one_there_is_none() {
        TokenStore store = storeWithoutToken();
        assertThat(store.previous(CORE)).isEmpty();

        store.stage(CORE, SECOND, token("two"));
        store.promote(CORE, SECOND, FIRST);
        store.stage(CORE, THIRD, token("three"));
        store.promote(CORE, THIRD, SECOND);

        assertThat(store.previous(CORE)).contains(new Stored(SECOND, Optional.of(token("two"))));
    }

    @Test
    void a_session_is_kept_beside_its_token() {
        TokenStore store = storeWithoutToken();
        AccessToken withSession = token("two").with(Optional.of("33333333-3333-4333-8333-333333333333"));
        store.stage(CORE, SECOND, withSession);
        store.promote(CORE, SECOND, FIRST);

        assertThat(store.current(CORE).token()).contains(withSession);
    }

    @Test
    void a_token_without_refresh_token_and_scopes_comes_back_without_them() {
        TokenStore store = storeWithoutToken();
        var bare = new AccessToken(
                "bare",
                Optional.empty(),
                List.of(),
                Instant.parse("2026-03-02T15:04:05.123456789Z"),
                Duration.ofHours(1));
        store.stage(CORE, SECOND, bare);
        store.promote(CORE, SECOND, FIRST);

        assertThat(store.current(CORE).token()).contains(bare);
    }

    @Test
    void of_two_that_replace_the_same_version_the_second_loses_and_changes_nothing() {
        TokenStore store = storeWithoutToken();
        store.stage(CORE, SECOND, token("two"));
        store.stage(CORE, THIRD, token("three"));

        assertThat(store.promote(CORE, THIRD, FIRST)).isEqualTo(Promoted.CURRENT);
        assertThat(store.promote(CORE, SECOND, FIRST)).isEqualTo(Promoted.LOST_RACE);
        assertThat(store.current(CORE).versionId()).isEqualTo(THIRD);
    }

    @Test
    void staging_and_promoting_again_changes_nothing() {
        TokenStore store = storeWithoutToken();
        store.stage(CORE, SECOND, token("two"));
        store.stage(CORE, SECOND, token("two"));
        store.promote(CORE, SECOND, FIRST);

        assertThat(store.promote(CORE, SECOND, FIRST)).isEqualTo(Promoted.CURRENT);
        assertThat(store.current(CORE).versionId()).isEqualTo(SECOND);
    }

    @Test
    void a_later_candidate_takes_the_place_of_one_that_was_left_behind() {
        TokenStore store = storeWithoutToken();
        store.stage(CORE, SECOND, token("two"));
        store.stage(CORE, THIRD, token("three"));

        assertThat(store.candidate(CORE)).map(Stored::versionId).contains(THIRD);
    }

    private static AccessToken token(String value) {
        return new AccessToken(
                value,
                Optional.of("refresh-" + value),
                List.of("ts.device", "ts.target"),
                Instant.parse("2026-03-02T15:04:05Z"),
                Duration.ofDays(30));
    }
}
