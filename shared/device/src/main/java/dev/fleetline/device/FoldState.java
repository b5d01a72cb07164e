package dev.fleetline.device;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * Where the fold over a measure's readings stands after some reading.
 *
 * @param last the reading it has come to
 * @param run how many readings in a row have been under the warning line without a condition yet
 * @param since when the present condition began; empty when there is none
 * @param occurrences how many readings the present condition has lasted
 */
public record FoldState(Severity severity, int run, Optional<Reading> last, Optional<Instant> since, int occurrences) {

    /** Before the first reading. */
    public static final FoldState START = new FoldState(Severity.NONE, 0, Optional.empty(), Optional.empty(), 0);

    /** How many readings in a row it takes for a warning; for a critical one is enough. */
    static final int RUN_FOR_WARNING = 2;

    public FoldState {
        requireNonNull(severity, "severity");
    }

    /** The state after one more reading, which is newer than all before. */
    FoldState next(Reading reading, Lines lines) {
        double value = reading.value();
        boolean charging = reading.charging() == Charging.YES;
        boolean falling = last.isPresent() && value < last.get().value();
        boolean rising = last.isPresent() && value > last.get().value();

        boolean critical = lines.crossesCritical(value) && (!charging || falling);
        boolean low = lines.crossesWarning(value) && !charging;
        int runNow = low ? run + 1 : 0;

        Severity now =
                switch (severity) {
                    case NONE -> critical ? Severity.CRITICAL : runNow >= RUN_FOR_WARNING ? Severity.WARNING : severity;
                    case WARNING -> {
                        if (critical) {
                            yield Severity.CRITICAL;
                        }
                        yield lines.clearsWarning(value) || (charging && rising) ? Severity.NONE : severity;
                    }
                    case CRITICAL -> {
                        if ((charging && rising) || lines.clearsWarning(value)) {
                            yield Severity.NONE;
                        }
                        yield lines.clearsCritical(value) ? Severity.WARNING : severity;
                    }
                };
        if (now == Severity.NONE) {
            return new FoldState(now, runNow, Optional.of(reading), Optional.empty(), 0);
        }
        boolean begins = severity == Severity.NONE;
        return new FoldState(
                now,
                runNow,
                Optional.of(reading),
                begins ? Optional.of(reading.at()) : since,
                begins ? 1 : occurrences + 1);
    }
}
