package dev.fleetline.healthsweep;

import static dev.fleetline.healthsweep.Fleet.imei;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetline.alert.Subject;
import dev.fleetline.alert.TendAlert.Which;
import dev.fleetline.device.Condition;
import dev.fleetline.device.Imei;
import dev.fleetline.device.Lifecycle;
import dev.fleetline.healthsweep.SweepReply.Concluded;
import dev.fleetline.sweepfiles.SweepKind;
import dev.fleetline.sweepfiles.SweptDevice;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What passes make of one device over hours, days and a month. */
class PassesOverTimeTest {

    private static final Duration FOUR_HOURS = Duration.ofHours(4);

    private final Fleet fleet = new Fleet();

    @Test
    void what_is_open_of_a_device_that_a_person_retires_ends_with_the_next_pass_and_says_why() {
        Imei device = fleet.has(1, FOUR_HOURS);
        fleet.reports(device, 8);
        fleet.moves(device, new Lifecycle.Retired(fleet.clock.instant()));
        fleet.clock.forward(Duration.ofMinutes(15));

        PassCounts counts = done(fleet.overdue());

        assertThat(fleet.told()).containsExactly("DeviceAlertRaised", "DeviceAlertCleared");
        assertThat(fleet.bus.published("DeviceAlertCleared").getFirst().detail())
                .contains("not watched any more, it is retired");
        assertThat(fleet.alerts.open()).isEmpty();
        assertThat(counts.alerts().cleared()).isEqualTo(1);
        assertThat(counts.coverage().active()).isZero();

        fleet.clock.forward(Duration.ofMinutes(15));
        done(fleet.overdue());
        assertThat(fleet.told()).hasSize(2);
        assertThat(fleet.devices.overdue(fleet.clock.instant(), 10)).isEmpty();
    }

    @Test
    void the_night_ends_what_is_open_of_a_device_that_is_not_judged_any_more() {
        Imei device = fleet.has(1, FOUR_HOURS);
        fleet.has(2, Duration.ofDays(2));
        fleet.clock.forward(Duration.ofHours(9));
        done(fleet.sweep("first"));
        fleet.moves(device, new Lifecycle.Suspended(Optional.empty(), fleet.clock.instant()));

        PassCounts counts = done(fleet.sweep("second"));

        assertThat(fleet.told()).containsExactly("DeviceAlertRaised", "DeviceAlertCleared");
        assertThat(counts.coverage().judged()).isEqualTo(1);
        assertThat(counts.coverage().complete()).isTrue();
        assertThat(swept()).extracting(swept -> swept.who().imei()).containsExactly(imei(2));
    }

    @Test
    void a_week_before_the_carrier_puts_back_a_line_that_we_suspended_a_person_hears_of_it_once() {
        Imei device = fleet.has(1, FOUR_HOURS);
        Instant resumes = fleet.clock.instant().plus(Duration.ofDays(30));
        fleet.moves(device, new Lifecycle.Suspended(Optional.of(resumes), fleet.clock.instant()));
        fleet.clock.forward(Duration.ofMinutes(15));
        done(fleet.overdue());
        fleet.clock.set(resumes.minus(Duration.ofDays(7)).minusSeconds(1));
        done(fleet.overdue());
        assertThat(fleet.told()).isEmpty();
        fleet.clock.forward(Duration.ofMinutes(15));

        done(fleet.overdue());
        done(fleet.sweep("night"));

        assertThat(fleet.told()).containsExactly("DeviceAlertRaised");
        assertThat(fleet.bus.published("DeviceAlertRaised").getFirst().detail())
                .contains("SIM_NOT_ACTIVE", "the carrier puts it back by itself at 1 Apr 15:00 UTC");

        fleet.moves(device, new Lifecycle.ActiveUnseen(fleet.clock.instant()));
        fleet.clock.forward(Duration.ofMinutes(15));
        done(fleet.overdue());
        assertThat(fleet.told()).containsExactly("DeviceAlertRaised", "DeviceAlertCleared");
    }

    @Test
    void who_is_snoozed_is_reminded_of_by_the_pass_after_its_end_and_who_is_looked_after_is_not() {
        Imei snoozed = fleet.has(1, FOUR_HOURS);
        Imei lookedAfter = fleet.has(2, FOUR_HOURS);
        fleet.clock.forward(Duration.ofHours(13));
        done(fleet.overdue());
        fleet.tends(tend -> tend.snooze(
                lossOf(snoozed), "ann", "tomorrow", fleet.clock.instant().plus(Duration.ofHours(30)), "request"));
        fleet.tends(tend -> tend.acknowledge(lossOf(lookedAfter), "ben", "on my way", "request"));
        fleet.bus.clear();

        for (int hour = 1; hour < 30; hour++) {
            fleet.clock.forward(Duration.ofHours(1));
            done(fleet.overdue());
        }
        assertThat(fleet.told()).isEmpty();
        fleet.clock.forward(Duration.ofHours(1));
        done(fleet.overdue());

        assertThat(fleet.told()).containsExactly("DeviceAlertReminded");
        assertThat(fleet.bus.published("DeviceAlertReminded").getFirst().detail())
                .contains(snoozed.digits());
    }

    /** Nobody declared how often it reports; the last pass comes just before each wake, and one over all each night. */
    @Test
    void a_device_that_sleeps_twelve_hours_and_chatters_at_each_wake_is_never_told_of_in_a_month_of_passes() {
        Random jitter = new Random(11);
        Imei sleeper = fleet.hasUndeclared(1);
        for (int wake = 1; wake <= 60; wake++) {
            Instant awake = fleet.start.plus(Duration.ofHours(12L * wake)).plusSeconds(jitter.nextInt(1_200));
            for (int hour = 9; hour > 0; hour -= 3) {
                fleet.clock.set(awake.minus(Duration.ofHours(hour)));
                done(fleet.overdue());
            }
            fleet.clock.set(awake.minusSeconds(1));
            fleet.overdue();
            for (int report = 0; report < 40; report++) {
                fleet.clock.set(awake.plusMillis(1_500L * report));
                fleet.reports(sleeper);
            }
            if (wake % 2 == 0) {
                done(fleet.sweep("night-" + wake));
            }
        }

        assertThat(fleet.told()).isEmpty();
    }

    @Test
    void a_device_that_begins_to_report_every_five_minutes_is_found_lost_within_its_new_time() {
        Imei device = fleet.hasUndeclared(1);
        for (int day = 0; day < 10; day++) {
            fleet.clock.forward(Duration.ofDays(1));
            fleet.reports(device);
            fleet.overdue();
        }
        for (int report = 0; report < 3 * 12 * 12; report++) {
            fleet.clock.forward(Duration.ofMinutes(5));
            fleet.reports(device);
        }
        assertThat(fleet.told()).isEmpty();

        fleet.clock.forward(Duration.ofMinutes(15));
        fleet.overdue();
        fleet.clock.forward(Duration.ofMinutes(15));
        fleet.overdue();

        assertThat(fleet.told()).containsExactly("DeviceAlertRaised");
    }

    private List<SweptDevice> swept() {
        List<SweptDevice> devices = new ArrayList<>();
        fleet.books.files().devices(fleet.summary(SweepKind.FLEET), devices::add);
        return devices;
    }

    private static Which lossOf(Imei imei) {
        return new Which.Named(new Subject.OfDevice(imei), Condition.NETWORK_LOST, Optional.empty());
    }

    private static PassCounts done(Concluded reply) {
        assertThat(reply.outcome()).isEqualTo("done");
        return reply.counts().orElseThrow();
    }
}
