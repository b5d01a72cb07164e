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
import dev.fleetline.testing.ScriptedIssuer;
import dev.fleetline.thingspaceoauth.CoreTokenProof;
import dev.fleetline.tokenrefresh.Outcome.AlreadyAtIt;
import dev.fleetline.tokenrefresh.Outcome.Failed;
import dev.fleetline.tokenrefresh.Outcome.LostRace;
import dev.fleetline.tokenrefresh.Outcome.NeedsPerson;
import dev.fleetline.tokenrefresh.Outcome.NewerIsCurrent;
import dev.fleetline.tokenrefresh.Outcome.NotDue;
import dev.fleetline.tokenrefresh.Outcome.Renewed;
import dev.fleetline.tokens.AccessToken;
import dev.fleetline.tokens.TokenIssuer.Grant;
import dev.fleetline.tokens.TokenIssuer.Info;
import dev.fleetline.tokens.TokenIssuer.Issue;
import dev.fleetline.tokens.TokenRealm;
import dev.fleetline.tokens.TokenStore.BadSecret;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RefreshTokenTest {

    private static final TokenRealm CORE = TokenRealm.CORE;
    private static final String OLD = "version-old";

    private final MovableClock clock = MovableClock.at("2026-03-02T15:00:00Z");
    private final InMemoryTokenStore store = new InMemoryTokenStore();
    private final ScriptedIssuer issuer = new ScriptedIssuer(clock);
    private final InMemoryStore tables = new InMemoryStore();
    private final RecordingFleetEvents bus = new RecordingFleetEvents();
    private final AtomicLong ids = new AtomicLong();
    private final AtomicLong invocations = new AtomicLong();
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

    /** The process dies here. */
    private static final class Death extends RuntimeException {}

    @Test
    void a_token_with_more_than_three_days_left_is_left_alone() {
        has(tokenEndingIn(Duration.ofDays(3)));

        assertThat(tick()).isInstanceOf(NotDue.class);
        assertThat(issuer.grants()).isEmpty();
    }

    @Test
    void what_is_left_of_a_token_is_known_after_every_outcome_and_never_less_than_nothing() {
        has(tokenEndingIn(Duration.ofDays(20)));
        assertThat(refreshToken.left(CORE, tick())).contains(Duration.ofDays(20));

        clock.forward(Duration.ofDays(18));
        assertThat(refreshToken.left(CORE, tick())).contains(Duration.ofDays(30));

        assertThat(refreshToken.left(CORE, new NotDue(clock.instant().minusSeconds(1))))
                .contains(Duration.ZERO);
    }

    @Test
    void a_token_with_less_than_three_days_left_is_renewed_by_its_refresh_token_proved_and_told() {
        has(tokenEndingIn(Duration.ofDays(3).minusSeconds(1)));

        assertThat(tick()).isInstanceOf(Renewed.class);

        AccessToken now = current();
        assertThat(issuer.grants()).containsExactly(new Grant.Refresh("refresh-1"));
        assertThat(now.accessToken()).isEqualTo("token-1");
        assertThat(now.expiresAt()).isEqualTo(clock.instant().plus(Duration.ofDays(30)));
        assertThat(told("TokenRefreshed")).singleElement().satisfies(event -> assertThat(event.detail())
                .contains("\"versionId\":\"" + store.current(CORE).versionId() + "\"")
                .doesNotContain("token-1", "refresh-1"));
        assertThat(tables.outbox()).isEmpty();
    }

    @Test
    void an_answer_without_refresh_token_and_scopes_keeps_those_there_were() {
        has(tokenEndingIn(Duration.ofDays(1)));

        tick();

        assertThat(current().refreshToken()).contains("refresh-1");
        assertThat(current().scopes()).containsExactly("ts.device");
    }

    @Test
    void a_refresh_token_that_rotates_is_kept_for_the_next_time() {
        has(tokenEndingIn(Duration.ofDays(1)));
        issuer.rotate();

        tick();
        assertThat(current().refreshToken()).contains("refresh-after-1");

        clock.forward(Duration.ofDays(28));
        assertThat(tick()).isInstanceOf(Renewed.class);
        assertThat(current().refreshToken()).contains("refresh-after-2");
    }

    @Test
    void a_refused_token_is_renewed_at_once_although_it_has_weeks_left() {
        has(tokenEndingIn(Duration.ofDays(20)));

        assertThat(rejected(OLD)).isInstanceOf(Renewed.class);
    }

    @Test
    void however_many_say_that_a_token_was_refused_there_is_one_login() {
        has(tokenEndingIn(Duration.ofDays(20)));

        rejected(OLD);

        assertThat(rejected(OLD)).isInstanceOf(NewerIsCurrent.class);
        assertThat(rejected(OLD)).isInstanceOf(NewerIsCurrent.class);
        assertThat(issuer.grants()).hasSize(1);
        assertThat(told("TokenRefreshed")).hasSize(1);
    }

    @Test
    void of_two_refreshers_at_once_one_logs_in() {
        has(tokenEndingIn(Duration.ofDays(1)));
        List<Outcome> other = new ArrayList<>();
        issuer.onEffect(once("issue token:before", () -> other.add(rejected(OLD))));

        assertThat(tick()).isInstanceOf(Renewed.class);
        assertThat(other).singleElement().isInstanceOf(AlreadyAtIt.class);
        assertThat(issuer.grants()).hasSize(1);
    }

    @Test
    void who_gets_the_lease_after_somebody_renewed_looks_again_before_it_logs_in() {
        has(tokenEndingIn(Duration.ofDays(1)));
        tables.onEffect(once("lease claim:before", this::tick));

        assertThat(rejected(OLD)).isInstanceOf(NewerIsCurrent.class);
        assertThat(issuer.grants()).hasSize(1);
    }

    @Test
    void losing_the_race_is_an_answer_and_the_other_token_counts() {
        has(tokenEndingIn(Duration.ofDays(1)));
        AccessToken others = token("by-hand", Optional.empty(), Duration.ofDays(30));
        store.onEffect(once("promote token:before", () -> store.has(CORE, "by-hand", others)));

        assertThat(tick()).isEqualTo(new LostRace());
        assertThat(current()).isEqualTo(others);
        assertThat(told("TokenRefreshed")).isEmpty();
    }

    @Test
    void a_token_that_the_issuer_does_not_know_is_never_made_current() {
        has(tokenEndingIn(Duration.ofDays(1)));
        issuer.answersNext(new Info.Unknown());

        assertThat(tick()).isInstanceOfSatisfying(Failed.class, failed -> assertThat(failed.code())
                .isEqualTo("not_proved"));
        assertThat(store.current(CORE).versionId()).isEqualTo(OLD);
    }

    @Test
    void a_new_token_that_could_not_be_proved_is_proved_at_the_next_tick_without_another_login() {
        has(tokenEndingIn(Duration.ofDays(1)));
        issuer.answersNext(new Info.Unavailable("busy"));

        assertThat(tick()).isInstanceOf(Failed.class);
        assertThat(tick()).isInstanceOf(Renewed.class);
        assertThat(issuer.grants()).hasSize(1);
    }

    @Test
    void a_failure_is_told_once_an_hour_with_what_to_do_and_when_the_token_ends() {
        has(tokenEndingIn(Duration.ofDays(1)));
        for (int tick = 0; tick < 13; tick++) {
            issuer.answersNext(new Issue.Refused("invalid_client", "no such client"));
            assertThat(tick()).isEqualTo(new Failed("invalid_client", "no such client"));
            clock.forward(Duration.ofMinutes(15));
        }

        // 15:00 to 18:00
        assertThat(told("TokenRefreshFailed")).hasSize(4);
        assertThat(told("TokenRefreshFailed")).extracting(Outgoing::eventId).doesNotHaveDuplicates();
        assertThat(told("TokenRefreshFailed").getFirst().detail())
                .contains("\"code\":\"invalid_client\"")
                .contains("\"endsAt\":\"2026-03-03T15:00:00Z\"")
                .contains("client secret");
    }

    @Test
    void an_issuer_that_is_down_for_an_hour_does_not_use_up_the_versions() {
        has(tokenEndingIn(Duration.ofDays(1)));
        for (int tick = 0; tick < 12; tick++) {
            issuer.answersNext(new Issue.Unavailable("busy"));
            assertThat(tick()).isEqualTo(new Failed("issuer_unavailable", "busy"));
            clock.forward(Duration.ofMinutes(5));
        }

        assertThat(tick()).isInstanceOf(Renewed.class);
    }

    @Test
    void two_causes_in_one_hour_are_both_told() {
        has(tokenEndingIn(Duration.ofDays(1)));
        issuer.answersNext(new Issue.Unavailable("busy"));
        issuer.answersNext(new Issue.Refused("unauthorized_client", "no"));

        tick();
        tick();

        assertThat(told("TokenRefreshFailed")).hasSize(2);
    }

    @Test
    void a_refresh_token_that_was_lost_in_a_crash_ends_with_a_person_while_the_old_token_still_works() {
        has(tokenEndingIn(Duration.ofDays(2)));
        issuer.rotate();
        dieAt("stage token:before");
        assertThatThrownBy(this::tick).isInstanceOf(Death.class);
        liveOn();
        clock.forward(Duration.ofMinutes(5));

        assertThat(tick()).isInstanceOf(NeedsPerson.class);
        assertThat(tick()).isInstanceOf(NeedsPerson.class);

        assertThat(issuer.info(current().accessToken())).isInstanceOf(Info.Alive.class);
        assertThat(told("TokenReauthorizationNeeded")).singleElement().satisfies(event -> assertThat(event.detail())
                .contains("no longer counts", "\"endsAt\":\"2026-03-04T15:00:00Z\""));
    }

    @Test
    void a_time_out_after_the_platform_has_acted_costs_one_more_question() {
        has(tokenEndingIn(Duration.ofDays(2)));
        issuer.losesNextAnswer();

        assertThat(tick()).isEqualTo(new Failed("issuer_unavailable", "no answer within PT10S"));
        assertThat(current().accessToken()).isEqualTo("token-0");
        assertThat(tick()).isInstanceOf(Renewed.class);
        assertThat(issuer.grants()).hasSize(2);
    }

    @Test
    void a_time_out_after_the_platform_has_acted_ends_with_a_person_where_refresh_tokens_count_once() {
        has(tokenEndingIn(Duration.ofDays(2)));
        issuer.rotate();
        issuer.losesNextAnswer();

        assertThat(tick()).isInstanceOf(Failed.class);
        assertThat(tick()).isInstanceOf(NeedsPerson.class);
        assertThat(issuer.info(current().accessToken())).isInstanceOf(Info.Alive.class);
    }

    @Test
    void a_staged_token_without_a_good_refresh_token_does_not_hide_the_one_that_is_current() {
        has(tokenEndingIn(Duration.ofDays(1)));
        store.stage(
                CORE,
                "version-staged",
                new AccessToken(
                        "powerless", Optional.of("never-counted"), List.of(), clock.instant(), Duration.ofDays(30)));

        assertThat(tick()).isInstanceOf(Renewed.class);
        assertThat(issuer.grants()).containsExactly(new Grant.Refresh("never-counted"), new Grant.Refresh("refresh-1"));
    }

    @Test
    void a_staged_token_without_any_refresh_token_does_not_hide_the_one_that_is_current() {
        has(tokenEndingIn(Duration.ofDays(1)));
        store.stage(
                CORE,
                "version-staged",
                new AccessToken("powerless", Optional.empty(), List.of(), clock.instant(), Duration.ofDays(30)));

        assertThat(tick()).isInstanceOf(Renewed.class);
        assertThat(issuer.grants()).containsExactly(new Grant.Refresh("refresh-1"));
    }

    @Test
    void a_token_that_dies_while_a_person_is_waited_for_is_told_at_once() {
        AccessToken token = token("token-0", Optional.empty(), Duration.ofDays(5));
        issuer.issued("token-0", token.obtainedAt());
        store.has(CORE, OLD, token);
        tick();
        issuer.revoke("token-0");

        tick();
        tick();

        assertThat(told("TokenReauthorizationNeeded")).hasSize(2);
    }

    @Test
    void a_token_that_died_before_its_end_is_found_by_the_next_tick_and_renewed() {
        has(tokenEndingIn(Duration.ofDays(20)));
        issuer.revoke("token-0");

        assertThat(tick()).isInstanceOf(Renewed.class);
    }

    @Test
    void an_issuer_that_cannot_say_whether_a_token_lives_does_not_make_it_dead() {
        has(tokenEndingIn(Duration.ofDays(20)));
        issuer.answersNext(new Info.Unavailable("busy"));

        assertThat(tick()).isInstanceOf(NotDue.class);
        assertThat(issuer.grants()).isEmpty();
    }

    @Test
    void a_clock_that_is_minutes_ahead_renews_minutes_early_and_one_that_is_behind_minutes_late() {
        has(tokenEndingIn(Duration.ofDays(3).plusMinutes(4)));
        assertThat(tick()).isInstanceOf(NotDue.class);

        clock.forward(Duration.ofMinutes(5));
        assertThat(tick()).isInstanceOf(Renewed.class);
        clock.forward(Duration.ofMinutes(-10));

        assertThat(tick()).isInstanceOf(NotDue.class);
        assertThat(issuer.grants()).hasSize(1);
    }

    @Test
    void a_store_that_is_throttled_at_the_last_step_costs_no_second_login() {
        has(tokenEndingIn(Duration.ofDays(1)));
        store.onEffect(effect -> {
            if (effect.equals("promote token:before")) {
                throw new IllegalStateException("Rate exceeded");
            }
        });
        for (int tick = 0; tick < 3; tick++) {
            assertThatThrownBy(this::tick).hasMessage("Rate exceeded");
        }

        store.onEffect(effect -> {});
        assertThat(tick()).isInstanceOf(Renewed.class);
        assertThat(issuer.grants()).hasSize(1);
    }

    @Test
    void after_a_failure_the_next_tick_can_succeed() {
        has(tokenEndingIn(Duration.ofDays(1)));
        issuer.answersNext(new Issue.Unavailable("busy"));

        assertThat(tick()).isEqualTo(new Failed("issuer_unavailable", "busy"));
        assertThat(tick()).isInstanceOf(Renewed.class);
    }

    @Test
    void without_a_refresh_token_nobody_logs_in_and_a_person_is_told_seven_three_and_one_days_ahead_and_at_the_end() {
        AccessToken token = token("token-0", Optional.empty(), Duration.ofDays(8));
        issuer.issued("token-0", token.obtainedAt());
        store.has(CORE, OLD, token);

        for (int tick = 0; tick < 9 * 24; tick++) {
            tick();
            clock.forward(Duration.ofHours(1));
        }

        assertThat(issuer.grants()).isEmpty();
        assertThat(told("TokenReauthorizationNeeded"))
                .allSatisfy(event -> assertThat(event.detail()).contains("\"endsAt\":\"2026-03-10T15:00:00Z\""))
                .extracting(event -> event.time().toString())
                .containsExactly(
                        "2026-03-03T16:00:00Z", "2026-03-07T15:00:00Z", "2026-03-09T15:00:00Z", "2026-03-10T15:00:00Z");
    }

    @Test
    void a_refused_token_without_refresh_token_is_told_at_once_and_once() {
        store.has(CORE, OLD, token("token-0", Optional.empty(), Duration.ofDays(20)));

        assertThat(rejected(OLD)).isInstanceOf(NeedsPerson.class);
        assertThat(rejected(OLD)).isInstanceOf(NeedsPerson.class);

        assertThat(told("TokenReauthorizationNeeded")).singleElement().satisfies(event -> assertThat(event.detail())
                .contains("The platform refused the token"));
    }

    @Test
    void while_there_has_never_been_a_token_that_is_said_once_and_without_an_end() {
        store.hasNone(CORE, OLD);

        tick();
        clock.forward(Duration.ofDays(2));
        tick();

        assertThat(told("TokenReauthorizationNeeded")).singleElement().satisfies(event -> assertThat(event.detail())
                .contains("There has never been a token in secret " + store.secret(CORE), "infra/secrets")
                .doesNotContain("endsAt"));
    }

    @Test
    void an_application_s_secret_that_is_not_filled_in_is_named_at_every_tick_and_costs_no_version() {
        has(tokenEndingIn(Duration.ofDays(1)));
        issuer.onEffect(effect -> {
            throw new BadSecret("secret fleetline/test/core/client: field clientId is missing");
        });
        for (int tick = 0; tick < 7; tick++) {
            assertThatThrownBy(this::tick)
                    .isInstanceOf(BadSecret.class)
                    .hasMessageContaining("fleetline/test/core/client: field clientId");
        }

        issuer.onEffect(effect -> {});
        assertThat(tick()).isInstanceOf(Renewed.class);
    }

    @Test
    void after_six_versions_at_once_there_is_one_more_every_ten_minutes() {
        has(tokenEndingIn(Duration.ofDays(20)));

        assertThat(versionsMadeAtOnce()).isEqualTo(6);
        for (int tenMinutes = 0; tenMinutes < 3; tenMinutes++) {
            clock.forward(Duration.ofMinutes(10));
            assertThat(versionsMadeAtOnce()).isEqualTo(1);
        }
    }

    @Test
    void a_token_that_lives_shorter_than_the_time_before_its_end_is_used_for_half_its_life() {
        has(new AccessToken(
                "token-0", Optional.of("refresh-1"), List.of("ts.device"), clock.instant(), Duration.ofDays(1)));
        for (int tick = 0; tick < 12; tick++) {
            assertThat(tick()).isInstanceOf(NotDue.class);
            clock.forward(Duration.ofMinutes(5));
        }
        clock.forward(Duration.ofHours(11).plusMinutes(1));

        assertThat(tick()).isInstanceOf(Renewed.class);
    }

    @Test
    void what_the_bus_did_not_take_waits_in_the_outbox() {
        has(tokenEndingIn(Duration.ofDays(1)));
        bus.goDown();

        assertThat(tick()).isInstanceOf(Renewed.class);
        assertThat(tables.outbox()).extracting(Outgoing::detailType).containsExactly("TokenRefreshed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "lease claim:before",
                "lease claim:after",
                "issue token:before",
                "issue token:after",
                "stage token:before",
                "stage token:after",
                "promote token:before",
                "promote token:after",
                "put outbox:before",
                "put outbox:after",
                "publish events:before",
                "publish events:after",
                "delete outbox:before",
                "delete outbox:after",
                "release claim:before"
            })
    void a_death_at_any_point_ends_after_the_retry_in_one_proved_token_with_at_most_one_extra_login(String point) {
        has(tokenEndingIn(Duration.ofDays(1)));
        dieAt(point);

        assertThatThrownBy(this::tick).isInstanceOf(Death.class);
        liveOn();
        clock.forward(Duration.ofMinutes(5));
        tick();

        assertThat(issuer.grants()).hasSizeLessThanOrEqualTo(2);
        assertThat(issuer.info(current().accessToken())).isInstanceOf(Info.Alive.class);
        assertThat(store.current(CORE).versionId()).isNotEqualTo(OLD);
        assertThat(toldOrWaiting())
                .filteredOn(event -> event.detail().contains(store.current(CORE).versionId()))
                .isNotEmpty();
        assertThat(toldOrWaiting())
                .extracting(Outgoing::eventId)
                .containsOnly(toldOrWaiting().getFirst().eventId());
    }

    @ParameterizedTest
    @ValueSource(strings = {"stage token:after", "promote token:before", "promote token:after", "put outbox:before"})
    void once_a_token_is_stored_a_death_costs_no_login_even_when_the_refresh_token_was_spent(String point) {
        has(tokenEndingIn(Duration.ofDays(1)));
        issuer.rotate();
        dieAt(point);

        assertThatThrownBy(this::tick).isInstanceOf(Death.class);
        liveOn();
        clock.forward(Duration.ofMinutes(5));
        tick();

        assertThat(issuer.grants()).hasSize(1);
        assertThat(current().accessToken()).isEqualTo("token-1");
        assertThat(told("TokenRefreshed")).hasSize(1);
    }

    @Test
    void a_candidate_that_died_meanwhile_is_not_taken_up_but_its_refresh_token_is() {
        has(tokenEndingIn(Duration.ofDays(1)));
        issuer.rotate();
        dieAt("stage token:after");
        assertThatThrownBy(this::tick).isInstanceOf(Death.class);
        liveOn();
        issuer.revoke("token-1");
        clock.forward(Duration.ofMinutes(5));

        assertThat(tick()).isInstanceOf(Renewed.class);
        assertThat(issuer.grants())
                .containsExactly(new Grant.Refresh("refresh-1"), new Grant.Refresh("refresh-after-1"));
        assertThat(current().accessToken()).isEqualTo("token-2");
    }

    private Outcome tick() {
        return refreshToken.ifDue(CORE, "invocation-" + invocations.incrementAndGet());
    }

    private Outcome rejected(String versionId) {
        return refreshToken.ifStillCurrent(CORE, versionId, "invocation-" + invocations.incrementAndGet());
    }

    private AccessToken current() {
        return store.current(CORE).token().orElseThrow();
    }

    private List<Outgoing> told(String detailType) {
        return bus.published(detailType);
    }

    private List<Outgoing> toldOrWaiting() {
        var all = new ArrayList<>(told("TokenRefreshed"));
        all.addAll(tables.outbox());
        return all;
    }

    private void has(AccessToken token) {
        issuer.knows("refresh-1");
        issuer.issued(token.accessToken(), token.obtainedAt());
        store.has(CORE, OLD, token);
    }

    private AccessToken tokenEndingIn(Duration left) {
        return token("token-0", Optional.of("refresh-1"), left);
    }

    /** Somebody refuses each token as soon as it is current, until no other one is made. */
    private int versionsMadeAtOnce() {
        int made = 0;
        while (rejected(store.current(CORE).versionId()) instanceof Renewed) {
            made++;
        }
        assertThat(rejected(store.current(CORE).versionId()))
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.code()).isEqualTo("too_many_versions"));
        return made;
    }

    private AccessToken token(String value, Optional<String> refresh, Duration left) {
        Duration life = Duration.ofDays(30);
        return new AccessToken(
                value, refresh, List.of("ts.device"), clock.instant().plus(left).minus(life), life);
    }

    /** A process that has died does nothing more: from then on each of its effects fails, the tidying up too. */
    private void dieAt(String point) {
        var dead = new boolean[1];
        Consumer<String> hook = effect -> {
            dead[0] = dead[0] || effect.equals(point);
            if (dead[0]) {
                throw new Death();
            }
        };
        store.onEffect(hook);
        issuer.onEffect(hook);
        tables.onEffect(hook);
        bus.onEffect(hook);
    }

    private void liveOn() {
        store.onEffect(effect -> {});
        issuer.onEffect(effect -> {});
        tables.onEffect(effect -> {});
        bus.onEffect(effect -> {});
    }

    private static Consumer<String> once(String point, Runnable meanwhile) {
        var done = new boolean[1];
        return effect -> {
            if (effect.equals(point) && !done[0]) {
                done[0] = true;
                meanwhile.run();
            }
        };
    }
}
