package dev.fleetline.local.bench.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetline.fleetgenerator.FleetPlan;
import dev.fleetline.fleetgenerator.GeneratedFleet;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The measure in small: the same rules on fewer devices and fewer nights. */
class FleetPlayTest {

    @Test
    void a_fleet_whose_truth_is_known_is_told_as_it_is() {
        GeneratedFleet fleet = new GeneratedFleet(new FleetPlan(5, 300, 16, Instant.parse("2026-03-01T00:00:00Z")));

        ScoreTable table = new ScoreTable(
                new Score(fleet, new FleetPlay(fleet).run(_ -> {}).alerts()));

        assertThat(table.missed()).as("%s", String.join("\n", table.lines())).isEmpty();
    }
}
