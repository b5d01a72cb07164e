package dev.fleetline.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetline.device.Circumstances.PlatformFault;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExpectedIntervalTest {

    private static final Instant NOON = Trackers.NOON;
    private static final Duration SIX_HOURS = Duration.ofHours(6);

    private final HealthSettings declared = new HealthSettings(
            Map.of(),
            Map.of("Asset-Tracker-2", Map.of(HealthSetting.REPORTING_INTERVAL, seconds(Duration.ofHours(8)))),
            Map.of());

    @Test
    void what_is_declared_for_the_device_comes_first() {
        HealthSettings ofDevice = new HealthSettings(
                Map.of(),
                declared.models(),
                Map.of(Trackers.IMEI, Map.of(HealthSetting.REPORTING_INTERVAL, seconds(Duration.ofHours(2)))));

        assertThat(expected(ofDevice, regular(Trackers.undeclared("Asset-Tracker-2"))))
                .isEqualTo(Expected.of(Duration.ofHours(2), 10, "device"));
        assertThat(expected(declared, Trackers.inService())).isEqualTo(Expected.of(Duration.ofHours(4), 10, "device"));
    }

    @Test
    void then_what_is_declared_for_its_model() {
        assertThat(expected(declared, regular(Trackers.undeclared("Asset-Tracker-2"))))
                .isEqualTo(Expected.of(Duration.ofHours(8), 10, "model"));
    }

    @Test
    void then_what_is_learned_from_its_wakes() {
        assertThat(expected(declared, regular(Trackers.undeclared("other"))))
                .isEqualTo(Expected.of(SIX_HOURS, 10, "learned"));
    }

    @Test
    void and_for_want_of_all_that_the_fleet_s() {
        assertThat(expected(declared, Trackers.undeclared("other")))
                .isEqualTo(Expected.of(Duration.ofHours(24), 10, "fleet"));
    }

    @Test
    void an_interval_that_shrinks_from_a_day_to_five_minutes_has_its_next_loss_found_within_its_own_time() {
        Health health = new Health(HealthSettings.DEFAULTS);
        Device device = Trackers.undeclared("other");
        Instant at = NOON;
        for (int day = 0; day < 30; day++) {
            at = at.plus(Duration.ofDays(1));
            device = Trackers.alive(device, at);
        }
        Instant dueAtFirst = health.dueAt(device).orElseThrow();
        assertThat(dueAtFirst).isEqualTo(at.plus(Duration.ofDays(2)).plus(Duration.ofMinutes(144)));

        for (int report = 0; report < 12 * 12; report++) {
            at = at.plus(Duration.ofMinutes(5));
            device = Trackers.alive(device, at);
        }

        assertThat(health.dueAt(device).orElseThrow()).isBefore(at.plus(Duration.ofMinutes(25)));
        assertThat(loss(health, device, at.plus(Duration.ofMinutes(25))).severity())
                .isEqualTo(Severity.WARNING);
        assertThat(loss(health, device, at.plus(Duration.ofMinutes(25))).limit().map(Finding.Limit::origin))
                .contains("learned");
        assertThat(loss(health, device, at.plus(Duration.ofMinutes(15))).severity())
                .isEqualTo(Severity.NONE);
    }

    @Test
    void silence_counts_from_the_end_of_our_own_last_fault() {
        Health health = new Health(HealthSettings.DEFAULTS);
        Device device = Trackers.alive(Trackers.inService(), NOON);
        Instant ended = NOON.plus(Duration.ofHours(10));
        Circumstances fault = Circumstances.of(List.of(new PlatformFault(NOON.plusSeconds(60), ended)));
        Duration allowed = Duration.ofMinutes(8 * 60 + 24);

        Instant now = ended.plus(allowed).minusSeconds(1);
        assertThat(loss(health, device, now).severity()).isEqualTo(Severity.CRITICAL);
        assertThat(loss(health, device, fault, now).severity()).isEqualTo(Severity.NONE);

        Finding lost = loss(health, device, fault, now.plusSeconds(1));
        assertThat(lost.severity()).isEqualTo(Severity.WARNING);
        assertThat(lost.since()).isEqualTo(NOON);
        assertThat(health.dueAt(device, fault, NOON)).contains(ended.plus(allowed));
    }

    @Test
    void a_loss_is_due_first_and_a_bad_loss_after_it_and_then_nothing() {
        Health health = new Health(HealthSettings.DEFAULTS);
        Device device = Trackers.alive(Trackers.inService(), NOON);
        Instant loss = NOON.plus(Duration.ofMinutes(8 * 60 + 24));
        Instant badLoss = NOON.plus(Duration.ofMinutes(12 * 60 + 24));

        assertThat(health.dueAt(device)).contains(loss);
        assertThat(health.dueAt(device, Circumstances.NONE, loss)).contains(badLoss);
        assertThat(health.dueAt(device, Circumstances.NONE, badLoss)).isEmpty();
    }

    @Test
    void what_was_never_seen_is_due_after_a_day_and_after_three() {
        Health health = new Health(HealthSettings.DEFAULTS);
        Device device = Trackers.inState(new Lifecycle.ActiveUnseen(NOON));

        assertThat(health.dueAt(device)).contains(NOON.plus(Duration.ofDays(1)));
        assertThat(health.dueAt(device, Circumstances.NONE, NOON.plus(Duration.ofDays(1))))
                .contains(NOON.plus(Duration.ofDays(3)));
    }

    @Test
    void nobody_waits_for_a_device_that_is_not_judged_until_its_line_is_put_back() {
        Health health = new Health(HealthSettings.DEFAULTS);
        Instant resumes = NOON.plus(Duration.ofDays(30));

        assertThat(health.dueAt(Trackers.inState(new Lifecycle.Retired(NOON)))).isEmpty();
        assertThat(health.dueAt(Trackers.inState(new Lifecycle.Suspended(Optional.empty(), NOON))))
                .isEmpty();
        assertThat(health.dueAt(Trackers.inState(new Lifecycle.Suspended(Optional.of(resumes), NOON))))
                .contains(resumes.minus(Duration.ofDays(7)));
    }

    /** Nine wakes, six hours apart. */
    private static Device regular(Device device) {
        Device changed = device;
        for (int wake = 0; wake < 9; wake++) {
            changed = Trackers.alive(changed, NOON.plus(SIX_HOURS.multipliedBy(wake)));
        }
        return changed;
    }

    private static Expected expected(HealthSettings settings, Device device) {
        return new Health(settings).expected(device, Circumstances.NONE);
    }

    private static Finding loss(Health health, Device device, Instant now) {
        return loss(health, device, Circumstances.NONE, now);
    }

    private static Finding loss(Health health, Device device, Circumstances circumstances, Instant now) {
        return health.judge(device, circumstances, now).stream()
                .filter(finding -> finding.condition() == Condition.NETWORK_LOST)
                .findFirst()
                .orElseThrow();
    }

    private static double seconds(Duration duration) {
        return duration.toSeconds();
    }
}
