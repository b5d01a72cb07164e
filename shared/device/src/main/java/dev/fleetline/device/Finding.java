package dev.fleetline.device;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What is true of one condition of one device now. A finding of severity NONE is a finding too: it is what ends an
 * alert.
 *
 * @param since when the condition began; the time of judging when there is none
 * @param observed the value that decided, where one did
 * @param expected how often the device was expected, where silence is what was judged
 * @param limit for how long nothing came, and for how long nothing may, where that decided
 * @param evaluatedAt the time of the newest thing that the finding rests on (a reading, or now for silence)
 */
public record Finding(
        Condition condition,
        Severity severity,
        Instant since,
        Optional<Observed> observed,
        Cause cause,
        int occurrences,
        Instant evaluatedAt,
        Optional<Expected> expected,
        Optional<Limit> limit) {

    /** Of something else than silence. */
    public Finding(
            Condition condition,
            Severity severity,
            Instant since,
            Optional<Observed> observed,
            Cause cause,
            int occurrences,
            Instant evaluatedAt) {
        this(condition, severity, since, observed, cause, occurrences, evaluatedAt, Optional.empty(), Optional.empty());
    }

    /** That the condition does not hold, or that nobody asks any more whether it does. */
    public static Finding none(Condition condition, Instant now) {
        return new Finding(condition, Severity.NONE, now, Optional.empty(), Cause.UNKNOWN, 0, now);
    }

    /**
     * Whether nothing but silence shows it: it holds since the last report, or since there should have been a first, and is
     * true only now.
     */
    public boolean isSilence() {
        return (condition == Condition.NETWORK_LOST || condition == Condition.NEVER_SEEN)
                && severity != Severity.NONE
                && evaluatedAt.isAfter(since);
    }

    /** A value against its line. */
    public record Observed(Measure measure, Reading reading, double line, double clearAt, String origin, Trend trend) {}

    /** That nothing came for too long; {@code origin} is who says how long is too long, or {@code learned}. */
    public record Limit(Duration lasted, Duration allowed, String origin) {}

    /** The same finding, which this decided. */
    Finding by(Limit decided) {
        return new Finding(
                condition, severity, since, observed, cause, occurrences, evaluatedAt, expected, Optional.of(decided));
    }

    /** Where a value is going, from the last two readings. */
    public enum Trend {
        FALLING,
        STEADY,
        RISING
    }

    /** Why, as far as what is known can tell; the first that fits, in this order. */
    public enum Cause {
        /** The carrier's line is suspended or deactivated. */
        SIM_INACTIVE,
        /** The battery was at its end, or its end date had passed. */
        FLAT_BATTERY,
        /** The last that was heard of its radio was bad. */
        OUT_OF_COVERAGE,
        /** The carrier saw a connection after the last report. */
        APP_SILENT,
        /** Nothing that is stored explains it. */
        UNKNOWN
    }
}
