package dev.fleetline.testing;

import static dev.fleetline.testing.SampleFleet.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetline.claims.Claims;
import dev.fleetline.claims.Claims.Lease;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What every place of claims promises. */
public abstract class ClaimsContract {

    private static final Duration LENGTH = Duration.ofSeconds(30);
    private static final Instant UNTIL = NOON.plus(LENGTH);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Instant FULL_MINUTE = Instant.parse("2026-03-01T12:05:00Z");

    /** The claims; the same during a test, none at its beginning. */
    protected abstract Claims claims();

    @Test
    void a_lease_that_nobody_has_is_granted() {
        assertThat(claims().lease("token/core", "a", NOON, LENGTH)).isEqualTo(new Lease.Granted(UNTIL));
    }

    @Test
    void a_lease_that_another_has_is_taken_and_says_by_whom_and_until_when() {
        claims().lease("token/core", "a", NOON, LENGTH);

        assertThat(claims().lease("token/core", "b", UNTIL.minusNanos(1), LENGTH))
                .isEqualTo(new Lease.Taken("a", UNTIL));
        assertThat(claims().lease("token/m2m", "b", NOON, LENGTH)).isEqualTo(new Lease.Granted(UNTIL));
    }

    @Test
    void an_expired_lease_is_taken_over_and_its_late_holder_is_turned_away() {
        claims().lease("token/core", "a", NOON, LENGTH);

        assertThat(claims().lease("token/core", "b", UNTIL, LENGTH)).isEqualTo(new Lease.Granted(UNTIL.plus(LENGTH)));
        claims().release("token/core", "a");

        assertThat(claims().lease("token/core", "a", UNTIL.plusSeconds(1), LENGTH))
                .isEqualTo(new Lease.Taken("b", UNTIL.plus(LENGTH)));
    }

    @Test
    void the_holder_asking_again_extends_its_lease() {
        claims().lease("token/core", "a", NOON, LENGTH);

        assertThat(claims().lease("token/core", "a", NOON.plusSeconds(10), LENGTH))
                .isEqualTo(new Lease.Granted(UNTIL.plusSeconds(10)));
        assertThat(claims().lease("token/core", "b", UNTIL.plusSeconds(5), LENGTH))
                .isEqualTo(new Lease.Taken("a", UNTIL.plusSeconds(10)));
    }

    @Test
    void who_has_a_lease_can_be_asked_without_taking_it() {
        assertThat(claims().holder("token/core", NOON)).isEmpty();
        claims().lease("token/core", "a", NOON, LENGTH);

        assertThat(claims().holder("token/core", UNTIL.minusNanos(1))).contains("a");
        assertThat(claims().holder("token/core", UNTIL)).isEmpty();
        assertThat(claims().holder("token/m2m", NOON)).isEmpty();
        assertThat(claims().lease("token/core", "b", UNTIL, LENGTH)).isEqualTo(new Lease.Granted(UNTIL.plus(LENGTH)));
    }

    @Test
    void a_lease_given_back_is_free_and_one_that_nobody_has_can_be_given_back() {
        claims().lease("token/core", "a", NOON, LENGTH);

        claims().release("token/core", "a");
        claims().release("token/core", "a");

        assertThat(claims().lease("token/core", "b", NOON, LENGTH)).isEqualTo(new Lease.Granted(UNTIL));
    }

    @Test
    void of_racing_askers_one_gets_the_lease() throws Exception {
        AtomicInteger asker = new AtomicInteger();

        List<Lease> answers =
                Race.of(() -> claims().lease("token/core", "asker-" + asker.incrementAndGet(), NOON, LENGTH));

        assertThat(answers).filteredOn(Lease.Granted.class::isInstance).hasSize(1);
    }

    @Test
    void a_thing_is_done_once_until_it_may_be_forgotten() {
        assertThat(claims().once("order-1", "a", NOON, UNTIL)).isTrue();
        assertThat(claims().once("order-1", "b", UNTIL.minusNanos(1), UNTIL.plusSeconds(9)))
                .isFalse();
        assertThat(claims().once("order-1", "b", UNTIL, UNTIL.plusSeconds(9))).isTrue();
        assertThat(claims().once("order-1", "a", UNTIL, UNTIL.plusSeconds(9))).isFalse();
    }

    @Test
    void the_winner_asking_again_is_told_so_again() {
        claims().once("order-1", "a", NOON, UNTIL);

        assertThat(claims().once("order-1", "a", NOON.plusSeconds(1), UNTIL)).isTrue();
        assertThat(claims().once("order-2", "b", NOON.plusSeconds(1), UNTIL)).isTrue();
    }

    @Test
    void a_lease_and_a_once_of_the_same_name_are_two_things() {
        claims().lease("order-1", "a", NOON, LENGTH);

        assertThat(claims().once("order-1", "b", NOON, UNTIL)).isTrue();
    }

    @Test
    void of_racing_doers_one_is_the_first() throws Exception {
        AtomicInteger doer = new AtomicInteger();

        List<Boolean> answers = Race.of(() -> claims().once("order-1", "doer-" + doer.incrementAndGet(), NOON, UNTIL));

        assertThat(answers).filteredOn(Boolean::booleanValue).hasSize(1);
    }

    @Test
    void what_came_of_a_thing_is_kept_until_it_may_be_forgotten() {
        assertThat(claims().answer("order-1", NOON)).isEmpty();

        claims().keepAnswer("order-1", "failed", UNTIL);

        assertThat(claims().answer("order-1", UNTIL.minusNanos(1))).contains("failed");
        assertThat(claims().answer("order-1", UNTIL)).isEmpty();
        assertThat(claims().answer("order-2", NOON)).isEmpty();
        claims().keepAnswer("order-1", "retired", UNTIL.plusSeconds(1));
        assertThat(claims().answer("order-1", UNTIL)).contains("retired");
        assertThat(claims().once("order-1", "a", NOON, UNTIL)).isTrue();
    }

    @Test
    void a_ticket_is_redeemed_once() {
        claims().issue("visit-1", UNTIL);

        assertThat(claims().redeem("visit-1", NOON)).isTrue();
        assertThat(claims().redeem("visit-1", NOON)).isFalse();
    }

    @Test
    void a_ticket_that_was_never_issued_or_has_ended_is_not_redeemed() {
        claims().issue("visit-1", UNTIL);

        assertThat(claims().redeem("visit-2", NOON)).isFalse();
        assertThat(claims().redeem("visit-1", UNTIL)).isFalse();
        assertThat(claims().redeem("visit-1", UNTIL.minusNanos(1))).isTrue();
    }

    @Test
    void a_ticket_is_neither_a_lease_nor_a_once_of_the_same_name() {
        claims().issue("visit-1", UNTIL);

        assertThat(claims().lease("visit-1", "a", NOON, LENGTH)).isEqualTo(new Lease.Granted(UNTIL));
        assertThat(claims().once("visit-1", "a", NOON, UNTIL)).isTrue();
        claims().release("visit-1", "a");
        assertThat(claims().redeem("visit-1", NOON)).isTrue();
    }

    @Test
    void of_racing_callers_one_redeems_the_ticket() throws Exception {
        claims().issue("visit-1", UNTIL);

        List<Boolean> answers = Race.of(() -> claims().redeem("visit-1", NOON));

        assertThat(answers).filteredOn(Boolean::booleanValue).hasSize(1);
    }

    @Test
    void a_bucket_gives_so_many_in_a_window_and_no_more() {
        assertThat(claims().take("activate", 2, FULL_MINUTE, MINUTE)).isTrue();
        assertThat(claims().take("activate", 2, FULL_MINUTE.plusSeconds(30), MINUTE))
                .isTrue();

        assertThat(claims().take("activate", 2, FULL_MINUTE.plus(MINUTE).minusNanos(1), MINUTE))
                .isFalse();
        assertThat(claims().take("activate", 2, FULL_MINUTE, MINUTE)).isFalse();
    }

    @Test
    void the_next_window_is_full_again_and_the_one_before_stays_empty() {
        claims().take("activate", 1, FULL_MINUTE.plus(MINUTE).minusNanos(1), MINUTE);

        assertThat(claims().take("activate", 1, FULL_MINUTE.plus(MINUTE), MINUTE))
                .isTrue();
        assertThat(claims().take("activate", 1, FULL_MINUTE, MINUTE)).isFalse();
    }

    @Test
    void buckets_know_nothing_of_each_other_nor_of_other_claims_of_the_same_name() {
        claims().take("activate", 1, NOON, MINUTE);

        assertThat(claims().take("restore", 1, NOON, MINUTE)).isTrue();
        assertThat(claims().once("activate", "a", NOON, UNTIL)).isTrue();
        assertThat(claims().lease("activate", "a", NOON, LENGTH)).isEqualTo(new Lease.Granted(UNTIL));
    }

    @Test
    void a_bucket_of_none_gives_none() {
        assertThat(claims().take("activate", 0, NOON, MINUTE)).isFalse();
    }

    @Test
    void racing_takers_get_as_many_as_there_are() throws Exception {
        List<Boolean> answers = Race.of(() -> claims().take("activate", 3, FULL_MINUTE, MINUTE));

        assertThat(answers).filteredOn(Boolean::booleanValue).hasSize(3);
    }
}
