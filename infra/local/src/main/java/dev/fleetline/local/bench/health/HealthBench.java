package dev.fleetline.local.bench.health;

import dev.fleetline.fleetgenerator.FleetPlan;
import dev.fleetline.fleetgenerator.GeneratedFleet;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Both measures, one after the other. */
public final class HealthBench {

    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");

    private final Path project;
    private final Optional<FleetPlan> plan;
    private final List<Integer> passes = new ArrayList<>();
    private final List<String> missed = new ArrayList<>();

    /**
     * Of a fleet of so many devices over so many nights, and of passes over so many devices each; 0 devices for none.
     *
     * @throws IllegalArgumentException when these are no numbers to measure anything with
     */
    public HealthBench(Path project, long seed, int devices, int nights, int... passes) {
        this.project = project;
        this.plan = Optional.of(devices)
                .filter(count -> count != 0)
                .map(count -> new FleetPlan(seed, count, nights, START));
        for (int pass : passes) {
            if (pass < 0 || pass > 1_000_000) {
                throw new IllegalArgumentException("a pass is over 0 to 1000000 devices: " + pass);
            }
            if (pass > 0) {
                this.passes.add(pass);
            }
        }
    }

    /** Tells what it finds, line by line, and if it {@code explains}, what was told wrongly; whether every target is met. */
    public boolean run(Consumer<String> tell, boolean explains) {
        plan.ifPresent(wanted -> play(wanted, tell, explains));
        if (!passes.isEmpty()) {
            pass(tell);
        }
        tell.accept("");
        tell.accept(missed.isEmpty() ? "every target is met" : "MISSED: " + String.join("; ", missed));
        return missed.isEmpty();
    }

    private void play(FleetPlan wanted, Consumer<String> tell, boolean explains) {
        GeneratedFleet fleet = new GeneratedFleet(wanted);
        FleetPlay play = new FleetPlay(fleet);
        long began = System.nanoTime();
        Score score = new Score(fleet, play.run(tell).alerts());
        ScoreTable table = new ScoreTable(score);
        tell.accept("%d devices, %d nights, seed %d: %d reports played in %d s"
                .formatted(
                        wanted.devices(),
                        wanted.days(),
                        wanted.seed(),
                        play.reports(),
                        (System.nanoTime() - began) / 1_000_000_000));
        tell.accept("");
        table.lines().forEach(tell);
        if (explains) {
            score.wrong().forEach(tell);
        }
        missed.addAll(table.missed());
    }

    private void pass(Consumer<String> tell) {
        PassLoad load = new PassLoad(project, true);
        PassTable costs = new PassTable(passes.stream().map(load::run).toList());
        tell.accept("");
        costs.lines().forEach(tell);
        missed.addAll(costs.missed());
    }
}
