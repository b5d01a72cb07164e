package dev.fleetline.lambda;

import static java.util.Objects.requireNonNull;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Everything a function takes from where it runs: its settings, time, waiting, chance. In AWS the process's own; the
 * local runner and tests give theirs, and the function cannot tell the difference.
 */
public record Surroundings(Map<String, String> environment, InstantSource clock, Pause pause, RandomGenerator random) {

    public Surroundings {
        environment = Map.copyOf(environment);
        requireNonNull(clock, "clock");
        requireNonNull(pause, "pause");
        requireNonNull(random, "random");
    }

    /** The process's environment variables, the system's clock, real waiting, and chance that nobody can guess. */
    public static Surroundings ofProcess() {
        return new Surroundings(System.getenv(), InstantSource.system(), Pause.real(), new SecureRandom());
    }
}
