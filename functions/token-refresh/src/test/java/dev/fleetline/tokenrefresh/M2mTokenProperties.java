package dev.fleetline.tokenrefresh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetline.fleetevents.Announcer;
import dev.fleetline.testing.InMemoryClaims;
import dev.fleetline.testing.InMemoryOutbox;
import dev.fleetline.testing.InMemoryStore;
import dev.fleetline.testing.InMemoryTokenStore;
import dev.fleetline.testing.MovableClock;
import dev.fleetline.testing.RecordingFleetEvents;
import dev.fleetline.tokens.AccessToken;
import dev.fleetline.tokens.TokenRealm;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** However many refreshers find the session ended, however their steps mix, and wherever some of them die. */
class M2mTokenProperties {

    private static final TokenRealm M2M = TokenRealm.M2M;

    /** A death at one of these loses a session that the platform has opened. */
    private static final Set<String> BETWEEN_LOGIN_AND_STORE = Set.of("open session:after", "stage token:before");

    private final MovableClock clock = MovableClock.at("2026-03-02T15:00:00Z");
    private final InMemoryTokenStore store = new InMemoryTokenStore();
    private final M2mPlatform platform = new M2mPlatform(clock);
    private final InMemoryStore tables = new InMemoryStore();
    private final RecordingFleetEvents bus = new RecordingFleetEvents();
    private final Interleaving interleaving = new Interleaving();
    private final AtomicLong ids = new AtomicLong();
    private final RefreshToken refreshToken = new RefreshToken(
            store,
            new RealmDesks(Map.of(
                    M2M, new RealmDesk(platform, platform, Optional.of(platform), platform::isSetUp, Duration.ZERO))),
            new InMemoryClaims(tables),
            new Announcer(new InMemoryOutbox(tables), bus),
            clock,
            () -> new UUID(0, ids.incrementAndGet()));

    @Property(tries = 400)
    void refreshers_in_any_order_with_deaths_anywhere_log_in_once_and_end_in_a_session_that_works(
            @ForAll @IntRange(min = 1, max = 5) int refreshers,
            @ForAll boolean isBearerDeadToo,
            @ForAll @Size(max = 60) List<@IntRange(min = -1, max = 9) Integer> choices) {
        String refused = begin(isBearerDeadToo);
        int before = platform.logins();
        for (int refresher = 0; refresher < refreshers; refresher++) {
            String holder = "invocation-" + refresher;
            boolean isTick = refresher % 2 == 0;
            interleaving.add(() -> {
                var _ = isTick ? refreshToken.ifDue(M2M, holder) : refreshToken.ifStillCurrent(M2M, refused, holder);
            });
        }
        interleaving.run(choices);
        assertThat(platform.logins() - before)
                .as("one, and one for each session that was lost")
                .isLessThanOrEqualTo(1 + lostSessions());

        whenNobodyCountsLostLoginsAnyMore();
        AccessToken current = store.current(M2M).token().orElseThrow();
        assertThat(platform.isAlive(current)).isTrue();
        assertThat(current.sessionToken())
                .as("the newest that was ever opened")
                .contains("session-" + platform.logins());
        assertThat(platform.failedLogins()).isZero();
    }

    private String begin(boolean isBearerDeadToo) {
        store.hasNone(M2M, "version-none");
        var _ = refreshToken.ifDue(M2M, "invocation-first");
        if (isBearerDeadToo) {
            clock.forward(Duration.ofHours(1));
        } else {
            platform.endsSessions();
        }
        store.onEffect(interleaving::effect);
        platform.onEffect(interleaving::effect);
        tables.onEffect(interleaving::effect);
        bus.onEffect(interleaving::effect);
        return store.current(M2M).versionId();
    }

    private void whenNobodyCountsLostLoginsAnyMore() {
        clock.forward(Duration.ofMinutes(61));
        for (int tick = 0; tick < 2; tick++) {
            clock.forward(Duration.ofMinutes(5));
            var _ = refreshToken.ifDue(M2M, "tick-" + tick);
        }
    }

    private int lostSessions() {
        return (int) interleaving.deaths().stream()
                .filter(BETWEEN_LOGIN_AND_STORE::contains)
                .count();
    }
}
