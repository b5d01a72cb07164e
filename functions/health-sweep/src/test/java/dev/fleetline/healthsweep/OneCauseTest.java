package dev.fleetline.healthsweep;

import static dev.fleetline.healthsweep.Fleet.imei;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetline.alert.Alert;
import dev.fleetline.alert.Subject.OfDevice;
import dev.fleetline.alert.Subject.OfFleet;
import dev.fleetline.alert.Subject.OfSite;
import dev.fleetline.device.Condition;
import dev.fleetline.device.Severity;
import dev.fleetline.sweepfiles.SweepKind;
import dev.fleetline.sweepfiles.SweptDevice.Found;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** One cause, one alert; and our own fault first. */
class OneCauseTest {

    private static final Duration FOUR_HOURS = Duration.ofHours(4);
    private static final Duration LOST = Duration.ofHours(9);

    private final Fleet fleet = new Fleet();

    @Test
    void half_a_site_silent_is_told_once_and_its_devices_are_not() {
        fleet.hasAt("north", 1, 10, FOUR_HOURS);
        fleet.hasAt("south", 20, 60, Duration.ofDays(2));
        fleet.clock.forward(Duration.ofHours(8));
        fleet.report(6, 5);
        fleet.clock.forward(Duration.ofHours(1));

        fleet.sweep("night");

        assertThat(fleet.told()).containsExactly("SiteAlertRaised");
        assertThat(fleet.bus.published("SiteAlertRaised").getFirst().detail())
                .contains("5 of 10 devices are lost", imei(1).digits());
        assertThat(deviceAlerts()).hasSize(5).allSatisfy(alert -> {
            assertThat(alert.told()).isEmpty();
            assertThat(alert.suppressedBy().orElseThrow().subject()).isEqualTo(new OfSite("north"));
        });
        assertThat(fleet.summary(SweepKind.FLEET).completed().alerts().suppressed())
                .isEqualTo(5);
        assertThat(fleet.summary(SweepKind.FLEET).completed().suspect()).isFalse();
    }

    @Test
    void four_of_five_devices_of_a_site_silent_are_told_one_by_one() {
        fleet.hasAt("north", 1, 5, FOUR_HOURS);
        fleet.clock.forward(Duration.ofHours(8));
        fleet.report(5, 1);
        fleet.clock.forward(Duration.ofHours(1));

        fleet.sweep("night");

        assertThat(fleet.told()).hasSize(4).containsOnly("DeviceAlertRaised");
    }

    @Test
    void of_a_fleet_of_two_one_that_is_silent_is_one_device() {
        fleet.has(1, FOUR_HOURS);
        fleet.has(2, Duration.ofDays(2));
        fleet.clock.forward(LOST);

        fleet.sweep("night");

        assertThat(fleet.told()).containsExactly("DeviceAlertRaised");
    }

    @Test
    void more_than_a_tenth_of_the_fleet_is_the_fleet_and_the_pass_is_suspect() {
        fleet.hasAt("north", 1, 20, FOUR_HOURS);
        fleet.hasAt("south", 21, 60, Duration.ofDays(2));
        fleet.clock.forward(LOST);

        fleet.sweep("night");

        assertThat(fleet.told()).containsExactly("FleetAlertRaised");
        assertThat(fleet.summary(SweepKind.FLEET).completed().suspect()).isTrue();
        assertThat(deviceAlerts()).hasSize(20).allSatisfy(alert -> assertThat(
                        alert.suppressedBy().orElseThrow().subject())
                .isEqualTo(new OfFleet()));
    }

    @Test
    void a_site_that_is_lost_is_not_called_back_because_the_whole_fleet_is_lost_too() {
        fleet.hasAt("north", 1, 10, FOUR_HOURS);
        fleet.hasAt("south", 20, 30, Duration.ofHours(8));
        fleet.hasAt("west", 50, 50, Duration.ofDays(3));
        fleet.clock.forward(LOST);
        fleet.sweep("first");
        fleet.clock.forward(LOST);
        fleet.sweep("second");
        assertThat(fleet.told()).containsExactly("SiteAlertRaised", "FleetAlertRaised");

        fleet.report(20, 30);
        fleet.sweep("third");
        fleet.report(1, 10);
        fleet.sweep("fourth");

        // what was critical at last, was told as a warning
        assertThat(fleet.told())
                .containsExactly(
                        "SiteAlertRaised",
                        "FleetAlertRaised",
                        "SiteAlertEscalated",
                        "FleetAlertCleared",
                        "SiteAlertCleared");
    }

    @Test
    void a_site_that_falls_silent_device_by_device_is_told_once_when_half_of_it_has() {
        fleet.hasAt("south", 40, 50, Duration.ofDays(3));
        for (int number = 1; number <= 10; number++) {
            fleet.hasAt("north", number, 1, FOUR_HOURS);
            fleet.clock.forward(Duration.ofMinutes(8));
        }
        fleet.sweep("night");

        passes(40);

        assertThat(fleet.bus.published("SiteAlertRaised")).hasSize(1);
        assertThat(fleet.bus.published("DeviceAlertRaised")).hasSizeLessThanOrEqualTo(4);
        assertThat(deviceAlerts()).hasSize(10);
    }

    @Test
    void when_a_site_is_back_those_still_lost_are_asked_about_and_then_told_one_by_one() {
        fleet.hasAt("south", 40, 60, Duration.ofDays(3));
        fleet.hasAt("north", 1, 10, FOUR_HOURS);
        fleet.clock.forward(LOST);
        fleet.sweep("night");
        assertThat(fleet.told()).containsExactly("SiteAlertRaised");

        fleet.report(1, 8);
        fleet.clock.forward(Duration.ofMinutes(15));
        fleet.overdue();
        assertThat(fleet.told()).containsExactly("SiteAlertRaised", "SiteAlertCleared");
        int before = fleet.core.calls();

        fleet.clock.forward(Duration.ofMinutes(15));
        fleet.overdue();

        assertThat(fleet.core.calls()).as("calls of the carrier").isGreaterThan(before);
        assertThat(fleet.told())
                .containsExactly("SiteAlertRaised", "SiteAlertCleared", "DeviceAlertRaised", "DeviceAlertRaised");
        assertThat(fleet.bus.published("DeviceAlertRaised"))
                .allSatisfy(told -> assertThat(told.detail()).contains("\"verified\":true"));
    }

    @Test
    void when_a_site_is_back_by_night_those_still_lost_are_told_by_the_next_pass_and_only_once() {
        fleet.hasAt("south", 40, 60, Duration.ofDays(3));
        fleet.hasAt("north", 1, 10, FOUR_HOURS);
        fleet.clock.forward(LOST);
        fleet.sweep("night");

        fleet.report(1, 8);
        fleet.clock.forward(Duration.ofMinutes(15));
        fleet.sweep("another-night");
        assertThat(fleet.told()).containsExactly("SiteAlertRaised", "SiteAlertCleared");
        fleet.overdue();
        fleet.clock.forward(Duration.ofMinutes(15));
        fleet.overdue();

        assertThat(fleet.told())
                .containsExactly("SiteAlertRaised", "SiteAlertCleared", "DeviceAlertRaised", "DeviceAlertRaised");
    }

    @Test
    void a_night_without_time_leaves_those_still_lost_to_the_next_pass_whichever_part_concludes_them() {
        fleet.hasAt("south", 40, 60, Duration.ofDays(3));
        fleet.hasAt("north", 1, 10, FOUR_HOURS);
        fleet.clock.forward(LOST);
        fleet.sweep("night");
        fleet.report(1, 7);
        fleet.clock.forward(Duration.ofMinutes(15));
        int before = fleet.core.calls();

        RunPass runPass = fleet.runPass(100);
        SweepTask.Sweep next = new SweepTask.Sweep(Optional.of("slow"), Optional.empty());
        SweepReply.Concluded concluded = runPass.sweep(next, "slow", () -> Duration.ZERO);
        while (!concluded.outcome().equals(SweepReply.DONE)) {
            next = (SweepTask.Sweep) concluded.next().orElseThrow();
            concluded = runPass.sweep(next, "slow", () -> Duration.ZERO);
        }
        assertThat(fleet.told()).containsExactly("SiteAlertRaised", "SiteAlertCleared");
        passes(1);

        assertThat(fleet.core.calls() - before).as("asked about").isEqualTo(3);
        assertThat(fleet.told())
                .containsExactly(
                        "SiteAlertRaised",
                        "SiteAlertCleared",
                        "DeviceAlertRaised",
                        "DeviceAlertRaised",
                        "DeviceAlertRaised");
    }

    @Test
    void those_who_come_from_under_one_wider_alert_under_another_stay_there_as_long_as_it_lasts() {
        fleet.hasAt("south", 40, 60, Duration.ofDays(3));
        fleet.hasAt("north", 1, 10, FOUR_HOURS);
        fleet.clock.forward(Duration.ofHours(14));
        fleet.sweep("night");
        fleet.report(1, 7);
        fleet.clock.forward(Duration.ofMinutes(15));
        fleet.overdue();
        assertThat(fleet.told()).containsExactly("SiteAlertRaised", "SiteAlertCleared");

        // before the others are told, two more are lost, and with them half of the site
        fleet.clock.forward(LOST);
        fleet.report(3, 5);
        passes(4);

        assertThat(fleet.told()).containsExactly("SiteAlertRaised", "SiteAlertCleared", "SiteAlertRaised");
    }

    @Test
    void a_site_that_is_lost_before_the_fleet_is_and_after_it_is_told_once() {
        fleet.hasAt("north", 1, 10, FOUR_HOURS);
        fleet.hasAt("south", 20, 15, Duration.ofHours(6));
        fleet.hasAt("east", 40, 60, Duration.ofDays(3));
        fleet.clock.forward(Duration.ofMinutes(750));
        fleet.sweep("night");
        assertThat(fleet.told()).containsExactly("SiteAlertRaised");

        fleet.clock.forward(Duration.ofHours(5));
        fleet.overdue();
        assertThat(fleet.told()).containsExactly("SiteAlertRaised", "FleetAlertRaised");
        fleet.report(20, 15);
        passes(4);

        assertThat(fleet.told()).containsExactly("SiteAlertRaised", "FleetAlertRaised", "FleetAlertCleared");
        assertThat(deviceAlerts()).hasSize(10).allSatisfy(alert -> assertThat(
                        alert.suppressedBy().orElseThrow().subject())
                .isEqualTo(new OfSite("north")));
    }

    @Test
    void one_device_that_comes_back_from_half_a_site_does_not_end_its_alert() {
        fleet.hasAt("south", 40, 60, Duration.ofDays(3));
        fleet.hasAt("north", 1, 10, FOUR_HOURS);
        fleet.clock.forward(Duration.ofHours(8));
        fleet.report(6, 5);
        fleet.clock.forward(Duration.ofHours(1));
        fleet.sweep("night");

        fleet.report(1, 1);
        passes(2);
        assertThat(fleet.told()).containsExactly("SiteAlertRaised");

        fleet.report(2, 1);
        passes(2);
        assertThat(fleet.told())
                .containsExactly(
                        "SiteAlertRaised",
                        "SiteAlertCleared",
                        "DeviceAlertRaised",
                        "DeviceAlertRaised",
                        "DeviceAlertRaised");
    }

    @Test
    void the_whole_fleet_silent_because_our_token_died_is_one_alert_of_ours_and_none_of_devices() {
        IntStream.rangeClosed(1, 30).forEach(number -> fleet.has(number, FOUR_HOURS));
        fleet.tokenIsGoodFor(Duration.ofHours(1));
        fleet.clock.forward(LOST);

        fleet.sweep("night");
        fleet.clock.forward(Duration.ofMinutes(15));
        fleet.overdue();

        assertThat(fleet.told()).containsExactly("PlatformAlertRaised");
        assertThat(fleet.bus.published("PlatformAlertRaised").getFirst().detail())
                .contains("TOKEN", "platform#core");
        assertThat(fleet.summary(SweepKind.FLEET).completed().faults()).containsExactly("platform#core");
        assertThat(fleet.core.calls()).as("calls of the carrier").isZero();
    }

    @Test
    void the_first_pass_after_the_token_is_back_calls_nobody_lost_and_who_stays_silent_is_found_in_time() {
        IntStream.rangeClosed(1, 30).forEach(number -> fleet.has(number, FOUR_HOURS));
        fleet.tokenIsGoodFor(Duration.ofHours(1));
        fleet.clock.forward(LOST);
        fleet.overdue();
        fleet.tokenIsGoodFor(Duration.ofDays(30));
        fleet.clock.forward(Duration.ofMinutes(15));

        fleet.sweep("night");
        fleet.overdue();

        assertThat(fleet.told()).containsExactly("PlatformAlertRaised", "PlatformAlertCleared");
        assertThat(deviceAlerts()).isEmpty();

        fleet.clock.forward(Duration.ofHours(4));
        fleet.report(1, 29);
        fleet.clock.forward(Duration.ofHours(5));
        fleet.overdue();

        assertThat(fleet.told()).containsExactly("PlatformAlertRaised", "PlatformAlertCleared", "DeviceAlertRaised");
    }

    @Test
    void a_device_that_was_lost_before_our_stream_broke_is_not_called_back_by_that() {
        fleet.has(1, FOUR_HOURS);
        fleet.clock.forward(LOST);
        fleet.overdue();
        assertThat(fleet.told()).containsExactly("DeviceAlertRaised");

        fleet.streamBreaks();
        fleet.clock.forward(Duration.ofMinutes(15));
        fleet.overdue();
        fleet.sweep("night");
        assertThat(fleet.told()).containsExactly("PlatformAlertRaised");
        fleet.streamIsRepaired();
        fleet.clock.forward(Duration.ofMinutes(15));
        fleet.overdue();
        fleet.sweep("another-night");

        assertThat(fleet.told()).containsExactly("PlatformAlertCleared");
        assertThat(deviceAlerts()).hasSize(1);
    }

    @Test
    void a_device_that_was_lost_before_our_stream_broke_is_as_lost_in_the_files_of_the_nights_after() {
        fleet.has(1, FOUR_HOURS);
        fleet.clock.forward(Duration.ofHours(13));
        fleet.sweep("night");
        assertThat(worst()).containsExactly(Severity.CRITICAL);

        fleet.streamBreaks();
        fleet.clock.forward(Duration.ofHours(1));
        fleet.sweep("night-in-our-fault");
        assertThat(worst()).containsExactly(Severity.CRITICAL);

        fleet.streamIsRepaired();
        fleet.clock.forward(Duration.ofMinutes(15));
        fleet.overdue();
        fleet.sweep("night-after");
        assertThat(worst()).containsExactly(Severity.CRITICAL);
        fleet.clock.forward(LOST);
        fleet.sweep("night-when-silence-counts-again");
        assertThat(worst()).containsExactly(Severity.CRITICAL);

        fleet.report(1, 1);
        fleet.sweep("night-when-it-is-back");
        assertThat(worst()).isEmpty();
    }

    /** How bad the losses are that the last night's files show. */
    private List<Severity> worst() {
        List<Severity> found = new ArrayList<>();
        fleet.books.files().devices(fleet.summary(SweepKind.FLEET), device -> device.findings().stream()
                .filter(one -> one.condition() == Condition.NETWORK_LOST)
                .map(Found::severity)
                .forEach(found::add));
        return found;
    }

    @Test
    void a_listener_that_is_broken_is_told_and_a_device_s_loss_is_asked_about_and_told_all_the_same() {
        fleet.has(1, FOUR_HOURS);
        fleet.listenerBreaks();
        fleet.clock.forward(LOST);

        fleet.overdue();
        assertThat(fleet.told()).containsExactlyInAnyOrder("PlatformAlertRaised", "DeviceAlertRaised");
        assertThat(fleet.bus.published("DeviceAlertRaised").getFirst().detail()).contains("\"verified\":true");

        fleet.listenerIsRepaired();
        fleet.clock.forward(Duration.ofMinutes(15));
        fleet.overdue();
        assertThat(fleet.told()).containsExactly("PlatformAlertCleared");
    }

    @Test
    void while_a_listener_is_broken_a_site_that_is_lost_is_told_and_so_is_that_it_is_back() {
        fleet.hasAt("north", 1, 10, FOUR_HOURS);
        fleet.hasAt("south", 20, 60, Duration.ofDays(2));
        fleet.listenerBreaks();
        fleet.clock.forward(LOST);

        fleet.sweep("night");
        fleet.report(1, 10);
        fleet.sweep("another-night");

        assertThat(fleet.told()).containsExactly("PlatformAlertRaised", "SiteAlertRaised", "SiteAlertCleared");
        assertThat(fleet.summary(SweepKind.FLEET).completed().faults())
                .containsExactly("platform#callback/CarrierService");
    }

    @Test
    void a_low_battery_is_told_though_our_stream_is_broken() {
        fleet.has(1, FOUR_HOURS);
        fleet.streamBreaks();
        fleet.clock.forward(LOST);
        fleet.overdue();
        fleet.bus.clear();

        fleet.reports(imei(1), 8);

        assertThat(fleet.told()).containsExactly("DeviceAlertRaised");
    }

    /** One after another, over what is due. */
    private void passes(int count) {
        for (int pass = 0; pass < count; pass++) {
            fleet.clock.forward(Duration.ofMinutes(15));
            fleet.overdue();
        }
    }

    private List<Alert.Open> deviceAlerts() {
        return fleet.alerts.open().stream()
                .filter(alert -> alert.subject() instanceof OfDevice)
                .toList();
    }
}
