package dev.fleetline.local.bench.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetline.fleetgenerator.FleetPlan;
import dev.fleetline.fleetgenerator.GeneratedFleet;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The measure in small: the same rules on so few devices and nights that one of a kind counts for much. */
class FleetPlayIT {

    @Test
    void a_fleet_whose_truth_is_known_is_told_as_it_is() {
        GeneratedFleet fleet = new GeneratedFleet(new FleetPlan(5, 204, 14, Instant.parse("2026-03-01T00:00:00Z")));

        Score score = new Score(fleet, new FleetPlay(fleet).run(_ -> {}).alerts());

        String table = String.join("\n", new ScoreTable(score).lines());
        assertThat(score.falseLossesOfSleepers()).as(table).isZero();
        assertThat(score.causes()).as(table).allSatisfy(cause -> {
            assertThat(cause.incidents()).isPositive();
            assertThat(cause.recall()).isGreaterThanOrEqualTo(0.8);
            assertThat(cause.precision()).isGreaterThanOrEqualTo(0.8);
        });
        assertThat(score.conditions()).as(table).allSatisfy(condition -> {
            assertThat(condition.incidents()).isPositive();
            assertThat(condition.recall()).isEqualTo(1);
            // there are so few that one more or less is many percent
            assertThat(condition.told() - condition.toldTruly()).isLessThanOrEqualTo(1);
        });
        assertThat(score.outages()).as(table).isNotEmpty().allSatisfy(outage -> assertThat(outage.wide())
                .isEqualTo(1));
        assertThat(score.faultsTold()).as(table).containsExactly(1, 1);
    }
}
