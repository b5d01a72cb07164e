package dev.fleetline.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.fleetline.alert.JudgeDevice.Judged;
import dev.fleetline.alert.TellTogether.Pass;
import dev.fleetline.alert.TellTogether.Told;
import dev.fleetline.device.Condition;
import dev.fleetline.device.Device;
import dev.fleetline.device.Health;
import dev.fleetline.device.HealthSettings;
import dev.fleetline.device.Imei;
import dev.fleetline.device.Severity;
import dev.fleetline.fleetevents.Announcer;
import dev.fleetline.fleetevents.Outgoing;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A site is dark, the fleet is, or we ourselves hear nothing: people hear of that once, and of its devices afterwards. */
class TellTogetherTest {

    private static final Instant THEN = Trackers.FIVE_PAST_FOUR;
    private static final Pass PASS = new Pass("pass-1", "sweep#all#pass-1", "pass");
    private static final Subject YARD = new Subject.OfSite("north-yard");
    private static final Subject FLEET = new Subject.OfFleet();

    private final StoredFleet fleet = new StoredFleet();
    private Instant now = THEN.plus(Duration.ofHours(9));
    private final Announcer announcer = new Announcer(fleet, fleet);
    private final JudgeDevice judgeDevice = new JudgeDevice(
            fleet,
            fleet,
            new Health(HealthSettings.DEFAULTS),
            announcer,
            "health-sweep",
            "https://runbooks.example.test",
            () -> now);
    private final TellTogether tellTogether = new TellTogether(
            fleet,
            AlertSettings.DEFAULTS,
            announcer,
            "0999000001-00001",
            "health-sweep",
            "https://runbooks.example.test",
            () -> now);

    private List<Imei> lost = List.of();

    @BeforeEach
    void six_trackers_of_a_site_are_silent() {
        lost = IntStream.range(40, 46)
                .mapToObj(number -> fleet.has(Trackers.battery(Trackers.at("north-yard", number), THEN, 80)))
                .map(Device::imei)
                .toList();
    }

    @Test
    void a_dark_site_is_told_once_with_the_count_and_its_first_devices() {
        Told told = tellTogether.run(yardIsDark(), PASS);

        assertThat(told).isInstanceOfSatisfying(Told.Holds.class, holds -> {
            assertThat(holds.isNew()).isTrue();
            assertThat(holds.alert()).isEqualTo(fleet.open().getFirst());
        });
        assertThat(tellTogether.run(yardIsDark(), PASS))
                .isInstanceOfSatisfying(
                        Told.Holds.class, holds -> assertThat(holds.isNew()).isFalse());
        assertThat(fleet.told()).containsExactly("SiteAlertRaised");
        assertThat(fleet.bus.getFirst().detail())
                .contains("\"dedupKey\":\"0999000001-00001:site#north-yard:NETWORK_LOST\"")
                .contains("\"subject\":\"site#north-yard\"")
                .contains("\"devices\":{\"lost\":6,\"of\":8,\"first\":[\""
                        + lost.getFirst().digits())
                .contains("\"sweepId\":\"pass-1\"")
                .contains("Site north-yard: 6 of 8 devices are lost since 16:05 UTC")
                .doesNotContain("\"device\"")
                .doesNotContain("null");
    }

    @Test
    void of_very_many_devices_all_are_counted_and_the_first_fifty_named() {
        List<Imei> all = IntStream.range(10, 70)
                .mapToObj(number -> Trackers.at("north-yard", number).imei())
                .toList();

        tellTogether.run(Trouble.lostTogether(YARD, Severity.WARNING, THEN, all, 80), PASS);

        assertThat(fleet.bus.getFirst().detail())
                .contains("\"lost\":60,\"of\":80", all.get(49).digits())
                .doesNotContain(all.get(50).digits());
    }

    @Test
    void its_devices_are_kept_and_not_told() {
        Told.Holds dark = (Told.Holds) tellTogether.run(yardIsDark(), PASS);

        for (Imei imei : lost) {
            assertThat(judgeDevice.run(imei, Visit.sweep("pass-1", true).under(List.of(dark.alert()))))
                    .isEqualTo(new Judged(0, 0, 0, 0, 0, 1));
        }

        assertThat(fleet.told()).containsExactly("SiteAlertRaised");
        assertThat(fleet.open())
                .hasSize(7)
                .filteredOn(open -> open.subject() instanceof Subject.OfDevice)
                .allSatisfy(open -> {
                    assertThat(open.status()).isEqualTo("suppressed");
                    assertThat(open.suppressedBy().orElseThrow().alertId())
                            .isEqualTo(dark.alert().alertId());
                });
    }

    @Test
    void a_device_that_is_lost_later_belongs_to_it_and_one_of_another_site_does_not() {
        tellTogether.run(yardIsDark(), PASS);
        Device elsewhere = fleet.has(Trackers.battery(Trackers.at("south-yard", 60), THEN, 80));

        judge(lost.getFirst());
        judge(elsewhere.imei());

        assertThat(fleet.told()).containsExactly("SiteAlertRaised", "DeviceAlertRaised");
        assertThat(fleet.bus.getLast().detail()).contains(elsewhere.imei().digits());
    }

    @Test
    void when_it_is_over_those_that_are_still_lost_are_told_one_by_one() {
        tellTogether.run(yardIsDark(), PASS);
        lost.forEach(this::judge);
        now = now.plus(Duration.ofHours(1));
        fleet.has(Trackers.battery(fleet.find(lost.getFirst()).orElseThrow(), now, 80));
        judgeDevice.run(lost.getFirst(), Visit.arrival("delivery-1"));
        assertThat(new Released(fleet).imeis()).isEmpty();

        assertThat(tellTogether.run(Trouble.over(YARD, Condition.NETWORK_LOST, now), PASS))
                .isEqualTo(new Told.Over(true));
        Set<Imei> released = new Released(fleet).imeis();
        released.forEach(this::judge);

        assertThat(released).hasSize(5).doesNotContain(lost.getFirst());
        assertThat(fleet.told())
                .containsExactly(
                        "SiteAlertRaised",
                        "SiteAlertCleared",
                        "DeviceAlertRaised",
                        "DeviceAlertRaised",
                        "DeviceAlertRaised",
                        "DeviceAlertRaised",
                        "DeviceAlertRaised");
        assertThat(fleet.history).extracting("what").contains("NETWORK_LOST#1 ended");
        assertThat(new Released(fleet).imeis()).isEmpty();
    }

    @Test
    void the_widest_that_is_open_is_the_one_that_is_told() {
        tellTogether.run(yardIsDark(), PASS);
        tellTogether.run(Trouble.lostTogether(FLEET, Severity.CRITICAL, THEN, lost, 20), PASS);

        judge(lost.getFirst());

        assertThat(fleet.open())
                .filteredOn(open -> open.subject() instanceof Subject.OfDevice)
                .extracting(open -> open.suppressedBy().orElseThrow().subject())
                .containsExactly(FLEET);
    }

    @Test
    void a_pass_that_is_not_ours_any_more_tells_nothing() {
        fleet.passHolder = "another";

        assertThat(tellTogether.run(yardIsDark(), PASS)).isEqualTo(new Told.NotOurs());
        assertThat(fleet.told()).isEmpty();
    }

    @Test
    void of_two_passes_at_once_one_tells() {
        fleet.beforeNextWrite(() -> tellTogether.run(yardIsDark(), PASS));

        assertThat(tellTogether.run(yardIsDark(), PASS))
                .isInstanceOfSatisfying(
                        Told.Holds.class, holds -> assertThat(holds.isNew()).isFalse());
        assertThat(fleet.told()).containsExactly("SiteAlertRaised");
    }

    @Test
    void the_whole_fleet_is_silent_because_our_token_died_and_only_that_is_told() {
        Trouble dead = Trouble.ofPlatform("m2m", Condition.TOKEN, THEN, "the password was refused");
        tellTogether.run(dead, PASS);
        lost.forEach(this::judge);
        now = now.plus(Duration.ofHours(5));
        lost.forEach(this::judge);

        assertThat(fleet.told()).containsExactly("PlatformAlertRaised");
        assertThat(fleet.bus.getFirst().detail())
                .contains("\"dedupKey\":\"0999000001-00001:platform#m2m:TOKEN\"")
                .contains("its token cannot be renewed (the password was refused) since");

        // the first pass after it is back: some have reported meanwhile, and the others are told
        now = now.plus(Duration.ofHours(1));
        lost.subList(0, 4)
                .forEach(imei -> fleet.has(Trackers.battery(fleet.find(imei).orElseThrow(), now, 79)));
        lost.subList(0, 4).forEach(imei -> judgeDevice.run(imei, Visit.arrival("delivery")));
        tellTogether.run(Trouble.over(dead.subject(), Condition.TOKEN, now), PASS);
        new Released(fleet).imeis().forEach(this::judge);

        assertThat(fleet.told())
                .containsExactly(
                        "PlatformAlertRaised", "PlatformAlertCleared", "DeviceAlertRaised", "DeviceAlertRaised");
    }

    @Test
    void while_our_token_is_dead_a_low_battery_is_still_told() {
        tellTogether.run(Trouble.ofPlatform("m2m", Condition.TOKEN, THEN, "refused"), PASS);
        Imei low = lost.getFirst();
        fleet.has(Trackers.battery(fleet.find(low).orElseThrow(), now, 8));

        judgeDevice.run(low, Visit.arrival("delivery"));

        assertThat(fleet.told()).containsExactly("PlatformAlertRaised", "DeviceAlertRaised");
    }

    @Test
    void what_lasts_is_reminded_of_each_day_under_an_id_of_its_own() {
        for (int day = 0; day < 4; day++) {
            tellTogether.run(yardIsDark(), PASS);
            now = now.plus(Duration.ofDays(1));
        }

        assertThat(fleet.told())
                .containsExactly("SiteAlertRaised", "SiteAlertReminded", "SiteAlertReminded", "SiteAlertReminded");
        assertThat(fleet.bus.stream().map(Outgoing::eventId)).doesNotHaveDuplicates();
    }

    @Test
    void a_snooze_ends_between_two_passes_that_look_at_the_site() {
        tellTogether.run(yardIsDark(), PASS);
        Instant until = now.plus(Duration.ofHours(2));
        new TendAlert(
                        fleet,
                        fleet,
                        new Health(HealthSettings.DEFAULTS),
                        AlertSettings.DEFAULTS,
                        announcer,
                        "0999000001-00001",
                        "alert-desk",
                        "https://runbooks.example.test",
                        () -> now)
                .snooze(
                        new TendAlert.Which.Named(YARD, Condition.NETWORK_LOST, Optional.empty()),
                        "ann@example.test",
                        "storm",
                        until,
                        "request-1");
        AlertBook.Entry yard = new AlertBook.Entry(YARD, Condition.NETWORK_LOST);

        tellTogether.remind(yard, PASS);
        now = until;
        assertThat(fleet.due(now, 10)).containsExactly(yard);
        tellTogether.remind(yard, PASS);
        tellTogether.remind(yard, PASS);

        assertThat(fleet.told()).containsExactly("SiteAlertRaised", "SiteAlertSnoozed", "SiteAlertReminded");
        assertThat(fleet.bus.get(1).detail())
                .contains(
                        "ann@example.test wants to hear nothing of this until 03:05 UTC (storm): its devices are lost");
    }

    @Test
    void only_what_can_be_wrong_with_a_subject_is() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Trouble.over(new Subject.OfDevice(lost.getFirst()), Condition.NETWORK_LOST, now));
        assertThatIllegalArgumentException().isThrownBy(() -> Trouble.over(YARD, Condition.TOKEN, now));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Trouble.over(new Subject.OfPlatform("m2m"), Condition.NETWORK_LOST, now));
        assertThatIllegalArgumentException().isThrownBy(() -> Trouble.over(FLEET, Condition.BATTERY_LOW, now));
    }

    private Trouble yardIsDark() {
        return Trouble.lostTogether(YARD, Severity.WARNING, THEN, lost, 8);
    }

    private void judge(Imei imei) {
        judgeDevice.run(imei, Visit.sweep("pass-1", true));
    }
}
