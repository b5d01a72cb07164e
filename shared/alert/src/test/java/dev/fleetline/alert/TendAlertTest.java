package dev.fleetline.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetline.alert.Alert.Care;
import dev.fleetline.alert.TendAlert.Tended;
import dev.fleetline.alert.TendAlert.Which;
import dev.fleetline.device.Condition;
import dev.fleetline.device.Consequences.HistoryEntry;
import dev.fleetline.device.Device;
import dev.fleetline.device.Health;
import dev.fleetline.device.HealthSettings;
import dev.fleetline.device.Lifecycle;
import dev.fleetline.device.Report;
import dev.fleetline.fleetevents.Announcer;
import dev.fleetline.fleetevents.Outgoing;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TendAlertTest {

    private static final Instant THEN = Trackers.FIVE_PAST_FOUR;
    private static final Subject TRACKER = new Subject.OfDevice(Trackers.IMEI);
    private static final Which LOW = new Which.Named(TRACKER, Condition.BATTERY_LOW, Optional.empty());

    private final StoredFleet fleet = new StoredFleet();
    private final Health health = new Health(HealthSettings.DEFAULTS);
    private Instant now = THEN;
    private final Announcer announcer = new Announcer(fleet, fleet);
    private final JudgeDevice judgeDevice = new JudgeDevice(
            fleet, fleet, health, announcer, "health-sweep", "https://runbooks.example.test", () -> now);
    private final TendAlert tendAlert = new TendAlert(
            fleet,
            fleet,
            health,
            AlertSettings.DEFAULTS,
            announcer,
            "0999000001-00001",
            "alert-desk",
            "https://runbooks.example.test",
            () -> now);

    @BeforeEach
    void a_battery_is_low() {
        fleet.has(Trackers.battery(Trackers.inService(), THEN, 8));
        judge();
        now = THEN.plusSeconds(60);
    }

    @Test
    void an_acknowledgement_says_who_and_why_and_ends_the_reminders() {
        assertThat(acknowledge(LOW)).isInstanceOfSatisfying(Tended.Done.class, done -> {
            assertThat(done.isNew()).isTrue();
            assertThat(done.alert()).isEqualTo(fleet.open().getFirst());
        });

        assertThat(fleet.told()).containsExactly("DeviceAlertRaised", "DeviceAlertAcknowledged");
        assertThat(fleet.bus.getLast().source()).isEqualTo("fleetline.alert-desk");
        assertThat(fleet.bus.getLast().detail())
                .contains("\"status\":\"acknowledged\"")
                .contains("\"sequence\":2")
                .contains("\"person\":{\"by\":\"ann@example.test\",\"why\":\"on my way\"}")
                .contains("ann@example.test acknowledged this (on my way): battery 8 %");
        assertThat(fleet.open().getFirst().care())
                .isEqualTo(new Care.Acknowledged("ann@example.test", "on my way", now));
        now = THEN.plus(Duration.ofDays(3));
        fleet.has(Trackers.battery(Trackers.inService(), now, 8));
        judge();
        assertThat(fleet.told()).hasSize(2);
    }

    @Test
    void the_same_said_twice_is_done_once() {
        acknowledge(LOW);

        assertThat(acknowledge(LOW)).isInstanceOfSatisfying(Tended.Done.class, done -> assertThat(done.isNew())
                .isFalse());
        assertThat(fleet.told()).hasSize(2);
    }

    @Test
    void of_two_people_at_once_the_second_hears_who_was_first() {
        fleet.beforeNextWrite(() -> acknowledge(LOW));

        assertThat(tendAlert.acknowledge(LOW, "ben@example.test", "mine", "request-2"))
                .isEqualTo(new Tended.Refused("ann@example.test has acknowledged it already: on my way"));
        assertThat(fleet.told()).containsExactly("DeviceAlertRaised", "DeviceAlertAcknowledged");
    }

    @Test
    void who_acknowledges_while_a_pass_clears_it_hears_that_it_is_over() {
        fleet.beforeNextWrite(() -> {
            fleet.has(Trackers.battery(Trackers.inService(), now, 90));
            judge();
        });

        assertThat(acknowledge(LOW)).isEqualTo(new Tended.AlreadyOver());
        assertThat(fleet.told()).containsExactly("DeviceAlertRaised", "DeviceAlertCleared");
        assertThat(fleet.open()).isEmpty();
    }

    @Test
    void a_pass_that_clears_while_a_person_acknowledges_clears_what_was_acknowledged() {
        fleet.has(Trackers.battery(Trackers.inService(), now, 90));
        fleet.beforeNextWrite(() -> acknowledge(LOW));

        judge();

        assertThat(fleet.told()).containsExactly("DeviceAlertRaised", "DeviceAlertAcknowledged", "DeviceAlertCleared");
        assertThat(fleet.bus.stream().map(Outgoing::eventId)).doesNotHaveDuplicates();
        assertThat(fleet.open()).isEmpty();
    }

    @Test
    void a_snooze_is_silent_until_it_ends() {
        Instant morning = now.plus(Duration.ofHours(15));
        assertThat(tendAlert.snooze(LOW, "ann@example.test", "not tonight", morning, "request-1"))
                .isInstanceOf(Tended.Done.class);
        assertThat(fleet.bus.getLast().detail())
                .contains("\"status\":\"snoozed\"")
                .contains("\"until\":\"2026-03-03T07:06:26Z\"")
                .contains("wants to hear nothing of this until 3 Mar 07:06 UTC (not tonight)");

        now = morning.minusSeconds(1);
        judge();
        assertThat(fleet.told()).containsExactly("DeviceAlertRaised", "DeviceAlertSnoozed", "DeviceAlertRaised");
        now = morning;
        judge();

        assertThat(fleet.told()).containsOnlyOnce("DeviceAlertReminded").endsWith("DeviceAlertReminded");
    }

    @Test
    void what_is_snoozed_too_long_or_into_the_past_is_refused() {
        assertThat(tendAlert.snooze(LOW, "ann@example.test", "why", now.plus(Duration.ofDays(15)), "request-1"))
                .isInstanceOf(Tended.Refused.class);
        assertThat(tendAlert.snooze(LOW, "ann@example.test", "why", now, "request-1"))
                .isInstanceOf(Tended.Refused.class);
        assertThat(fleet.told()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  "})
    void who_does_not_say_who_or_why_is_refused(String nothing) {
        assertThat(tendAlert.acknowledge(LOW, nothing, "why", "request-1")).isInstanceOf(Tended.Refused.class);
        assertThat(tendAlert.acknowledge(LOW, "ann@example.test", nothing, "request-1"))
                .isInstanceOf(Tended.Refused.class);
        assertThat(tendAlert.acknowledge(LOW, "ann@example.test", "x".repeat(501), "request-1"))
                .isInstanceOf(Tended.Refused.class);
    }

    @Test
    void what_still_holds_cannot_be_resolved() {
        assertThat(resolve(LOW)).isEqualTo(new Tended.StillHolds());
        assertThat(fleet.told()).hasSize(1);
    }

    @Test
    void what_holds_no_longer_and_nobody_has_judged_yet_can_be_resolved() {
        fleet.has(Trackers.battery(Trackers.inService(), now, 90));

        assertThat(resolve(LOW)).isInstanceOf(Tended.Done.class);

        assertThat(fleet.told()).containsExactly("DeviceAlertRaised", "DeviceAlertCleared");
        assertThat(fleet.bus.getLast().detail())
                .contains("\"status\":\"resolved\"")
                .contains("ann@example.test");
        assertThat(fleet.history)
                .extracting(HistoryEntry::what, HistoryEntry::by)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("BATTERY_LOW#1 ended", "ann@example.test"));
    }

    @Test
    void a_conflict_of_identities_is_over_when_a_person_says_so_and_stays_so() {
        Device named = fleet.find(Trackers.IMEI).orElseThrow();
        fleet.has(named.reported(
                new Report(Optional.of(Trackers.UID), Optional.of(Trackers.OTHER), now, Map.of(), Optional.empty()),
                HealthSettings.DEFAULTS,
                now));
        judge();
        assertThat(fleet.open()).extracting(Alert::condition).contains(Condition.IDENTITY_CONFLICT);

        assertThat(resolve(new Which.Named(TRACKER, Condition.IDENTITY_CONFLICT, Optional.empty())))
                .isInstanceOf(Tended.Done.class);

        judge();
        assertThat(fleet.open()).extracting(Alert::condition).doesNotContain(Condition.IDENTITY_CONFLICT);
        assertThat(fleet.bus.getLast().detail()).contains("IDENTITY_CONFLICT").contains("resolved this");
    }

    @Test
    void an_alert_is_found_by_its_id_alone_while_it_is_open() {
        String alertId = fleet.open().getFirst().alertId();

        assertThat(acknowledge(new Which.ById(alertId))).isInstanceOf(Tended.Done.class);
        assertThat(acknowledge(new Which.ById("another"))).isEqualTo(new Tended.NotFound());
    }

    @Test
    void a_link_to_an_alert_of_before_does_nothing_to_the_one_of_today() {
        Which first = new Which.Named(
                TRACKER,
                Condition.BATTERY_LOW,
                Optional.of(fleet.open().getFirst().alertId()));
        fleet.has(Trackers.battery(Trackers.inService(), now, 90));
        judge();
        assertThat(acknowledge(first)).isEqualTo(new Tended.AlreadyOver());
        fleet.has(Trackers.battery(Trackers.inService(), now.plusSeconds(60), 8));
        judge();

        assertThat(acknowledge(first)).isEqualTo(new Tended.AlreadyOver());
        assertThat(fleet.open().getFirst().care()).isEqualTo(new Care.None());
    }

    @Test
    void what_never_was_is_not_found() {
        assertThat(acknowledge(new Which.Named(TRACKER, Condition.SIGNAL_WEAK, Optional.empty())))
                .isEqualTo(new Tended.NotFound());
        assertThat(acknowledge(new Which.Named(TRACKER, Condition.BATTERY_LOW, Optional.of("forged"))))
                .isEqualTo(new Tended.NotFound());
        assertThat(acknowledge(new Which.Named(new Subject.OfFleet(), Condition.NETWORK_LOST, Optional.empty())))
                .isEqualTo(new Tended.NotFound());
    }

    @Test
    void what_people_say_counts_for_no_cap_and_is_never_held_back() {
        Device crowded = fleet.find(Trackers.IMEI).orElseThrow();
        for (int count = 0; count < 10; count++) {
            crowded = crowded.with(crowded.messages().told(now));
        }
        fleet.has(crowded);

        acknowledge(LOW);

        assertThat(fleet.told()).endsWith("DeviceAlertAcknowledged");
        assertThat(fleet.find(Trackers.IMEI).orElseThrow().messages()).isEqualTo(crowded.messages());
    }

    @Test
    void an_alert_of_a_device_that_is_retired_meanwhile_can_be_resolved() {
        fleet.has(Trackers.battery(Trackers.in(new Lifecycle.Retired(now)), THEN, 8));

        assertThat(resolve(LOW)).isInstanceOf(Tended.Done.class);
    }

    private Tended acknowledge(Which which) {
        return tendAlert.acknowledge(which, "ann@example.test", "on my way", "request-1");
    }

    private Tended resolve(Which which) {
        return tendAlert.resolve(which, "ann@example.test", "mended", "request-1");
    }

    private void judge() {
        judgeDevice.run(Trackers.IMEI, Visit.sweep("pass-1"));
    }
}
