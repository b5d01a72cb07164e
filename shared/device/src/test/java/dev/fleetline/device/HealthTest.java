package dev.fleetline.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetline.device.Finding.Cause;
import dev.fleetline.device.Finding.Trend;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HealthTest {

    private static final Health HEALTH = new Health(HealthSettings.DEFAULTS);
    private static final Instant NOON = Trackers.NOON;

    @Test
    void what_was_never_measured_is_not_judged() {
        assertThat(HEALTH.judge(Trackers.inService(), NOON.plus(Duration.ofDays(30))))
                .extracting(Finding::condition)
                .containsExactly(Condition.NEVER_SEEN, Condition.SIM_NOT_ACTIVE, Condition.IDENTITY_CONFLICT);
    }

    @Test
    void a_low_battery_is_found_with_the_value_its_line_and_where_it_is_going() {
        Device device = Trackers.reporting(Measure.BATTERY, Charging.UNKNOWN, List.of(25.0, 8.0));

        Finding finding = finding(device, Condition.BATTERY_LOW, NOON.plusSeconds(60));

        assertThat(finding.severity()).isEqualTo(Severity.CRITICAL);
        assertThat(finding.since()).isEqualTo(NOON.plusSeconds(60));
        assertThat(finding.evaluatedAt()).isEqualTo(NOON.plusSeconds(60));
        Finding.Observed observed = finding.observed().orElseThrow();
        assertThat(observed.reading().value()).isEqualTo(8);
        assertThat(observed.line()).isEqualTo(10);
        assertThat(observed.clearAt()).isEqualTo(15);
        assertThat(observed.origin()).isEqualTo("fleet");
        assertThat(observed.trend()).isEqualTo(Trend.FALLING);
    }

    @Test
    void a_late_report_of_fifty_does_not_hide_the_newest_of_eight() {
        Device device = Trackers.inService();
        Instant later = NOON.plus(Duration.ofHours(2));
        device = device.reported(Trackers.battery(later, 8), HealthSettings.DEFAULTS, later);
        device = device.reported(Trackers.battery(NOON, 50), HealthSettings.DEFAULTS, later);

        assertThat(finding(device, Condition.BATTERY_LOW, later).severity()).isEqualTo(Severity.CRITICAL);
        assertThat(device.vitals().lastSeen()).contains(later);
    }

    @ParameterizedTest(name = "silent for {0}: {1}")
    @CsvSource({
        "PT4H,        NONE",
        "PT8H23M59S,  NONE",
        "PT8H24M,     WARNING",
        "PT12H23M59S, WARNING",
        "PT12H24M,    CRITICAL",
        "P30D,        CRITICAL",
    })
    void a_device_that_should_report_every_four_hours_is_lost_after_two_and_worse_after_three(
            Duration silence, Severity severity) {
        Device device = Trackers.reporting(Measure.BATTERY, Charging.UNKNOWN, List.of(80.0));

        Finding finding = finding(device, Condition.NETWORK_LOST, NOON.plus(silence));

        assertThat(finding.severity()).isEqualTo(severity);
        if (severity != Severity.NONE) {
            assertThat(finding.since()).isEqualTo(NOON);
        }
    }

    @Test
    void a_device_without_an_interval_of_its_own_has_the_fleets() {
        Device device = Trackers.reporting(Measure.BATTERY, Charging.UNKNOWN, List.of(80.0));
        Device undeclared = new Device(
                device.imei(),
                device.uid(),
                device.order(),
                new Device.Profile(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()),
                device.lifecycle(),
                device.vitals(),
                device.said(),
                device.progress(),
                1);

        assertThat(finding(undeclared, Condition.NETWORK_LOST, NOON.plus(Duration.ofHours(50)))
                        .severity())
                .isEqualTo(Severity.NONE);
        assertThat(finding(undeclared, Condition.NETWORK_LOST, NOON.plus(Duration.ofHours(51)))
                        .severity())
                .isEqualTo(Severity.WARNING);
    }

    @Test
    void a_device_that_sleeps_twelve_hours_and_wakes_chattering_is_never_lost() {
        Device device = Trackers.inService();
        device = new Device(
                device.imei(),
                device.uid(),
                device.order(),
                new Device.Profile(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(Duration.ofHours(12)),
                        Optional.empty()),
                device.lifecycle(),
                device.vitals(),
                device.said(),
                device.progress(),
                1);
        Random jitter = new Random(42);
        for (int wake = 0; wake < 60; wake++) {
            Instant awake = NOON.plus(Duration.ofHours(12L * wake)).plusSeconds(jitter.nextInt(600));
            assertThat(HEALTH.judge(device, awake)).noneMatch(found -> found.severity() != Severity.NONE);
            for (int report = 0; report < 40; report++) {
                Instant at = awake.plusMillis(1_500L * report);
                device = device.reported(Trackers.battery(at, 80 - wake / 2.0), HealthSettings.DEFAULTS, at);
            }
            assertThat(HEALTH.judge(device, awake.plus(Duration.ofMinutes(1))))
                    .noneMatch(found -> found.severity() != Severity.NONE);
        }
    }

    @Test
    void a_report_that_says_service_is_gone_is_a_loss_until_a_newer_one() {
        Device gone = Trackers.reporting(Measure.SERVICE, Charging.UNKNOWN, List.of(1.0, 0.0));
        Instant now = NOON.plusSeconds(60);

        Finding finding = finding(gone, Condition.NETWORK_LOST, now);
        assertThat(finding.severity()).isEqualTo(Severity.WARNING);
        assertThat(finding.cause()).isEqualTo(Cause.OUT_OF_COVERAGE);

        Device back = gone.reported(Trackers.battery(NOON.plusSeconds(120), 80), HealthSettings.DEFAULTS, now);
        assertThat(finding(back, Condition.NETWORK_LOST, now).severity()).isEqualTo(Severity.NONE);
    }

    @ParameterizedTest(name = "battery {0}, charging {1}: {2}")
    @CsvSource({"10, UNKNOWN, FLAT_BATTERY", "10, NO, FLAT_BATTERY", "10, YES, UNKNOWN", "11, UNKNOWN, UNKNOWN"})
    void a_loss_after_a_flat_battery_has_that_cause(double percent, Charging charging, Cause cause) {
        Device device = Trackers.reporting(Measure.BATTERY, charging, List.of(percent));

        assertThat(finding(device, Condition.NETWORK_LOST, NOON.plus(Duration.ofDays(1)))
                        .cause())
                .isEqualTo(cause);
    }

    @ParameterizedTest(name = "{0} to {1} dBm: {2}")
    @CsvSource({
        "-121, -121, OUT_OF_COVERAGE",
        "-120, -120, UNKNOWN",
        "-90,  -100, OUT_OF_COVERAGE",
        "-90,  -99,  UNKNOWN"
    })
    void a_loss_after_a_bad_or_fading_signal_has_that_cause(double first, double last, Cause cause) {
        Device device = Trackers.reporting(Measure.RSRP, Charging.UNKNOWN, List.of(first, last));

        assertThat(finding(device, Condition.NETWORK_LOST, NOON.plus(Duration.ofDays(1)))
                        .cause())
                .isEqualTo(cause);
    }

    @Test
    void a_signal_is_as_weak_as_the_worse_of_power_and_quality() {
        Device device = Trackers.reporting(Measure.RSRP, Charging.UNKNOWN, List.of(-90.0, -90.0));
        Instant at = NOON.plusSeconds(30);
        device = device.reported(Trackers.report(at, Measure.RSRQ, Reading.of(at, -20)), HealthSettings.DEFAULTS, at);

        Finding finding = finding(device, Condition.SIGNAL_WEAK, NOON.plusSeconds(60));

        assertThat(finding.severity()).isEqualTo(Severity.CRITICAL);
        assertThat(finding.observed().orElseThrow().measure()).isEqualTo(Measure.RSRQ);
    }

    private static Finding finding(Device device, Condition condition, Instant now) {
        return HEALTH.judge(device, now).stream()
                .filter(found -> found.condition() == condition)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no finding for " + condition));
    }
}
