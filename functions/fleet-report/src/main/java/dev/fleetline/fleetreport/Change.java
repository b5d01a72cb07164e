package dev.fleetline.fleetreport;

import static java.util.Objects.requireNonNull;

import dev.fleetline.device.Condition;
import dev.fleetline.device.Severity;
import dev.fleetline.fleetreport.RatedDevice.Named;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/**
 * What has become of one trouble of one device since the night before.
 *
 * @param where in words
 * @param state what it is now, and what it was
 */
record Change(ChangeKind kind, Named device, String where, Condition condition, State state) {

    /** The worst first, then who has had it longest. */
    static final Comparator<Change> WORST_FIRST = Comparator.comparing(
                    (Change change) -> change.state().worst(), Comparator.reverseOrder())
            .thenComparing(change -> change.state().since())
            .thenComparing(change -> change.device().imei().digits())
            .thenComparing(Change::condition);

    Change {
        requireNonNull(kind, "kind");
        requireNonNull(device, "device");
        requireNonNull(where, "where");
        requireNonNull(condition, "condition");
        requireNonNull(state, "state");
    }

    /**
     * What a trouble is and was.
     *
     * @param now NONE when it is over, or when nobody knows
     * @param before NONE when it was not there
     */
    record State(
            Severity now,
            Severity before,
            Optional<String> cause,
            Instant since,
            boolean unverified,
            boolean suppressed) {

        Severity worst() {
            return now.isWorseThan(before) ? now : before;
        }
    }
}
