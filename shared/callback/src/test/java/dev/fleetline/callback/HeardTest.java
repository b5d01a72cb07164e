package dev.fleetline.callback;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetline.callback.Hearing.Heard;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class HeardTest {

    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);

    @Test
    void a_source_that_is_heard_every_four_hours_is_silent_after_eight_when_no_device_of_it_looks_lost_yet() {
        Heard heard = everyFourHoursFor(7);

        assertThat(heard.usualGap()).isEqualTo(Duration.ofHours(4));
        assertThat(isSilent(heard, Duration.ofHours(8))).isFalse();
        assertThat(isSilent(heard, Duration.ofHours(8).plusMillis(1))).isTrue();
    }

    @Test
    void a_source_that_is_always_heard_may_pause_for_the_least_that_is_set() {
        Heard heard = Heard.forTheFirstTime(NOON);
        for (int minute = 1; minute <= 5 * 24 * 60; minute++) {
            heard = heard.again(NOON.plus(Duration.ofMinutes(minute)));
        }

        assertThat(isSilent(heard, HOUR)).isFalse();
        assertThat(isSilent(heard, HOUR.plusMillis(1))).isTrue();
    }

    @Test
    void what_was_heard_for_less_than_three_days_has_no_habits_and_may_pause_for_three_days() {
        Heard heard = everyFourHoursFor(2);

        assertThat(heard.hasHabits()).isFalse();
        assertThat(everyFourHoursFor(7).hasHabits()).isTrue();
        assertThat(isSilent(heard, Duration.ofDays(3))).isFalse();
        assertThat(isSilent(heard, Duration.ofDays(3).plusMillis(1))).isTrue();
        assertThat(isSilent(Heard.forTheFirstTime(NOON), Duration.ofDays(4))).isTrue();
    }

    @Test
    void what_was_set_up_anew_is_not_silent_since_before_that() {
        Heard heard = everyFourHoursFor(7);
        Instant inJune = Instant.parse("2026-06-01T12:00:00Z");

        assertThat(heard.isSilent(inJune.plus(Duration.ofHours(8)), HOUR, inJune))
                .isFalse();
        assertThat(heard.isSilent(inJune.plus(Duration.ofHours(9)), HOUR, inJune))
                .isTrue();
    }

    @Test
    void what_comes_within_a_minute_or_earlier_than_the_last_is_no_news() {
        Heard heard = Heard.forTheFirstTime(NOON);

        assertThat(heard.again(NOON.plusSeconds(59))).isSameAs(heard);
        assertThat(heard.again(NOON.minusSeconds(3600))).isSameAs(heard);
        assertThat(heard.again(NOON.plusSeconds(60)).last()).isEqualTo(NOON.plusSeconds(60));
    }

    @Test
    void an_outage_does_not_become_a_habit() {
        Heard heard = everyFourHoursFor(7);

        Heard after = heard.again(heard.last().plus(Duration.ofDays(5)));

        assertThat(after.usualGap()).isEqualTo(Duration.ofHours(5));
    }

    @Test
    void who_speaks_more_seldom_from_now_on_is_known_to_after_a_week() {
        Heard heard = everyFourHoursFor(7);
        int alarms = 0;
        for (int day = 1; day <= 7; day++) {
            alarms += isSilent(heard, Duration.ofDays(1)) ? 1 : 0;
            heard = heard.again(heard.last().plus(Duration.ofDays(1)));
        }

        assertThat(alarms).isEqualTo(5);
        assertThat(isSilent(heard, Duration.ofDays(1))).isFalse();
    }

    @Test
    void a_long_gap_is_forgotten_by_half_in_a_week() {
        Heard heard = everyFourHoursFor(7);
        Instant begin = heard.last();
        for (int hour = 1; hour <= 7 * 24; hour++) {
            heard = heard.again(begin.plus(Duration.ofHours(hour)));
        }

        assertThat(heard.usualGap()).isBetween(Duration.ofMinutes(119), Duration.ofMinutes(121));
    }

    private static boolean isSilent(Heard heard, Duration pause) {
        return heard.isSilent(heard.last().plus(pause), HOUR, heard.first());
    }

    private static Heard everyFourHoursFor(int days) {
        Heard heard = Heard.forTheFirstTime(NOON);
        for (int time = 1; time <= days * 6; time++) {
            heard = heard.again(NOON.plus(Duration.ofHours(4L * time)));
        }
        return heard;
    }
}
