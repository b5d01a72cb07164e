package dev.fleetline.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetline.device.BatteryEnd.Known;
import dev.fleetline.device.BatteryEnd.Reason;
import dev.fleetline.device.BatteryEnd.Unknown;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatteryEndTest {

    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
    private static final LocalDate FIRST_DAY = LocalDate.of(2026, 3, 1);

    @Test
    void a_battery_that_falls_by_one_percent_a_day_ends_when_it_has_none_left() {
        BatteryEnd end = BatteryEnd.of(daily(30, day -> 100 - day));

        assertThat(end).isEqualTo(new Known(day(100), day(100), day(100)));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void noise_of_some_percent_moves_the_date_by_days_and_not_by_weeks(long seed) {
        Random chance = new Random(seed);

        BatteryEnd end = BatteryEnd.of(daily(60, day -> 100 - day * 0.8 + chance.nextGaussian() * 2));

        assertThat(end).isInstanceOfSatisfying(Known.class, known -> {
            assertThat(known.date()).isBetween(day(125 - 8), day(125 + 8));
            assertThat(known.earliest()).isBefore(known.date()).isAfter(day(105));
            assertThat(known.latest()).isAfter(known.date()).isBefore(day(150));
        });
    }

    @Test
    void nine_in_ten_of_a_noisy_fleet_end_within_their_intervals() {
        Random chance = new Random(77);
        long within = IntStream.range(0, 400)
                .mapToObj(_ -> BatteryEnd.of(daily(45, day -> 95 - day + chance.nextGaussian() * 2)))
                .map(Known.class::cast)
                .filter(known ->
                        !known.earliest().isAfter(day(95)) && !known.latest().isBefore(day(95)))
                .count();

        assertThat(within).isGreaterThanOrEqualTo(340);
    }

    @Test
    void a_few_wild_days_do_not_move_the_date() {
        BatteryEnd end = BatteryEnd.of(daily(40, day -> day % 13 == 5 ? 100 - day - 9 : 100 - day));

        assertThat(end).isInstanceOfSatisfying(Known.class, known -> assertThat(known.date())
                .isBetween(day(97), day(103)));
    }

    @Test
    void a_device_that_is_charged_every_ten_days_is_judged_by_how_it_falls_between() {
        BatteryHistory history = BatteryHistory.NONE;
        for (int day = 0; day < 55; day++) {
            history = history.with(reading(day, 90 - 4 * (day % 10), day % 10 == 0 ? Charging.YES : Charging.NO));
        }

        assertThat(BatteryEnd.of(history)).isInstanceOfSatisfying(Known.class, known -> {
            // on day 54 it has 74 % and loses 4 a day
            assertThat(known.date()).isBetween(day(54 + 18), day(54 + 20));
        });
    }

    @Test
    void charging_that_the_device_does_not_tell_of_is_no_slower_fall() {
        BatteryEnd end = BatteryEnd.of(daily(55, day -> 90 - 2 * (day % 10)));

        assertThat(end).isInstanceOfSatisfying(Known.class, known -> assertThat(known.date())
                .isBetween(day(54 + 39), day(54 + 43)));
    }

    @Test
    void a_device_that_is_being_charged_has_no_date() {
        BatteryHistory history = daily(30, day -> 100 - day).with(reading(30, 72, Charging.YES));

        assertThat(BatteryEnd.of(history)).isEqualTo(new Unknown(Reason.CHARGED));
    }

    @Test
    void a_device_on_a_solar_panel_that_is_charged_each_day_has_no_date() {
        BatteryHistory history = BatteryHistory.NONE;
        for (int day = 0; day < 60; day++) {
            history = history.with(reading(day, 70 + day % 3, Charging.YES));
        }

        assertThat(BatteryEnd.of(history)).isEqualTo(new Unknown(Reason.THIN));
    }

    @Test
    void a_replaced_battery_begins_anew() {
        BatteryHistory history = daily(60, day -> day < 40 ? 100 - 2 * day : 100 - (day - 40) * 0.5);

        assertThat(history.sinceReplaced()).hasSize(20).first().satisfies(day -> assertThat(day.low())
                .isEqualTo(100));
        assertThat(BatteryEnd.of(history)).isInstanceOfSatisfying(Known.class, known -> assertThat(known.date())
                .isBetween(day(230), day(250)));
    }

    @Test
    void the_day_on_which_it_is_replaced_belongs_to_the_old_battery() {
        BatteryHistory history = daily(20, day -> 28 - day)
                .with(reading(20, 8, Charging.UNKNOWN))
                .with(Reading.of(START.plus(Duration.ofDays(20).plusHours(2)), 100))
                .with(reading(21, 99, Charging.UNKNOWN));

        assertThat(history.sinceReplaced()).extracting(BatteryHistory.Day::date).containsExactly(day(21));
        assertThat(BatteryEnd.of(history)).isEqualTo(new Unknown(Reason.THIN));
    }

    @Test
    void a_rise_while_charging_is_no_other_battery() {
        BatteryHistory history = daily(20, day -> 60 - 2 * day)
                .with(reading(20, 58, Charging.YES))
                .with(reading(21, 95, Charging.NO));

        assertThat(history.sinceReplaced()).hasSize(22);
    }

    @Test
    void nine_days_are_too_thin_and_so_are_thirteen() {
        assertThat(BatteryEnd.of(BatteryHistory.NONE)).isEqualTo(new Unknown(Reason.THIN));
        assertThat(BatteryEnd.of(daily(9, day -> 100 - 5 * day))).isEqualTo(new Unknown(Reason.THIN));
        assertThat(BatteryEnd.of(daily(14, day -> 100 - 5 * day))).isEqualTo(new Unknown(Reason.THIN));
        assertThat(BatteryEnd.of(daily(15, day -> 100 - 5 * day))).isInstanceOf(Known.class);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1, 8, 20, 55, 99, 100})
    void a_flat_line_has_no_date_least_of_all_one_in_1970(double percent) {
        assertThat(BatteryEnd.of(daily(90, _ -> percent))).isEqualTo(new Unknown(Reason.STEADY));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void a_flat_line_with_noise_has_no_date_that_is_near(long seed) {
        Random chance = new Random(seed);

        BatteryEnd end = BatteryEnd.of(daily(60, _ -> 80 + chance.nextGaussian()));

        // one in ten looks as if it fell a little
        if (end instanceof Known known) {
            assertThat(known.date()).isAfter(day(365));
        }
    }

    @Test
    void a_battery_for_ten_years_is_far_from_its_end() {
        assertThat(BatteryEnd.of(daily(90, day -> 100 - day * 0.04))).isEqualTo(new Unknown(Reason.FAR));
    }

    @Test
    void a_rising_line_has_no_date() {
        assertThat(BatteryEnd.of(daily(40, day -> 30 + day))).isEqualTo(new Unknown(Reason.STEADY));
    }

    @Test
    void a_battery_that_is_empty_already_ends_today() {
        assertThat(BatteryEnd.of(daily(40, day -> Math.max(0, 100 - 3 * day))))
                .isInstanceOfSatisfying(
                        Known.class, known -> assertThat(known.date()).isEqualTo(day(39)));
    }

    private static LocalDate day(int day) {
        return FIRST_DAY.plusDays(day);
    }

    private static Reading reading(int day, double percent, Charging charging) {
        return new Reading(START.plus(Duration.ofDays(day)), percent, charging);
    }

    private static BatteryHistory daily(int days, IntToDoubleFunction percent) {
        BatteryHistory history = BatteryHistory.NONE;
        for (int day = 0; day < days; day++) {
            history = history.with(reading(day, percent.applyAsDouble(day), Charging.UNKNOWN));
        }
        return history;
    }
}
