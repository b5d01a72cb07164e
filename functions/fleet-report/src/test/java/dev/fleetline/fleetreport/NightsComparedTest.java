package dev.fleetline.fleetreport;

import static dev.fleetline.device.Condition.BATTERY_LOW;
import static dev.fleetline.device.Condition.NETWORK_LOST;
import static dev.fleetline.device.Condition.SIGNAL_WEAK;
import static dev.fleetline.device.Severity.CRITICAL;
import static dev.fleetline.device.Severity.NONE;
import static dev.fleetline.device.Severity.WARNING;
import static dev.fleetline.fleetreport.Tracker.NIGHT;
import static dev.fleetline.fleetreport.Tracker.number;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.fleetline.fleetreport.FleetReport.Coverage;
import dev.fleetline.fleetreport.FleetReport.Night;
import dev.fleetline.fleetreport.FleetReport.OwnFaults;
import dev.fleetline.fleetreport.LostPlaces.Group;
import dev.fleetline.fleetreport.NightsCompared.JudgedBy;
import dev.fleetline.sweepfiles.SweptLoss.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NightsComparedTest {

    private static final Instant LAST_NIGHT = NIGHT.minus(Duration.ofDays(1));
    private static final Instant LONG_AGO = NIGHT.minus(Duration.ofDays(30));
    private static final Instant THIS_EVENING = NIGHT.minus(Duration.ofHours(5));

    private final NightBefore before = new NightBefore(Optional.of(LAST_NIGHT));

    @Test
    void what_was_not_there_is_new_and_what_was_there_is_still_worse_or_better() {
        before.add(number(2).in(BATTERY_LOW, WARNING, LONG_AGO).rated());
        before.add(number(3).in(BATTERY_LOW, WARNING, LONG_AGO).rated());
        before.add(number(4).in(BATTERY_LOW, CRITICAL, LONG_AGO).rated());
        NightsCompared tonight = compared();

        assertThat(kinds(
                        tonight.add(number(1).in(BATTERY_LOW, WARNING, LONG_AGO).rated())))
                .containsExactly(ChangeKind.NEW);
        assertThat(kinds(
                        tonight.add(number(2).in(BATTERY_LOW, WARNING, LONG_AGO).rated())))
                .containsExactly(ChangeKind.STILL);
        assertThat(kinds(tonight.add(
                        number(3).in(BATTERY_LOW, CRITICAL, LONG_AGO).rated())))
                .containsExactly(ChangeKind.WORSE);
        assertThat(kinds(
                        tonight.add(number(4).in(BATTERY_LOW, WARNING, LONG_AGO).rated())))
                .containsExactly(ChangeKind.BETTER);
    }

    @Test
    void each_condition_of_a_device_has_its_own_change() {
        before.add(number(1)
                .in(BATTERY_LOW, CRITICAL, LONG_AGO)
                .in(SIGNAL_WEAK, WARNING, LONG_AGO)
                .rated());

        List<Change> changes = compared()
                .add(number(1)
                        .in(SIGNAL_WEAK, WARNING, LONG_AGO)
                        .lost(CRITICAL, THIS_EVENING, Outcome.RAISED, "FLAT_BATTERY")
                        .rated());

        assertThat(changes)
                .extracting(Change::condition, Change::kind)
                .containsExactlyInAnyOrder(
                        tuple(BATTERY_LOW, ChangeKind.RECOVERED),
                        tuple(SIGNAL_WEAK, ChangeKind.STILL),
                        tuple(NETWORK_LOST, ChangeKind.NEW));
    }

    @Test
    void who_was_not_judged_tonight_has_not_recovered() {
        before.add(number(1).in(BATTERY_LOW, CRITICAL, LONG_AGO).rated());
        NightsCompared tonight = compared();

        List<Change> left = tonight.notJudged();

        assertThat(left).singleElement().satisfies(change -> {
            assertThat(change.kind()).isEqualTo(ChangeKind.UNKNOWN);
            assertThat(change.state().before()).isEqualTo(CRITICAL);
            assertThat(change.state().now()).isEqualTo(NONE);
        });
    }

    @Test
    void of_a_device_that_was_not_judged_the_night_before_the_beginning_of_its_trouble_tells() {
        before.addNotJudged(number(1).imei());
        before.addNotJudged(number(2).imei());
        NightsCompared tonight = compared();

        assertThat(kinds(
                        tonight.add(number(1).in(BATTERY_LOW, WARNING, LONG_AGO).rated())))
                .containsExactly(ChangeKind.STILL);
        assertThat(kinds(tonight.add(
                        number(2).in(BATTERY_LOW, WARNING, THIS_EVENING).rated())))
                .containsExactly(ChangeKind.NEW);
    }

    @Test
    void without_a_night_before_only_what_began_within_a_day_is_new() {
        NightsCompared tonight = compared(new NightBefore(Optional.empty()), 100);

        assertThat(kinds(
                        tonight.add(number(1).in(BATTERY_LOW, WARNING, LONG_AGO).rated())))
                .containsExactly(ChangeKind.STILL);
        assertThat(kinds(tonight.add(
                        number(2).in(BATTERY_LOW, WARNING, THIS_EVENING).rated())))
                .containsExactly(ChangeKind.NEW);
        assertThat(report(tonight).distributions().battery().before()).isEmpty();
    }

    @Test
    void a_loss_whose_report_the_carrier_had_is_none() {
        List<Change> changes = compared()
                .add(number(1)
                        .lost(CRITICAL, LONG_AGO, Outcome.MISSED_REPORT, "UNKNOWN")
                        .rated());

        assertThat(changes).isEmpty();
    }

    @Test
    void only_of_a_loss_that_is_news_it_is_said_that_the_carrier_was_not_asked() {
        assertThat(number(1)
                        .lost(CRITICAL, LONG_AGO, Outcome.RAISED, "FLAT_BATTERY")
                        .rated()
                        .troubles())
                .singleElement()
                .matches(RatedDevice.Trouble::unverified);
        assertThat(number(1)
                        .lost(CRITICAL, LONG_AGO, Outcome.STILL, "FLAT_BATTERY")
                        .rated()
                        .troubles())
                .singleElement()
                .matches(trouble -> !trouble.unverified());
    }

    @Test
    void the_worst_are_shown_first_and_all_are_counted() {
        NightsCompared tonight = compared(before, 3);
        IntStream.rangeClosed(1, 50)
                .forEach(place -> tonight.add(number(place)
                        .in(BATTERY_LOW, place % 10 == 0 ? CRITICAL : WARNING, LONG_AGO.plusSeconds(place))
                        .rated()));

        var shown = requireNonNull(report(tonight).changes().get(ChangeKind.NEW));

        assertThat(shown.count()).isEqualTo(50);
        assertThat(shown.more()).isEqualTo(47);
        assertThat(shown.first())
                .extracting(change -> change.device().imei())
                .containsExactly(
                        number(10).imei(), number(20).imei(), number(30).imei());
    }

    @Test
    void batteries_that_may_end_before_the_visit_are_listed_by_their_earliest_end() {
        NightsCompared tonight = compared();
        tonight.add(number(1).battery(30).emptyIn(31).rated());
        tonight.add(number(2).battery(9).emptyIn(4).rated());
        tonight.add(number(3).battery(70).emptyIn(32).rated());
        tonight.add(number(4).battery(70).rated());

        FleetReport.Batteries batteries = report(tonight).batteries();

        assertThat(batteries.due().first())
                .extracting(due -> due.device().imei())
                .containsExactly(number(2).imei(), number(1).imei());
        assertThat(batteries.known()).isEqualTo(3);
        assertThat(batteries.unknown()).isEqualTo(1);
    }

    @Test
    void lost_devices_are_counted_by_site_of_all_that_are_there() {
        NightsCompared tonight = compared();
        tonight.add(number(1)
                .at("north")
                .lost(CRITICAL, LONG_AGO, Outcome.RAISED, "UNKNOWN")
                .rated());
        tonight.add(number(2).at("north").rated());
        tonight.add(number(3).at("south").rated());

        assertThat(report(tonight).lost().groups()).containsExactly(new Group("north", 1, 2));
    }

    @Test
    void what_was_never_measured_is_counted_and_is_in_no_class() {
        NightsCompared tonight = compared();
        tonight.add(number(1).battery(100).signal(-150).rated());
        tonight.add(number(2).rated());

        FleetReport.Distributions spread = report(tonight).distributions();

        assertThat(spread.battery().now().counts().getLast()).isOne();
        assertThat(spread.signal().now().counts().getFirst()).isOne();
        assertThat(spread.battery().unmeasured()).isOne();
        assertThat(spread.battery().now().total()).isOne();
    }

    private NightsCompared compared() {
        return compared(before, 100);
    }

    private static NightsCompared compared(NightBefore then, int most) {
        return new NightsCompared(then, NIGHT, NIGHT.plus(Duration.ofDays(30)), most);
    }

    private static FleetReport report(NightsCompared compared) {
        return compared.report(
                new Night("by-hand", NIGHT, Optional.empty(), new Coverage(1, 1, 1, true, false)),
                new JudgedBy(List.of(), List.of()),
                new OwnFaults(List.of(), Map.of(), List.of(), 0, 0, 0, List.of()));
    }

    private static List<ChangeKind> kinds(List<Change> changes) {
        return changes.stream().map(Change::kind).toList();
    }
}
