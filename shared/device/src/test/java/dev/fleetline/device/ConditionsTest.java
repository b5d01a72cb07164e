package dev.fleetline.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The conditions that no single measure shows. */
class ConditionsTest {

    private static final Instant NOON = Trackers.NOON;
    private static final Health HEALTH = new Health(HealthSettings.DEFAULTS);

    @ParameterizedTest(name = "last seen {0} after its last battery: {1}")
    @CsvSource({"P6DT23H, NONE", "P7D, WARNING", "P30D, WARNING"})
    void reports_without_a_battery_for_a_week_from_one_that_has_told_of_one_are_a_warning(
            Duration after, Severity severity) {
        Device device = Trackers.measured(Trackers.inService(), NOON, Measure.BATTERY, 80);
        device = Trackers.measured(device, NOON.plus(after), Measure.RSRP, -90);

        assertThat(severity(device, Condition.BATTERY_UNKNOWN, NOON.plus(after)))
                .isEqualTo(severity);
    }

    @Test
    void a_silent_device_has_not_lost_its_battery() {
        Device device = Trackers.measured(Trackers.inService(), NOON, Measure.BATTERY, 80);

        assertThat(severity(device, Condition.BATTERY_UNKNOWN, NOON.plus(Duration.ofDays(60))))
                .isEqualTo(Severity.NONE);
    }

    @Test
    void a_battery_reading_ends_it_and_nothing_else_does() {
        Device device = Trackers.measured(Trackers.inService(), NOON, Measure.BATTERY, 80);
        Instant later = NOON.plus(Duration.ofDays(8));
        device = Trackers.alive(device, later);
        assertThat(severity(device, Condition.BATTERY_UNKNOWN, later.plus(Duration.ofDays(30))))
                .isEqualTo(Severity.WARNING);

        device = Trackers.measured(device, later.plusSeconds(60), Measure.BATTERY, 80);
        assertThat(severity(device, Condition.BATTERY_UNKNOWN, later.plusSeconds(60)))
                .isEqualTo(Severity.NONE);
    }

    @Test
    void a_battery_that_was_never_told_of_is_missed_only_where_the_model_has_one() {
        Device device = Trackers.alive(Trackers.undeclared("Asset-Tracker-2"), NOON.plus(Duration.ofDays(8)));
        HealthSettings hasOne = new HealthSettings(
                Map.of(), Map.of("Asset-Tracker-2", Map.of(HealthSetting.HAS_BATTERY, 1.0)), Map.of());

        assertThat(HEALTH.judge(device, NOON.plus(Duration.ofDays(8))))
                .noneMatch(finding -> finding.condition() == Condition.BATTERY_UNKNOWN);
        assertThat(new Health(hasOne).judge(device, NOON.plus(Duration.ofDays(8))))
                .filteredOn(finding -> finding.condition() == Condition.BATTERY_UNKNOWN)
                .singleElement()
                .extracting(Finding::severity)
                .isEqualTo(Severity.WARNING);
    }

    @ParameterizedTest(name = "active for {0}: {1}")
    @CsvSource({"PT23H59M, NONE", "PT24H, WARNING", "PT71H59M, WARNING", "PT72H, CRITICAL", "P60D, CRITICAL"})
    void a_device_that_is_active_and_never_reported_is_never_seen(Duration active, Severity severity) {
        Device device = Trackers.inState(new Lifecycle.ActiveUnseen(NOON));

        Finding finding = finding(device, Condition.NEVER_SEEN, NOON.plus(active));

        assertThat(finding.severity()).isEqualTo(severity);
        assertThat(finding.isSilence()).isEqualTo(severity != Severity.NONE);
    }

    @Test
    void what_came_too_late_says_how_long_it_may_take_and_who_set_that() {
        HealthSettings settings = new HealthSettings(
                Map.of(HealthSetting.BATTERY_UNKNOWN_AFTER, (double)
                        Duration.ofDays(2).toSeconds()),
                Map.of(),
                Map.of(Trackers.IMEI, Map.of(HealthSetting.NEVER_SEEN_WARNING, 3_600.0)));
        Device unseen = Trackers.inState(new Lifecycle.ActiveUnseen(NOON));
        Device mute = Trackers.measured(Trackers.inService(), NOON, Measure.BATTERY, 80);
        mute = Trackers.alive(mute, NOON.plus(Duration.ofDays(3)));

        assertThat(limits(settings, unseen, NOON.plus(Duration.ofHours(2))))
                .containsExactly(new Finding.Limit(Duration.ofHours(2), Duration.ofHours(1), "device"));
        assertThat(limits(settings, unseen, NOON.plus(Duration.ofHours(73))))
                .containsExactly(new Finding.Limit(Duration.ofHours(73), Duration.ofHours(72), "fleet"));
        assertThat(limits(settings, mute, NOON.plus(Duration.ofDays(3))))
                .containsExactly(new Finding.Limit(Duration.ofDays(3), Duration.ofDays(2), "fleet"));
    }

    private static List<Finding.Limit> limits(HealthSettings settings, Device device, Instant now) {
        return new Health(settings)
                .judge(device, now).stream()
                        .flatMap(finding -> finding.limit().stream())
                        .toList();
    }

    @Test
    void a_first_report_ends_it() {
        Device device = Trackers.alive(Trackers.inState(new Lifecycle.ActiveUnseen(NOON)), NOON.plusSeconds(60));

        assertThat(severity(device, Condition.NEVER_SEEN, NOON.plus(Duration.ofDays(9))))
                .isEqualTo(Severity.NONE);
    }

    @Test
    void the_end_of_our_own_fault_delays_it() {
        Device device = Trackers.inState(new Lifecycle.ActiveUnseen(NOON));
        Circumstances fault =
                Circumstances.of(List.of(new Circumstances.PlatformFault(NOON, NOON.plus(Duration.ofHours(20)))));

        assertThat(HEALTH.judge(device, fault, NOON.plus(Duration.ofHours(43))))
                .allMatch(finding -> finding.severity() == Severity.NONE);
    }

    @Test
    void a_line_that_was_suspended_or_deactivated_unasked_is_not_active() {
        Instant now = NOON.plusSeconds(60);

        assertThat(sim(new Lifecycle.Suspended(Optional.empty(), false, NOON), now))
                .isEqualTo(Severity.WARNING);
        assertThat(sim(new Lifecycle.Suspended(Optional.empty(), true, NOON), now))
                .isEqualTo(Severity.NONE);
        assertThat(sim(new Lifecycle.Deactivated(false, NOON), now)).isEqualTo(Severity.CRITICAL);
        assertThat(sim(new Lifecycle.Deactivated(true, NOON), now)).isEqualTo(Severity.NONE);
        assertThat(sim(new Lifecycle.Drifted("NOT_ACTIVE", true, NOON), now)).isEqualTo(Severity.CRITICAL);
        assertThat(sim(new Lifecycle.Drifted("OTHER_SIM", true, NOON), now)).isEqualTo(Severity.NONE);
        assertThat(sim(new Lifecycle.InService(NOON), now)).isEqualTo(Severity.NONE);
        assertThat(sim(new Lifecycle.Retired(NOON), now)).isEqualTo(Severity.NONE);
    }

    @ParameterizedTest(name = "{0} before it is put back: {1}")
    @CsvSource({"P8D, NONE", "P7DT1S, NONE", "P7D, WARNING", "PT1H, WARNING"})
    void a_week_before_the_carrier_puts_a_line_back_a_person_hears_of_it(Duration before, Severity severity) {
        Instant resumes = NOON.plus(Duration.ofDays(60));

        assertThat(sim(new Lifecycle.Suspended(Optional.of(resumes), true, NOON), resumes.minus(before)))
                .isEqualTo(severity);
    }

    @Test
    void of_a_device_that_is_not_judged_only_its_line_is_told() {
        Device device = Trackers.measured(Trackers.inService(), NOON, Measure.BATTERY, 5)
                .in(new Lifecycle.Suspended(Optional.empty(), NOON));

        assertThat(HEALTH.judge(device, NOON.plus(Duration.ofDays(9))))
                .extracting(Finding::condition, Finding::severity)
                .containsExactly(tuple(Condition.SIM_NOT_ACTIVE, Severity.NONE));
    }

    private static Severity sim(Lifecycle state, Instant now) {
        return severity(Trackers.inState(state), Condition.SIM_NOT_ACTIVE, now);
    }

    private static Severity severity(Device device, Condition condition, Instant now) {
        return finding(device, condition, now).severity();
    }

    private static Finding finding(Device device, Condition condition, Instant now) {
        return HEALTH.judge(device, now).stream()
                .filter(found -> found.condition() == condition)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no finding for " + condition));
    }
}
