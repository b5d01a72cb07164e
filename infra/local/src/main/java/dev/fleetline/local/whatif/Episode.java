package dev.fleetline.local.whatif;

import static java.util.Objects.requireNonNull;

import dev.fleetline.device.Condition;
import dev.fleetline.device.Severity;
import java.time.Instant;
import java.util.Optional;

/**
 * A time in which a condition held: what one alert is about.
 *
 * @param worst how bad it became
 * @param to when it was over; empty when it was not at the end of the last night
 */
public record Episode(Condition condition, Severity worst, Instant from, Optional<Instant> to) {

    public Episode {
        requireNonNull(condition, "condition");
        requireNonNull(worst, "worst");
        requireNonNull(from, "from");
        requireNonNull(to, "to");
    }

    Episode stillAs(Severity severity) {
        return severity.isWorseThan(worst) ? new Episode(condition, severity, from, to) : this;
    }

    Episode over(Instant at) {
        return new Episode(condition, worst, from, Optional.of(at));
    }

    /** Whether both are about the same trouble: the one has begun before the other was over. */
    boolean isThatOf(Episode other) {
        return condition == other.condition
                && from.isBefore(other.to.orElse(Instant.MAX))
                && other.from.isBefore(to.orElse(Instant.MAX));
    }
}
