package dev.fleetline.tokenrefresh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetline.fleetevents.Announcer;
import dev.fleetline.testing.InMemoryClaims;
import dev.fleetline.testing.InMemoryOutbox;
import dev.fleetline.testing.InMemoryStore;
import dev.fleetline.testing.InMemoryTokenStore;
import dev.fleetline.testing.MovableClock;
import dev.fleetline.testing.RecordingFleetEvents;
import dev.fleetline.tokenrefresh.Outcome.NotDue;
import dev.fleetline.tokenrefresh.Outcome.Renewed;
import dev.fleetline.tokenrefresh.Outcome.Unchanged;
import dev.fleetline.tokens.AccessToken;
import dev.fleetline.tokens.TokenIssuer.Grant;
import dev.fleetline.tokens.TokenIssuer.Issue;
import dev.fleetline.tokens.TokenProof.Proof;
import dev.fleetline.tokens.TokenRealm;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** A token that is answered again until it ends, each time with less time left, and is proved by asking again. */
class EdgeTokenTest {

    private static final TokenRealm EDGE = TokenRealm.EDGE;

    private final MovableClock clock = MovableClock.at("2026-03-02T15:00:00Z");
    private final InMemoryTokenStore store = new InMemoryTokenStore();
    private final M2mPlatform platform = new M2mPlatform(clock);
    private final InMemoryStore tables = new InMemoryStore();
    private final AtomicLong ids = new AtomicLong();
    private final RefreshToken refreshToken = new RefreshToken(
            store,
            new RealmDesks(Map.of(
                    EDGE, new RealmDesk(platform, this::askAgain, Optional.empty(), platform::isSetUp, Duration.ZERO))),
            new InMemoryClaims(tables),
            new Announcer(new InMemoryOutbox(tables), new RecordingFleetEvents()),
            clock,
            () -> new UUID(0, ids.incrementAndGet()));

    EdgeTokenTest() {
        store.hasNone(EDGE, "version-none");
    }

    @Test
    void a_day_of_ticks_asks_for_one_token_an_hour() {
        for (int tick = 0; tick < 24 * 12; tick++) {
            assertThat(tick())
                    .isInstanceOf(clock.instant().getEpochSecond() % 3_600 == 0 ? Renewed.class : NotDue.class);
            clock.forward(Duration.ofMinutes(5));
        }

        assertThat(store.current(EDGE).token()).map(AccessToken::accessToken).contains("bearer-24");
    }

    @Test
    void a_refused_token_that_is_answered_again_makes_no_new_version() {
        tick();
        clock.forward(Duration.ofMinutes(20));

        assertThat(refreshToken.ifStillCurrent(EDGE, store.current(EDGE).versionId(), "invocation"))
                .isInstanceOf(Unchanged.class);
    }

    @Test
    void a_token_that_the_service_forgot_is_found_by_the_next_tick() {
        tick();
        platform.forgetsTheBearer();

        assertThat(tick()).isInstanceOf(Renewed.class);
        assertThat(store.current(EDGE).token()).map(AccessToken::accessToken).contains("bearer-2");
    }

    private Proof askAgain(AccessToken token) {
        return platform.issue(new Grant.ClientCredentials()) instanceof Issue.Issued(var answered)
                        && answered.accessToken().equals(token.accessToken())
                ? new Proof.Alive()
                : new Proof.TokenEnded();
    }

    private Outcome tick() {
        return refreshToken.ifDue(EDGE, "invocation-" + ids.incrementAndGet());
    }
}
