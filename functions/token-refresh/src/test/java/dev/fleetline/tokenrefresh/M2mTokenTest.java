package dev.fleetline.tokenrefresh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleetline.fleetevents.Announcer;
import dev.fleetline.fleetevents.Outgoing;
import dev.fleetline.testing.InMemoryClaims;
import dev.fleetline.testing.InMemoryOutbox;
import dev.fleetline.testing.InMemoryStore;
import dev.fleetline.testing.InMemoryTokenStore;
import dev.fleetline.testing.MovableClock;
import dev.fleetline.testing.RecordingFleetEvents;
import dev.fleetline.tokenrefresh.Outcome.Failed;
import dev.fleetline.tokenrefresh.Outcome.NotSetUp;
import dev.fleetline.tokenrefresh.Outcome.Renewed;
import dev.fleetline.tokenrefresh.Outcome.Unchanged;
import dev.fleetline.tokens.AccessToken;
import dev.fleetline.tokens.SessionDesk.Opened;
import dev.fleetline.tokens.TokenRealm;
import dev.fleetline.tokens.TokenStore.BadSecret;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** A bearer that is the same until it ends, a session that ends when idle, and a user who can be locked. */
class M2mTokenTest {

    private static final TokenRealm M2M = TokenRealm.M2M;

    private final MovableClock clock = MovableClock.at("2026-03-02T15:00:00Z");
    private final InMemoryTokenStore store = new InMemoryTokenStore();
    private final M2mPlatform platform = new M2mPlatform(clock);
    private final InMemoryStore tables = new InMemoryStore();
    private final RecordingFleetEvents bus = new RecordingFleetEvents();
    private final AtomicLong ids = new AtomicLong();
    private final AtomicLong invocations = new AtomicLong();
    private final RefreshToken refreshToken = new RefreshToken(
            store,
            new RealmDesks(Map.of(
                    M2M, new RealmDesk(platform, platform, Optional.of(platform), platform::isSetUp, Duration.ZERO))),
            new InMemoryClaims(tables),
            new Announcer(new InMemoryOutbox(tables), bus),
            clock,
            () -> new UUID(0, ids.incrementAndGet()));

    M2mTokenTest() {
        store.hasNone(M2M, "version-none");
    }

    @Test
    void a_realm_whose_credentials_nobody_filled_in_is_left_alone_and_nothing_is_said() {
        platform.isNotSetUp();

        assertThat(tick()).isEqualTo(new NotSetUp());
        assertThat(bus.published()).isEmpty();
    }

    @Test
    void the_first_tick_gets_a_bearer_logs_in_and_proves_both_together() {
        assertThat(tick()).isInstanceOf(Renewed.class);

        assertThat(current().accessToken()).isEqualTo("bearer-1");
        assertThat(current().sessionToken()).contains("session-1");
        assertThat(told("TokenRefreshed")).singleElement().satisfies(event -> assertThat(event.detail())
                .doesNotContain("bearer-1", "session-1"));
    }

    @Test
    void ticks_keep_the_session_from_going_idle_so_that_a_day_costs_one_login() {
        for (int tick = 0; tick < 24 * 12; tick++) {
            tick();
            clock.forward(Duration.ofMinutes(5));
        }
        tick();

        assertThat(platform.logins()).isEqualTo(1);
        assertThat(platform.isAlive(current())).isTrue();
    }

    @Test
    void an_hour_later_the_bearer_is_another_and_the_session_the_same() {
        tick();
        for (int tick = 0; tick < 12; tick++) {
            clock.forward(Duration.ofMinutes(5));
            tick();
        }

        assertThat(current().accessToken()).isEqualTo("bearer-2");
        assertThat(current().sessionToken()).contains("session-1");
    }

    @Test
    void a_session_that_ended_while_nobody_called_is_found_by_the_next_tick_and_opened_anew() {
        tick();
        clock.forward(Duration.ofMinutes(21));

        assertThat(tick()).isInstanceOf(Renewed.class);
        assertThat(current().accessToken()).isEqualTo("bearer-1");
        assertThat(current().sessionToken()).contains("session-2");
    }

    @Test
    void a_refused_token_that_works_makes_no_new_version() {
        tick();
        String version = store.current(M2M).versionId();

        assertThat(rejected(version)).isInstanceOf(Unchanged.class);
        assertThat(store.versions(M2M)).isEqualTo(2);
    }

    @Test
    void a_bearer_that_is_answered_again_with_less_time_left_is_no_new_version() {
        tick();
        clock.forward(Duration.ofMinutes(10));

        assertThat(rejected(store.current(M2M).versionId())).isInstanceOf(Unchanged.class);
    }

    @Test
    void after_two_failed_logins_in_a_row_nobody_tries_again_until_the_credentials_are_others() {
        platform.hasAnotherPassword();

        assertThat(tick())
                .isEqualTo(new Failed("login_refused", "the login was refused: INPUT_INVALID.Password.Invalid"));
        assertThat(tick()).isInstanceOfSatisfying(Failed.class, failed -> assertThat(failed.code())
                .isEqualTo("login_refused"));
        for (int day = 0; day < 400; day++) {
            clock.forward(Duration.ofDays(1));
            assertThat(tick()).isInstanceOfSatisfying(Failed.class, failed -> assertThat(failed.code())
                    .isEqualTo("login_stopped"));
        }
        assertThat(platform.failedLogins()).isEqualTo(2);
        assertThat(told("TokenRefreshFailed").getLast().detail()).contains("nobody logs in until");

        platform.isToldTheRightPassword("version-2");
        assertThat(tick()).isInstanceOf(Renewed.class);
    }

    @Test
    void when_no_more_versions_may_be_made_nobody_logs_in_for_one_that_could_not_be_kept() {
        for (int version = 0; version < 6; version++) {
            assertThat(tick()).isInstanceOf(Renewed.class);
            platform.endsSessions();
        }
        for (int tick = 0; tick < 3; tick++) {
            assertThat(tick()).isInstanceOfSatisfying(Failed.class, failed -> assertThat(failed.code())
                    .isEqualTo("too_many_versions"));
        }

        assertThat(platform.logins()).isEqualTo(6);
    }

    @Test
    void a_user_s_secret_that_is_not_filled_in_is_named_at_every_tick_and_costs_no_version() {
        platform.hasNoUser();
        for (int tick = 0; tick < 7; tick++) {
            assertThatThrownBy(this::tick)
                    .isInstanceOf(BadSecret.class)
                    .hasMessageContaining("fleetline/test/m2m/user: field username");
        }

        platform.isToldTheRightPassword("version-1");
        assertThat(tick()).isInstanceOf(Renewed.class);
    }

    @Test
    void one_failed_login_is_forgotten_by_the_one_that_succeeds() {
        for (int round = 0; round < 4; round++) {
            platform.answersNextLogin(new Opened.Refused("INPUT_INVALID.Password.Invalid"));
            assertThat(tick()).isInstanceOf(Failed.class);
            assertThat(tick()).isInstanceOf(Renewed.class);
            clock.forward(Duration.ofMinutes(21));
        }
    }

    @Test
    void a_login_that_got_no_answer_counts_for_an_hour_because_it_may_have_failed() {
        platform.answersNextLogin(new Opened.Unavailable("no answer within PT10S", true));
        platform.answersNextLogin(new Opened.Unavailable("no answer within PT10S", true));

        tick();
        tick();
        assertThat(tick()).isInstanceOfSatisfying(Failed.class, failed -> assertThat(failed.code())
                .isEqualTo("login_stopped"));

        clock.forward(Duration.ofMinutes(61));
        assertThat(tick()).isInstanceOf(Renewed.class);
    }

    @Test
    void logins_that_never_get_an_answer_stop_before_the_fifth_one_for_it_would_lock_the_user() {
        for (int hour = 0; hour < 48; hour++) {
            platform.answersNextLogin(new Opened.Unavailable("no answer within PT10S", true));
            tick();
            clock.forward(Duration.ofMinutes(61));
        }

        assertThat(platform.answeredFromTheScript()).isEqualTo(4);
        assertThat(tick()).isInstanceOfSatisfying(Failed.class, failed -> assertThat(failed.code())
                .isEqualTo("login_stopped"));
    }

    @Test
    void a_gateway_that_is_down_has_looked_at_no_password_and_does_not_count() {
        for (int tick = 0; tick < 10; tick++) {
            platform.answersNextLogin(new Opened.Unavailable("answered 503", false));
            assertThat(tick()).isInstanceOfSatisfying(Failed.class, failed -> assertThat(failed.code())
                    .isEqualTo("issuer_unavailable"));
        }

        assertThat(tick()).isInstanceOf(Renewed.class);
    }

    @Test
    void a_crash_after_the_login_counts_as_a_failed_one_and_two_of_them_stop_for_an_hour() {
        for (int crash = 0; crash < 2; crash++) {
            platform.crashesAfterLogin();
            assertThatThrownBy(this::tick).isInstanceOf(M2mPlatform.Crash.class);
            clock.forward(Duration.ofMinutes(5));
        }

        assertThat(tick()).isInstanceOfSatisfying(Failed.class, failed -> assertThat(failed.code())
                .isEqualTo("login_stopped"));
        clock.forward(Duration.ofHours(1));
        assertThat(tick()).isInstanceOf(Renewed.class);
    }

    private Outcome tick() {
        return refreshToken.ifDue(M2M, "invocation-" + invocations.incrementAndGet());
    }

    private Outcome rejected(String versionId) {
        return refreshToken.ifStillCurrent(M2M, versionId, "invocation-" + invocations.incrementAndGet());
    }

    private AccessToken current() {
        return store.current(M2M).token().orElseThrow();
    }

    private List<Outgoing> told(String detailType) {
        return bus.published(detailType);
    }
}
