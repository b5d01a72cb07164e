package dev.fleetline.device;

import java.time.Instant;
import java.util.List;

/**
 * How restless a condition is. An evaluation is a new reading (battery, signal), or a wake or a loss (network): time that
 * passes is none.
 */
public final class Unrest {

    /** How many evaluations count. */
    static final int EVALUATIONS = 21;

    /** What the oldest change counts for, and the newest. */
    private static final double OLDEST = 0.8;

    private static final double NEWEST = 1.2;

    private final HealthSettings settings;

    public Unrest(HealthSettings settings) {
        this.settings = settings;
    }

    /** How much of the last evaluations changed the state, percent, recent ones counting for more. */
    public double of(Device device, Condition condition, Instant now) {
        return 0;
    }

    /** The same of these states, oldest first. As long as they are few, those that are missing count as unchanged. */
    static double percent(List<Severity> states) {
        List<Severity> last = states.subList(Math.max(0, states.size() - EVALUATIONS), states.size());
        int changes = EVALUATIONS - 1;
        double weight = 0;
        for (int newer = last.size() - 1, place = changes - 1; newer > 0; newer--, place--) {
            if (last.get(newer) != last.get(newer - 1)) {
                weight += OLDEST + (NEWEST - OLDEST) * place / (changes - 1);
            }
        }
        return 100 * weight / changes;
    }
}
