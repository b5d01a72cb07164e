package dev.fleetline.local.whatif;

import static dev.fleetline.local.whatif.StoredNights.at;
import static dev.fleetline.local.whatif.StoredNights.charged;
import static dev.fleetline.local.whatif.StoredNights.chattering;
import static dev.fleetline.local.whatif.StoredNights.silentFor;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetline.device.Condition;
import dev.fleetline.device.HealthSetting;
import dev.fleetline.device.HealthSettings;
import dev.fleetline.device.Severity;
import dev.fleetline.local.whatif.WhatIf.Difference;
import dev.fleetline.testing.SampleFleet;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WhatIfTest {

    @Test
    void an_earlier_warning_adds_the_batteries_between_the_two_lines() {
        WhatIf whatIf = whatIf(Map.of(HealthSetting.BATTERY_WARNING, 25.0));
        for (int night = 0; night < 5; night++) {
            whatIf.device(charged(1, night, 24, 23), at(night));
            whatIf.device(charged(2, night, 19, 18), at(night));
            whatIf.device(charged(3, night, 60, 59), at(night));
        }

        Difference battery = requireNonNull(whatIf.differences().get(Condition.BATTERY_LOW));

        assertThat(battery.alerts()).isEqualTo(1);
        assertThat(battery.alertsThen()).isEqualTo(2);
        assertThat(battery.removed()).isEmpty();
        assertThat(battery.added()).singleElement().satisfies(told -> {
            assertThat(told.device().imei()).isEqualTo(SampleFleet.imei(1));
            assertThat(told.episode().worst()).isEqualTo(Severity.WARNING);
        });
    }

    @Test
    void an_alert_that_only_begins_earlier_is_not_another_one() {
        WhatIf whatIf = whatIf(Map.of(HealthSetting.BATTERY_WARNING, 40.0));
        double charge = 50;
        for (int night = 0; night < 10; night++, charge -= 4) {
            whatIf.device(charged(1, night, charge, charge - 4), at(night));
        }

        Difference battery = requireNonNull(whatIf.differences().get(Condition.BATTERY_LOW));

        assertThat(battery.added()).isEmpty();
        assertThat(battery.removed()).isEmpty();
    }

    @Test
    void more_patience_removes_the_loss_that_ended_in_time() {
        WhatIf whatIf = whatIf(Map.of(
                HealthSetting.LOST_WARNING_INTERVALS, 4.0,
                HealthSetting.LOST_CRITICAL_INTERVALS, 5.0));
        whatIf.device(silentFor(1, 0, Duration.ofHours(2)), at(0));
        whatIf.device(silentFor(1, 1, Duration.ofHours(26)), at(1));
        whatIf.device(silentFor(1, 2, Duration.ofHours(12)), at(2));

        Difference lost = requireNonNull(whatIf.differences().get(Condition.NETWORK_LOST));

        assertThat(lost.alerts()).isEqualTo(1);
        assertThat(lost.alertsThen()).isZero();
        assertThat(lost.removed())
                .singleElement()
                .satisfies(told -> assertThat(told.episode().to()).isPresent());
    }

    @Test
    void in_our_own_fault_no_silence_counts() {
        WhatIf whatIf = whatIf(Map.of(HealthSetting.SLACK_PERCENT, 0.0));
        whatIf.device(silentFor(1, 0, Duration.ofHours(1)), at(0));
        whatIf.platformFault(at(0), at(1));
        whatIf.device(silentFor(1, 1, Duration.ofHours(25)), at(1));

        assertThat(whatIf.differences()).doesNotContainKey(Condition.NETWORK_LOST);
    }

    @Test
    void our_own_fault_between_two_nights_excuses_its_silence_and_none_before_it() {
        WhatIf whatIf = whatIf(Map.of(HealthSetting.SLACK_PERCENT, 0.0));
        whatIf.platformFault(at(1).plus(Duration.ofHours(2)), at(2).minus(Duration.ofHours(2)));
        whatIf.device(silentFor(1, 0, Duration.ofHours(1)), at(0));
        whatIf.device(silentFor(1, 1, Duration.ofHours(1)), at(1));
        whatIf.device(silentFor(1, 2, Duration.ofHours(25)), at(2));
        whatIf.device(silentFor(2, 0, Duration.ofHours(1)), at(0));
        whatIf.device(silentFor(2, 1, Duration.ofHours(25)), at(1));

        Difference lost = requireNonNull(whatIf.differences().get(Condition.NETWORK_LOST));

        assertThat(lost.alertsThen()).isEqualTo(1);
        assertThat(lost.added())
                .singleElement()
                .satisfies(told -> assertThat(told.device().imei()).isEqualTo(SampleFleet.imei(2)));
    }

    @Test
    void what_a_night_does_not_show_was_not_silence() {
        WhatIf whatIf = whatIf(Map.of(HealthSetting.LOST_WARNING_INTERVALS, 1.0));
        for (int night = 0; night < 3; night++) {
            whatIf.device(silentFor(1, night, Duration.ofHours(1)), at(night));
            whatIf.device(chattering(2, night), at(night));
        }

        assertThat(whatIf.differences()).doesNotContainKey(Condition.NETWORK_LOST);
    }

    @Test
    void a_silence_that_its_readings_show_was_one() {
        WhatIf whatIf = whatIf(Map.of(HealthSetting.LOST_WARNING_INTERVALS, 1.0));
        whatIf.device(charged(1, 0, 80), at(0));
        whatIf.device(charged(1, 1, 80, 79), at(1));

        Difference lost = requireNonNull(whatIf.differences().get(Condition.NETWORK_LOST));

        assertThat(lost.alerts()).isZero();
        assertThat(lost.alertsThen()).isEqualTo(1);
    }

    @Test
    void the_same_numbers_make_no_difference_also_when_a_night_is_read_twice() {
        WhatIf whatIf = whatIf(Map.of());
        whatIf.device(charged(1, 0, 19, 8), at(0));
        whatIf.device(charged(1, 0, 19, 8), at(0));
        whatIf.device(silentFor(2, 0, Duration.ofDays(4)), at(0));

        assertThat(whatIf.differences().values()).allSatisfy(difference -> {
            assertThat(difference.alerts()).isEqualTo(1);
            assertThat(difference.added()).isEmpty();
            assertThat(difference.removed()).isEmpty();
        });
    }

    private static WhatIf whatIf(Map<HealthSetting, Double> other) {
        return new WhatIf(HealthSettings.DEFAULTS, HealthSettings.DEFAULTS.withFleet(other));
    }
}
