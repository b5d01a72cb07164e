package dev.fleetline.device;

import java.time.Instant;
import java.util.Optional;

/**
 * What is true of one condition of one device now. A finding of severity NONE is a finding too: it is what ends an
 * alert.
 *
 * @param since when the condition began; the time of judging when there is none
 * @param observed the value that decided, where one did
 * @param evaluatedAt the time of the newest thing that the finding rests on (a reading, or now for silence)
 */
public record Finding(
        Condition condition,
        Severity severity,
        Instant since,
        Optional<Observed> observed,
        Cause cause,
        int occurrences,
        Instant evaluatedAt) {

    /** That the condition does not hold, or that nobody asks any more whether it does. */
    public static Finding none(Condition condition, Instant now) {
        return new Finding(condition, Severity.NONE, now, Optional.empty(), Cause.UNKNOWN, 0, now);
    }

    /** Whether it is a loss that nothing but silence shows: it holds since the last report, and is true only now. */
    public boolean isSilence() {
        return condition == Condition.NETWORK_LOST && severity != Severity.NONE && evaluatedAt.isAfter(since);
    }

    /** A value against its line. */
    public record Observed(Measure measure, Reading reading, double line, double clearAt, String origin, Trend trend) {}

    /** Where a value is going, from the last two readings. */
    public enum Trend {
        FALLING,
        STEADY,
        RISING
    }

    /** Why, as far as what is stored can tell. */
    public enum Cause {
        /** The battery was at its end, or the device says so. */
        FLAT_BATTERY,
        /** The last that was heard of its radio was bad. */
        OUT_OF_COVERAGE,
        /** Nothing that is stored explains it. */
        UNKNOWN
    }
}
