package dev.fleetline.device;

import static dev.fleetline.device.Trackers.NOON;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PatienceTest {

    private static final Lifecycle.Activating ACCEPTED = new Lifecycle.Activating(true, NOON);

    @ParameterizedTest
    @CsvSource({
        // after so long, looked at again so much later
        "PT10M, PT10M",
        "PT50M, PT10M",
        "PT1H, PT1H",
        "PT23H, PT1H",
        "P1D, PT6H",
        "P9D, PT6H",
    })
    void an_activation_is_looked_at_the_less_often_the_longer_it_takes(Duration age, Duration pause) {
        Device told = waiting(ACCEPTED, 2);

        assertThat(Patience.nextLook(told, NOON.plus(age)))
                .isEqualTo(NOON.plus(age).plus(pause));
    }

    @Test
    void nobody_is_told_later_than_promised_because_of_a_long_pause() {
        assertThat(Patience.nextLook(waiting(ACCEPTED, 0), NOON.plus(ofMinutes(55))))
                .isEqualTo(NOON.plus(ofHours(1)));
        assertThat(Patience.nextLook(waiting(ACCEPTED, 1), NOON.plus(ofMinutes(23 * 60 + 30))))
                .isEqualTo(NOON.plus(ofDays(1)));
        assertThat(Patience.nextLook(waiting(new Lifecycle.Registered(NOON), 0), NOON.plus(ofMinutes(30))))
                .isEqualTo(NOON.plus(ofHours(1)));
    }

    @Test
    void what_was_sent_to_the_queue_again_is_left_to_it_for_six_hours() {
        assertThat(Patience.nextLook(waiting(new Lifecycle.Requested(NOON), 1), NOON.plus(ofHours(1))))
                .isEqualTo(NOON.plus(ofHours(7)));
    }

    @Test
    void what_is_parked_is_looked_at_once_a_day() {
        Device parked = waiting(new Lifecycle.Parked("UNCLEAR", Optional.empty(), NOON), 0);

        assertThat(Patience.nextLook(parked, NOON.plus(ofHours(24)))).isEqualTo(NOON.plus(ofDays(2)));
    }

    @ParameterizedTest
    @CsvSource({"PT59M59S, 0", "PT1H, 1", "PT23H59M, 1", "P1D, 2", "P30D, 2"})
    void a_person_is_told_after_an_hour_and_after_a_day(Duration age, int notices) {
        Instant now = NOON.plus(age);

        assertThat(Patience.noticesDue(waiting(ACCEPTED, 0), now)).isEqualTo(notices);
        assertThat(Patience.isOver(waiting(ACCEPTED, 0), now)).isEqualTo(notices == 2);
    }

    @Test
    void the_carriers_time_begins_when_it_has_accepted_the_activation() {
        Device late = waiting(new Lifecycle.Activating(true, NOON.plus(ofDays(3))), 0);

        assertThat(Patience.noticesDue(late, NOON.plus(ofDays(3)).plus(ofMinutes(59))))
                .isZero();
        assertThat(Patience.noticesDue(late, NOON.plus(ofDays(3)).plus(ofHours(1))))
                .isEqualTo(1);
    }

    @Test
    void a_device_counts_how_often_its_activation_was_unclear_and_a_new_order_begins_anew() {
        Device once = waiting(ACCEPTED, 0).in(new Lifecycle.Unclear(NOON));
        Device still = once.in(new Lifecycle.Unclear(NOON)).waitsOn(NOON.plus(ofHours(1)), 1);
        Device twice = still.in(new Lifecycle.Registered(NOON)).in(new Lifecycle.Unclear(NOON));

        assertThat(once.progress().unclear()).isEqualTo(1);
        assertThat(still.progress().unclear()).isEqualTo(1);
        assertThat(twice.progress().unclear()).isEqualTo(2);
        assertThat(twice.orderedAgain(twice.order(), twice.profile(), new Lifecycle.Requested(NOON))
                        .progress()
                        .unclear())
                .isZero();
    }

    private static Device waiting(Lifecycle state, int told) {
        Device ordered = Trackers.inState(new Lifecycle.Requested(NOON));
        return ordered.in(state).waitsOn(NOON, told);
    }
}
