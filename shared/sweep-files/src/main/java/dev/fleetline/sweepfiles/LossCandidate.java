package dev.fleetline.sweepfiles;

import static java.util.Objects.requireNonNull;

import dev.fleetline.device.Condition;
import dev.fleetline.device.Finding.Cause;
import dev.fleetline.device.Imei;
import dev.fleetline.device.Severity;
import java.time.Instant;
import java.util.Optional;

/**
 * A device that looks lost, before anybody is told; a line of {@link SweepFolder#candidates}.
 *
 * @param carrier {@code core} or {@code m2m}: whom to ask about it
 * @param condition {@code NETWORK_LOST}
 * @param since since when it is silent
 * @param overdue its silence as a multiple of what it is allowed, 1 and more
 * @param alreadyOpen whether its alert is open already, this bad or worse: not news, but it counts
 * @param knownCause why, as that alert has it
 */
public record LossCandidate(
        Imei imei,
        String account,
        String carrier,
        Optional<String> site,
        Optional<String> cell,
        Condition condition,
        Severity severity,
        Instant since,
        double overdue,
        boolean alreadyOpen,
        Optional<Cause> knownCause) {

    public LossCandidate {
        requireNonNull(imei, "imei");
        requireNonNull(condition, "condition");
        requireNonNull(severity, "severity");
        requireNonNull(since, "since");
    }
}
