package dev.fleetline.device;

import static dev.fleetline.device.Trackers.NOON;
import static dev.fleetline.device.Trackers.battery;
import static dev.fleetline.device.Trackers.inService;
import static dev.fleetline.device.Trackers.inState;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A tracker that reports every four hours is lost after eight, and four tenths of an hour of slack. */
class WatchTest {

    private static final Duration LOST_AFTER = Duration.ofHours(8).plusMinutes(24);

    @Test
    void the_first_report_sets_the_moment_at_which_silence_is_a_loss() {
        assertThat(reported(inService(), NOON).due()).contains(NOON.plus(LOST_AFTER));
    }

    @Test
    void the_reports_of_a_day_do_not_move_it_so_that_each_costs_no_more_than_itself() {
        Device device = reported(inService(), NOON);
        for (int hour = 4; hour <= 24; hour += 4) {
            device = reported(device, NOON.plus(Duration.ofHours(hour)));
        }

        assertThat(device.due()).contains(NOON.plus(LOST_AFTER));
    }

    /** An interval that shrinks from 24 h to 5 minutes: the next loss is found within its own time. */
    @Test
    void a_device_that_begins_to_report_more_often_is_due_within_its_new_interval() {
        Device daily = reported(every(inService(), Duration.ofDays(1)), NOON);
        Instant later = NOON.plus(Duration.ofHours(35));

        Device often = reported(every(daily, Duration.ofMinutes(5)), later);

        assertThat(often.due()).contains(later.plus(Duration.ofMinutes(10)).plusSeconds(30));
    }

    @Test
    void who_comes_onto_the_network_or_leaves_it_is_looked_at_at_once() {
        Device ordered = inState(new Lifecycle.Registered(NOON));
        assertThat(ordered.due()).isEmpty();

        Device active = ordered.in(new Lifecycle.ActiveUnseen(NOON.plusSeconds(60)));
        assertThat(active.due()).contains(NOON.plusSeconds(60));
        assertThat(active.in(new Lifecycle.Drifted("MISSING", false, NOON.plusSeconds(80)))
                        .in(new Lifecycle.Retired(NOON.plusSeconds(90)))
                        .due())
                .contains(NOON.plusSeconds(90));
    }

    @Test
    void a_suspended_device_is_due_when_its_resumption_is_near() {
        Device suspended = inService().in(new Lifecycle.Suspended(Optional.of(NOON.plus(Duration.ofDays(30))), NOON));

        assertThat(suspended.due()).contains(NOON);
        assertThat(inState(new Lifecycle.Rejected(List.of(), NOON))
                        .in(new Lifecycle.Retired(NOON))
                        .due())
                .isEmpty();
    }

    private static Device reported(Device device, Instant at) {
        return device.reported(battery(at, 80), HealthSettings.DEFAULTS, at);
    }

    private static Device every(Device device, Duration interval) {
        Device.Profile profile = device.profile();
        return new Device(
                device.imei(),
                device.uid(),
                device.order(),
                new Device.Profile(
                        profile.name(),
                        profile.group(),
                        profile.site(),
                        profile.model(),
                        Optional.of(interval),
                        profile.cell()),
                device.lifecycle(),
                device.vitals(),
                device.said(),
                device.progress(),
                device.conflict(),
                device.messages(),
                device.due(),
                device.version());
    }
}
