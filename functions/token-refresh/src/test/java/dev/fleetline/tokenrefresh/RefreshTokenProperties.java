package dev.fleetline.tokenrefresh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetline.fleetevents.Announcer;
import dev.fleetline.testing.InMemoryClaims;
import dev.fleetline.testing.InMemoryOutbox;
import dev.fleetline.testing.InMemoryStore;
import dev.fleetline.testing.InMemoryTokenStore;
import dev.fleetline.testing.MovableClock;
import dev.fleetline.testing.RecordingFleetEvents;
import dev.fleetline.testing.ScriptedIssuer;
import dev.fleetline.thingspaceoauth.CoreTokenProof;
import dev.fleetline.tokens.AccessToken;
import dev.fleetline.tokens.TokenIssuer.Info;
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

/** However many refreshers there are, however their steps mix, and wherever some of them die. */
class RefreshTokenProperties {

    private static final TokenRealm CORE = TokenRealm.CORE;
    private static final String OLD = "version-old";

    /** A death at one of these loses an answer that the platform has given. */
    private static final Set<String> BETWEEN_ANSWER_AND_STORE = Set.of("issue token:after", "stage token:before");

    private final MovableClock clock = MovableClock.at("2026-03-02T15:00:00Z");
    private final InMemoryTokenStore store = new InMemoryTokenStore();
    private final ScriptedIssuer issuer = new ScriptedIssuer(clock);
    private final InMemoryStore tables = new InMemoryStore();
    private final RecordingFleetEvents bus = new RecordingFleetEvents();
    private final Interleaving interleaving = new Interleaving();
    private final AtomicLong ids = new AtomicLong();
    private final RefreshToken refreshToken = new RefreshToken(
            store,
            new RealmDesks(Map.of(
                    CORE,
                    new RealmDesk(
                            issuer, new CoreTokenProof(issuer), Optional.empty(), () -> true, Duration.ofDays(3)))),
            new InMemoryClaims(tables),
            new Announcer(new InMemoryOutbox(tables), bus),
            clock,
            () -> new UUID(0, ids.incrementAndGet()));

    @Property(tries = 400)
    void refreshers_in_any_order_with_deaths_anywhere_end_in_one_proved_token(
            @ForAll @IntRange(min = 1, max = 5) int refreshers,
            @ForAll @Size(max = 60) List<@IntRange(min = -1, max = 9) Integer> choices) {
        begin();
        for (int refresher = 0; refresher < refreshers; refresher++) {
            String holder = "invocation-" + refresher;
            boolean isTick = refresher % 2 == 0;
            interleaving.add(() -> {
                var _ = isTick ? refreshToken.ifDue(CORE, holder) : refreshToken.ifStillCurrent(CORE, OLD, holder);
            });
        }
        interleaving.run(choices);
        theNextTick();

        AccessToken current = store.current(CORE).token().orElseThrow();
        assertThat(store.current(CORE).versionId()).isNotEqualTo(OLD);
        assertThat(issuer.info(current.accessToken())).isInstanceOf(Info.Alive.class);
        assertThat(issuer.grants()).hasSizeLessThanOrEqualTo(1 + (int) lostAnswers());
        assertThat(current.accessToken())
                .as("the newest that was ever answered")
                .isEqualTo("token-" + issuer.grants().size());
    }

    @Property(tries = 400)
    void where_refresh_tokens_rotate_a_lost_answer_ends_with_a_person_and_the_old_token_still_working(
            @ForAll @IntRange(min = 1, max = 5) int refreshers,
            @ForAll @Size(max = 60) List<@IntRange(min = -1, max = 9) Integer> choices) {
        begin();
        issuer.rotate();
        for (int refresher = 0; refresher < refreshers; refresher++) {
            String holder = "invocation-" + refresher;
            interleaving.add(() -> {
                var _ = refreshToken.ifDue(CORE, holder);
            });
        }
        interleaving.run(choices);
        theNextTick();

        AccessToken current = store.current(CORE).token().orElseThrow();
        assertThat(issuer.info(current.accessToken())).isInstanceOf(Info.Alive.class);
        if (lostAnswers() == 0) {
            assertThat(store.current(CORE).versionId()).isNotEqualTo(OLD);
        } else if (store.current(CORE).versionId().equals(OLD)) {
            assertThat(bus.published("TokenReauthorizationNeeded")).isNotEmpty();
        }
    }

    private void begin() {
        Duration life = Duration.ofDays(30);
        var token = new AccessToken(
                "token-0",
                Optional.of("refresh-1"),
                List.of("ts.device"),
                clock.instant().plus(Duration.ofDays(1)).minus(life),
                life);
        issuer.knows("refresh-1");
        issuer.issued("token-0", token.obtainedAt());
        store.has(CORE, OLD, token);
        store.onEffect(interleaving::effect);
        issuer.onEffect(interleaving::effect);
        tables.onEffect(interleaving::effect);
        bus.onEffect(interleaving::effect);
    }

    /** When the leases of the dead have ended; twice, for what the first look left to the second. */
    private void theNextTick() {
        for (int tick = 0; tick < 2; tick++) {
            clock.forward(Duration.ofMinutes(5));
            var _ = refreshToken.ifDue(CORE, "tick-" + tick);
        }
    }

    private long lostAnswers() {
        return interleaving.deaths().stream()
                .filter(BETWEEN_ANSWER_AND_STORE::contains)
                .count();
    }
}
