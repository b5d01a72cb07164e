package dev.fleetline.device;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * How much of the last evaluations of a condition changed its state, recent ones counting for more. An evaluation is a
 * reading, or a wake that came in time, or a loss, or a return; never a tick.
 */
final class Unrest {

    private static final int EVALUATIONS = 21;

    /** The oldest change counts for this much of an average one, the newest for as much more. */
    private static final double OLDEST = 0.8;

    private Unrest() {}

    /** In percent; evaluations that were not made yet count as quiet ones. */
    static double of(List<Severity> states) {
        int changes = EVALUATIONS - 1;
        int first = states.size() - changes;
        double unrest = 0;
        for (int i = Math.max(1, first); i < states.size(); i++) {
            if (states.get(i) != states.get(i - 1)) {
                unrest += OLDEST + (i - first) * 2 * (1 - OLDEST) / (changes - 1);
            }
        }
        return 100 * unrest / changes;
    }

    /** The state before the readings that are still in the window, and after each of them. */
    static List<Severity> ofMeasure(Vitals vitals, Measure measure, HealthNumbers numbers) {
        return vitals.standings(measure, numbers).stream()
                .map(standing -> standing.state().severity())
                .toList();
    }

    /** The state at the end of each silence and after it; the present one has not ended. */
    static List<Severity> ofNetwork(Vitals vitals, Duration lostAfter, Severity present) {
        List<Severity> states = new ArrayList<>(List.of(Severity.NONE));
        List<Instant> starts = vitals.wakes().starts();
        for (int i = 1; i < starts.size(); i++) {
            if (Duration.between(starts.get(i - 1), starts.get(i)).compareTo(lostAfter) >= 0) {
                states.add(Severity.WARNING);
            }
            states.add(Severity.NONE);
        }
        if (present != Severity.NONE) {
            states.add(Severity.WARNING);
        }
        return states;
    }
}
