package dev.fleetline.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleetline.alert.JudgeDevice.Judged;
import dev.fleetline.device.Condition;
import dev.fleetline.device.Device;
import dev.fleetline.device.Health;
import dev.fleetline.device.HealthSettings;
import dev.fleetline.device.Lifecycle;
import dev.fleetline.fleetevents.Announcer;
import dev.fleetline.fleetevents.Outgoing;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JudgeDeviceTest {

    private static final Instant THEN = Trackers.FIVE_PAST_FOUR;

    private final StoredFleet fleet = new StoredFleet();
    private Instant now = THEN;
    private final JudgeDevice judgeDevice = new JudgeDevice(
            fleet,
            fleet,
            new Health(HealthSettings.DEFAULTS),
            new Announcer(fleet, fleet),
            "callback-processor",
            "https://runbooks.example.test",
            () -> now);

    @Test
    void a_low_battery_is_told_once_with_all_that_a_person_needs() {
        Device tracker = Trackers.battery(Trackers.inService(), THEN.minusSeconds(3_600), 25);
        fleet.has(Trackers.battery(tracker, THEN, 8));

        assertThat(judge()).isEqualTo(new Judged(1, 0, 0, 0, 0));

        assertThat(fleet.told()).containsExactly("DeviceAlertRaised");
        Outgoing event = fleet.bus.getFirst();
        assertThat(event.source()).isEqualTo("fleetline.callback-processor");
        assertThat(event.time()).isEqualTo(now);
        assertThat(event.detail())
                .contains("\"severity\":\"CRITICAL\"")
                .contains("\"condition\":\"BATTERY_LOW\"")
                .contains("\"status\":\"open\"")
                .contains("\"sequence\":1")
                .contains("\"dedupKey\":\"0999000001-00001:device#999999000000014:BATTERY_LOW\"")
                .contains("\"since\":\"2026-03-02T16:05:26Z\"")
                .contains("\"correlationId\":\"delivery-1\"")
                .contains("\"runbookUrl\":\"https://runbooks.example.test/BATTERY_LOW.md\"")
                .contains("battery 8 %, falling, not charging since 16:05 UTC")
                .doesNotContain("null");
        assertThat(fleet.unpublished()).isZero();
    }

    @Test
    void a_battery_that_hovers_on_its_line_is_one_alert() {
        int second = 0;
        for (double percent : List.of(21.0, 20.0, 20.0, 21.0, 20.0, 21.0, 20.0, 20.0)) {
            fleet.has(Trackers.battery(known(), THEN.plusSeconds(second++), percent));
            judge();
        }

        assertThat(fleet.told()).containsExactly("DeviceAlertRaised");
        assertThat(fleet.open()).singleElement().satisfies(alert -> assertThat(alert.number())
                .isEqualTo(1));
    }

    @Test
    void a_report_out_of_a_backlog_raises_no_silence_and_the_next_pass_does() {
        fleet.has(Trackers.battery(Trackers.inService(), THEN.minus(Duration.ofDays(10)), 80));

        assertThat(judge()).isEqualTo(Judged.NOTHING);
        assertThat(fleet.told()).isEmpty();

        assertThat(sweep()).isEqualTo(new Judged(1, 0, 0, 0, 0));
        assertThat(fleet.told()).containsExactly("DeviceAlertRaised");
    }

    @Test
    void what_a_late_telling_says_of_before_is_what_people_had_been_told() {
        fleet.has(Trackers.battery(Trackers.inService(), THEN.minus(Duration.ofHours(30)), 8));
        judge();
        assertThat(fleet.told()).isEmpty();

        // the silence of 30 hours is a second alert, and new
        assertThat(sweep()).isEqualTo(new Judged(1, 1, 0, 0, 0));

        assertThat(fleet.told()).containsExactly("DeviceAlertRaised", "DeviceAlertRaised");
        assertThat(fleet.bus).allSatisfy(event -> assertThat(event.detail()).doesNotContain("previousSeverity"));
    }

    @Test
    void judging_again_changes_and_tells_nothing() {
        fleet.has(Trackers.battery(Trackers.inService(), THEN, 8));
        judge();

        assertThat(judge()).isEqualTo(new Judged(0, 1, 0, 0, 0));

        assertThat(fleet.told()).containsExactly("DeviceAlertRaised");
    }

    @Test
    void a_device_that_changes_under_our_hands_is_judged_as_it_is_then() {
        Device low = fleet.has(Trackers.battery(Trackers.inService(), THEN, 8));
        fleet.beforeNextWrite(() -> fleet.has(Trackers.battery(low, THEN.plusSeconds(60), 90)));

        assertThat(judge()).isEqualTo(Judged.NOTHING);

        assertThat(fleet.told()).isEmpty();
        assertThat(fleet.open()).isEmpty();
    }

    @Test
    void a_device_at_hand_that_has_changed_meanwhile_is_judged_as_it_is_stored() {
        Device low = fleet.has(Trackers.battery(Trackers.inService(), THEN, 8));
        fleet.has(Trackers.battery(low, THEN.plusSeconds(60), 90));

        assertThat(judgeDevice.run(low, Visit.arrival("delivery-1"))).isEqualTo(Judged.NOTHING);

        assertThat(fleet.told()).isEmpty();
        assertThat(fleet.open()).isEmpty();
    }

    @Test
    void of_two_who_judge_at_once_one_tells() {
        fleet.has(Trackers.battery(Trackers.inService(), THEN, 8));
        fleet.beforeNextWrite(this::judge);

        assertThat(judge()).isEqualTo(new Judged(0, 1, 0, 0, 0));

        assertThat(fleet.told()).containsExactly("DeviceAlertRaised");
    }

    @Test
    void a_device_that_never_holds_still_is_left_for_later() {
        Device low = fleet.has(Trackers.battery(Trackers.inService(), THEN, 8));
        for (int change = 0; change < 100; change++) {
            fleet.beforeNextWrite(() -> fleet.has(low));
        }

        assertThatThrownBy(this::judge)
                .isInstanceOf(JudgeDevice.KeepsChanging.class)
                .hasMessageContaining("…0014")
                .hasMessageNotContaining("999999000000014");
    }

    @Test
    void the_end_of_an_alert_is_told_and_goes_into_history() {
        Device low = fleet.has(Trackers.battery(Trackers.inService(), THEN, 8));
        judge();
        now = THEN.plusSeconds(600);
        fleet.has(Trackers.battery(low, now, 90));

        assertThat(judge()).isEqualTo(new Judged(0, 0, 0, 0, 1));

        assertThat(fleet.told()).containsExactly("DeviceAlertRaised", "DeviceAlertCleared");
        assertThat(fleet.bus.getLast().detail())
                .contains("\"status\":\"resolved\"")
                .contains("\"sequence\":2")
                .contains("\"severity\":\"CRITICAL\"");
        assertThat(fleet.history).singleElement().satisfies(entry -> {
            assertThat(entry.what()).isEqualTo("BATTERY_LOW#1 ended");
            assertThat(entry.by()).isEqualTo("callback-processor");
        });
    }

    @Test
    void each_return_of_a_condition_is_an_alert_of_its_own() {
        Device device = fleet.has(Trackers.battery(Trackers.inService(), THEN, 8));
        judge();
        device = fleet.has(Trackers.battery(device, THEN.plusSeconds(60), 90));
        judge();
        fleet.has(Trackers.battery(device, THEN.plusSeconds(120), 8));
        judge();

        assertThat(fleet.told()).containsExactly("DeviceAlertRaised", "DeviceAlertCleared", "DeviceAlertRaised");
        assertThat(fleet.bus.stream().map(Outgoing::eventId)).doesNotHaveDuplicates();
        assertThat(fleet.open()).singleElement().satisfies(alert -> assertThat(alert.number())
                .isEqualTo(2));
    }

    @Test
    void a_silent_device_is_lost_then_worse_then_back() {
        Device device = fleet.has(Trackers.battery(Trackers.inService(), THEN, 80));
        now = THEN.plus(Duration.ofHours(9));
        assertThat(sweep()).isEqualTo(new Judged(1, 0, 0, 0, 0));
        now = THEN.plus(Duration.ofHours(13));
        assertThat(sweep()).isEqualTo(new Judged(0, 0, 1, 0, 0));
        fleet.has(Trackers.battery(device, now, 79));
        assertThat(judge()).isEqualTo(new Judged(0, 0, 0, 0, 1));

        assertThat(fleet.told()).containsExactly("DeviceAlertRaised", "DeviceAlertEscalated", "DeviceAlertCleared");
        assertThat(fleet.bus.getFirst().detail())
                .contains(
                        "\"observed\":{\"value\":9.0,\"unit\":\"h\",\"at\":\"2026-03-03T01:05:26Z\",\"source\":\"SILENCE\"}")
                .contains("\"threshold\":{\"value\":8.4,\"origin\":\"device\"}");
        assertThat(fleet.bus.get(1).detail())
                .contains("\"previousSeverity\":\"WARNING\"")
                .contains("\"threshold\":{\"value\":12.4,\"origin\":\"device\"}")
                .contains("\"sweepId\":\"pass-1\"");
    }

    @Test
    void a_loss_and_a_low_battery_are_two_alerts() {
        fleet.has(Trackers.battery(Trackers.inService(), THEN, 8));
        now = THEN.plus(Duration.ofHours(9));

        assertThat(sweep()).isEqualTo(new Judged(2, 0, 0, 0, 0));

        assertThat(fleet.open())
                .extracting(Alert.Open::condition)
                .containsExactlyInAnyOrder(Condition.BATTERY_LOW, Condition.NETWORK_LOST);
        assertThat(fleet.bus).anySatisfy(event -> assertThat(event.detail()).contains("\"cause\":\"FLAT_BATTERY\""));
    }

    @Test
    void what_the_bus_does_not_take_stays_in_the_outbox() {
        fleet.busIsDown = true;
        fleet.has(Trackers.battery(Trackers.inService(), THEN, 8));

        judge();

        assertThat(fleet.unpublished()).isEqualTo(1);
        assertThat(fleet.open()).hasSize(1);
    }

    @Test
    void a_device_that_is_not_active_or_not_there_is_not_judged() {
        assertThat(judge()).isEqualTo(Judged.NOTHING);

        fleet.has(Trackers.battery(Trackers.in(new Lifecycle.Registered(THEN)), THEN, 8));
        assertThat(judge()).isEqualTo(Judged.NOTHING);
        assertThat(fleet.bus).isEmpty();
    }

    @Test
    void what_is_open_when_a_device_is_not_judged_any_more_ends_and_is_told_if_it_had_been() {
        fleet.has(Trackers.battery(Trackers.inService(), THEN, 8));
        judge();
        fleet.has(Trackers.battery(Trackers.in(new Lifecycle.Suspended(Optional.empty(), THEN)), THEN, 8));

        assertThat(judge().cleared()).isOne();

        assertThat(fleet.open()).isEmpty();
        assertThat(fleet.bus).hasSize(2);
        assertThat(fleet.bus.getLast().detail()).contains("not watched any more, it is suspended");
        assertThat(judge()).isEqualTo(Judged.NOTHING);
    }

    @Test
    void a_device_that_returns_while_a_pass_judges_it_has_no_alarm_stuck_open() {
        Device device = fleet.has(Trackers.battery(Trackers.inService(), THEN, 80));
        now = THEN.plus(Duration.ofHours(9));
        sweep();
        now = THEN.plus(Duration.ofHours(13));
        fleet.beforeNextWrite(() -> {
            fleet.has(Trackers.battery(device, now, 79));
            judge();
        });

        sweep();

        assertThat(fleet.open()).isEmpty();
        assertThat(fleet.told()).containsExactly("DeviceAlertRaised", "DeviceAlertCleared");
    }

    @Test
    void a_loss_is_not_found_out_when_the_device_comes_back() {
        Device device = fleet.has(Trackers.battery(Trackers.inService(), THEN, 80));
        now = THEN.plus(Duration.ofDays(3));
        fleet.has(Trackers.battery(device, now, 79));

        assertThat(judge()).isEqualTo(Judged.NOTHING);
        assertThat(sweep()).isEqualTo(Judged.NOTHING);
        assertThat(fleet.told()).isEmpty();
    }

    @Test
    void what_dies_after_writing_and_before_publishing_has_left_its_event_in_the_outbox() {
        fleet.has(Trackers.battery(Trackers.inService(), THEN, 8));
        fleet.busIsDown = true;
        judge();
        fleet.busIsDown = false;

        assertThat(judge()).isEqualTo(new Judged(0, 1, 0, 0, 0));

        assertThat(fleet.told()).isEmpty();
        assertThat(fleet.unpublished()).isOne();
        assertThat(fleet.open()).hasSize(1);
    }

    @Test
    void what_dies_after_publishing_and_before_deleting_tells_the_same_event_again_and_no_other() {
        fleet.has(Trackers.battery(Trackers.inService(), THEN, 8));
        fleet.diesBeforeDeleting = true;
        assertThatThrownBy(this::judge).isInstanceOf(IllegalStateException.class);
        fleet.diesBeforeDeleting = false;

        assertThat(judge()).isEqualTo(new Judged(0, 1, 0, 0, 0));

        assertThat(fleet.told()).containsExactly("DeviceAlertRaised");
        assertThat(fleet.left()).containsExactly(fleet.bus.getFirst());
        assertThat(known().messages().at()).hasSize(1);
    }

    @Test
    void reminders_on_three_days_have_three_event_ids() {
        Device device = fleet.has(Trackers.battery(Trackers.inService(), THEN, 15));
        fleet.has(Trackers.battery(device, THEN.plusSeconds(60), 15));
        judge();
        for (int day = 1; day <= 3; day++) {
            now = THEN.plus(Duration.ofDays(day));
            fleet.has(Trackers.battery(fleet.find(Trackers.IMEI).orElseThrow(), now, 15));
            sweep();
        }

        assertThat(fleet.told())
                .containsExactly(
                        "DeviceAlertRaised", "DeviceAlertReminded", "DeviceAlertReminded", "DeviceAlertReminded");
        assertThat(fleet.bus.stream().map(Outgoing::eventId)).doesNotHaveDuplicates();
        assertThat(fleet.bus.getLast().detail()).contains("still battery 15 %");
    }

    @Test
    void of_a_device_people_hear_six_times_a_day_and_then_how_much_they_have_missed() {
        for (int count = 0; count < 20; count++) {
            now = now.plusSeconds(600);
            boolean isLow = count % 4 < 2;
            fleet.has(Trackers.battery(known(), now, isLow ? 18 : 90));
            judge();
        }
        assertThat(fleet.told()).hasSize(6);
        int held = known().messages().held();
        assertThat(held).isPositive();

        now = now.plus(Duration.ofHours(24));
        fleet.has(Trackers.battery(known(), now, 8));
        judge();

        assertThat(fleet.bus.getLast().detail()).contains("\"held\":" + held);
        assertThat(known().messages().held()).isZero();
    }

    @Test
    void a_loss_that_the_carrier_could_not_be_asked_about_says_so() {
        fleet.has(Trackers.battery(Trackers.inService(), THEN, 80));
        now = THEN.plus(Duration.ofHours(9));
        judgeDevice.run(Trackers.IMEI, Visit.rating("pass-1"));
        assertThat(fleet.told()).isEmpty();

        judgeDevice.run(Trackers.IMEI, Visit.sweep("pass-1", false));

        assertThat(fleet.bus.getLast().detail()).contains("\"verified\":false");
    }

    private Device known() {
        return fleet.find(Trackers.IMEI).orElseGet(Trackers::inService);
    }

    private Judged judge() {
        return judgeDevice.run(Trackers.IMEI, Visit.arrival("delivery-1"));
    }

    private Judged sweep() {
        return judgeDevice.run(Trackers.IMEI, Visit.sweep("pass-1"));
    }
}
