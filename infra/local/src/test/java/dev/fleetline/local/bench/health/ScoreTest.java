package dev.fleetline.local.bench.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetline.fleetgenerator.FleetPlan;
import dev.fleetline.fleetgenerator.GeneratedFleet;
import dev.fleetline.fleetgenerator.Incident;
import dev.fleetline.fleetgenerator.Incident.What;
import dev.fleetline.fleetgenerator.Kind;
import dev.fleetline.fleetgenerator.Member;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The judge judged: what is told as it was, is right; what is not, is wrong, and counted where it belongs. */
class ScoreTest {

    private static final Map<What, String> CAUSES = Map.of(
            What.BATTERY_EMPTY, "FLAT_BATTERY",
            What.OUT_OF_COVERAGE, "OUT_OF_COVERAGE",
            What.LINE_SUSPENDED, "SIM_INACTIVE",
            What.PROGRAM_HUNG, "APP_SILENT",
            What.UNPLUGGED, "UNKNOWN",
            What.BAD_PLUG, "UNKNOWN");
    private static final Map<What, String> CONDITIONS = Map.of(
            What.BATTERY_LOW, "BATTERY_LOW",
            What.SIGNAL_WEAK, "SIGNAL_WEAK",
            What.NEVER_SEEN, "NEVER_SEEN",
            What.BATTERY_UNTOLD, "BATTERY_UNKNOWN");

    private final GeneratedFleet fleet =
            new GeneratedFleet(new FleetPlan(3, 600, 30, Instant.parse("2026-03-01T00:00:00Z")));

    @Test
    void who_tells_everything_as_it_is_and_once_misses_nothing() {
        ScoreTable table = new ScoreTable(new Score(fleet, truth()));

        assertThat(table.missed()).as("%s", table.lines()).isEmpty();
    }

    @Test
    void who_tells_nothing_misses_every_recall() {
        assertThat(new ScoreTable(new Score(fleet, List.of())).missed())
                .anyMatch(missed -> missed.contains("recall of cause FLAT_BATTERY"))
                .anyMatch(missed -> missed.contains("site outages"))
                .noneMatch(missed -> missed.contains("precision"));
    }

    @Test
    void a_loss_told_with_another_cause_is_found_and_not_told_rightly() {
        List<ToldAlert> told = truth().stream()
                .map(alert -> alert.cause().filter("APP_SILENT"::equals).isPresent()
                        ? with(alert, "UNKNOWN", alert.at())
                        : alert)
                .toList();
        Score score = new Score(fleet, told);

        Score.Row silent = row(score, "APP_SILENT");
        assertThat(silent.incidents()).isPositive().isEqualTo(silent.found());
        assertThat(silent.rightly()).isZero();
        assertThat(row(score, "UNKNOWN").precision()).isLessThan(1);
    }

    @Test
    void a_loss_that_is_told_only_when_the_device_is_back_is_not_found() {
        List<ToldAlert> told = truth().stream()
                .map(alert -> alert.isLoss()
                        ? with(alert, alert.cause().orElse(""), fleet.plan().end())
                        : alert)
                .toList();

        assertThat(row(new Score(fleet, told), "SIM_INACTIVE").found()).isZero();
    }

    @Test
    void a_sleeper_told_lost_is_a_false_loss() {
        Member sleeper = fleet.members().stream()
                .filter(member -> member.kind() == Kind.SLEEPING)
                .findFirst()
                .orElseThrow();
        List<ToldAlert> told = new ArrayList<>(truth());
        told.add(loss(sleeper, "UNKNOWN", fleet.plan().start().plus(Duration.ofDays(3))));
        Score score = new Score(fleet, told);

        assertThat(score.falseLossesOfSleepers()).isPositive();
        assertThat(score.falseAlerts()).containsOnly(Map.entry("NETWORK_LOST of SLEEPING", 1L));
    }

    @Test
    void a_site_told_twice_or_by_its_devices_is_seen() {
        Incident outage = incident(What.SITE_OUTAGE);
        Member there = fleet.members().stream()
                .filter(member -> member.site().equals(outage.site()))
                .findFirst()
                .orElseThrow();
        List<ToldAlert> told = new ArrayList<>(truth());
        told.add(wide(
                "Site", "site#" + outage.site().orElseThrow(), outage.from().plusSeconds(7_300)));
        told.add(loss(there, "UNKNOWN", outage.from().plusSeconds(7_200)));

        assertThat(new Score(fleet, told).outages())
                .filteredOn(one -> one.incident().equals(outage))
                .allSatisfy(one -> {
                    assertThat(one.wide()).isEqualTo(2);
                    assertThat(one.single()).isEqualTo(1);
                });
    }

    private List<ToldAlert> truth() {
        return fleet.incidents().stream().map(this::toldOf).toList();
    }

    private ToldAlert toldOf(Incident incident) {
        What what = incident.what();
        Instant at = incident.from().plus(Duration.ofHours(1));
        if (what == What.SITE_OUTAGE) {
            return wide("Site", "site#" + incident.site().orElseThrow(), at);
        }
        if (what == What.DEAD_TOKEN) {
            return wide("Platform", "platform#core", at);
        }
        Member member = incident.member().orElseThrow();
        return what.isLoss()
                ? loss(member, CAUSES.getOrDefault(what, ""), at)
                : new ToldAlert(
                        "Device",
                        "device#" + member.imei().digits(),
                        CONDITIONS.getOrDefault(what, ""),
                        at,
                        Optional.empty(),
                        List.of("Raised"));
    }

    private static ToldAlert wide(String about, String subject, Instant at) {
        return new ToldAlert(about, subject, "NETWORK_LOST", at, Optional.empty(), List.of("Raised", "Cleared"));
    }

    private static ToldAlert loss(Member member, String cause, Instant at) {
        return new ToldAlert(
                "Device",
                "device#" + member.imei().digits(),
                "NETWORK_LOST",
                at,
                Optional.of(cause).filter(named -> !named.equals("UNKNOWN")),
                List.of("Raised", "Cleared"));
    }

    private static ToldAlert with(ToldAlert alert, String cause, Instant at) {
        return new ToldAlert(
                alert.about(),
                alert.subject(),
                alert.condition(),
                at,
                Optional.of(cause).filter(named -> !named.equals("UNKNOWN")),
                alert.words());
    }

    private Incident incident(What what) {
        return fleet.incidents().stream()
                .filter(incident -> incident.what() == what)
                .findFirst()
                .orElseThrow();
    }

    private static Score.Row row(Score score, String cause) {
        return score.causes().stream()
                .filter(row -> row.name().equals(cause))
                .findFirst()
                .orElseThrow();
    }
}
