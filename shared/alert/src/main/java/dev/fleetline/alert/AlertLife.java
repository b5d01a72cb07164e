package dev.fleetline.alert;

import dev.fleetline.alert.Alert.Holding;
import dev.fleetline.alert.Alert.Told;
import dev.fleetline.device.Finding;
import dev.fleetline.device.Severity;
import dev.fleetline.fleetevents.FleetEvent.Word;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Decides what a finding does to an alert.
 *
 * <pre>
 * stored          finding             becomes              told
 * never, ended    none                unchanged            -
 * never, ended    warning, critical   open, next number    Raised
 * open            the same            unchanged            - (Raised, Escalated or Eased if a late reading kept it untold)
 * open            worse               open, worse          Escalated
 * open            better              open, better         Eased
 * open            none                ended                Cleared, if it had been told
 * </pre>
 *
 * On arrival of a report, a finding that rests on something older than {@link #TOO_LATE_TO_TELL} changes the alert and
 * is not told; the next pass over the fleet tells what is still true. Silence is never begun, worsened or told on
 * arrival: behind a report that comes late there may be the next one, and only a pass knows that there is none.
 */
public final class AlertLife {

    /** A reading older than this when it arrives is not told on arrival. */
    public static final Duration TOO_LATE_TO_TELL = Duration.ofHours(24);

    private AlertLife() {}

    /** What makes somebody judge: a report that arrived, or a pass over the fleet. */
    public enum Occasion {
        ARRIVAL,
        SWEEP
    }

    /** What becomes of the stored alert. */
    public sealed interface Step {
        /** It stays as it is. */
        record Unchanged() implements Step {}

        /** It goes on, and people hear {@code word}, or nothing. */
        record GoesOn(Alert.Open next, Optional<Word> word) implements Step {}

        /** It is over; people hear of it if they had heard that it began. */
        record Ends(Alert.Open last, Alert.Ended next, Optional<Word> word) implements Step {}
    }

    /** The step that {@code finding} leads to, judged at {@code now}. */
    public static Step next(Alert stored, Finding finding, Occasion occasion, Instant now) {
        boolean isPass = occasion == Occasion.SWEEP;
        if (!isPass && finding.isSilence() && finding.severity().isWorseThan(severity(stored))) {
            return new Step.Unchanged();
        }
        boolean tellable =
                isPass || (!finding.isSilence() && !finding.evaluatedAt().isBefore(now.minus(TOO_LATE_TO_TELL)));
        return switch (stored) {
            case Alert.Open open -> {
                if (finding.severity() == Severity.NONE) {
                    yield ended(open);
                }
                yield continued(open, finding, tellable, now);
            }
            case Alert.Never _, Alert.Ended _ -> {
                if (finding.severity() == Severity.NONE) {
                    yield new Step.Unchanged();
                }
                yield begun(stored, finding, tellable, now);
            }
        };
    }

    private static Severity severity(Alert stored) {
        return stored instanceof Alert.Open open ? open.holding().severity() : Severity.NONE;
    }

    private static Step begun(Alert before, Finding finding, boolean tellable, Instant now) {
        Alert.Open open = new Alert.Open(
                before.subject(),
                before.condition(),
                before.number() + 1,
                1,
                holding(finding),
                tellable ? Optional.of(new Told(finding.severity(), now)) : Optional.empty(),
                before.version());
        return new Step.GoesOn(open, tellable ? Optional.of(Word.RAISED) : Optional.empty());
    }

    private static Step continued(Alert.Open open, Finding finding, boolean tellable, Instant now) {
        Optional<Word> word = tellable ? unsaid(open, finding.severity()) : Optional.empty();
        if (word.isEmpty() && finding.severity() == open.holding().severity()) {
            return new Step.Unchanged();
        }
        Alert.Open next = new Alert.Open(
                open.subject(),
                open.condition(),
                open.number(),
                open.sequence() + 1,
                holding(finding),
                word.isPresent() ? Optional.of(new Told(finding.severity(), now)) : open.told(),
                open.version());
        return new Step.GoesOn(next, word);
    }

    /** What people have not been told yet, if anything. */
    private static Optional<Word> unsaid(Alert.Open open, Severity severity) {
        if (open.told().isEmpty()) {
            return Optional.of(Word.RAISED);
        }
        Severity said = open.told().get().severity();
        if (said == severity) {
            return Optional.empty();
        }
        return Optional.of(severity.isWorseThan(said) ? Word.ESCALATED : Word.EASED);
    }

    private static Step ended(Alert.Open open) {
        Alert.Open last = new Alert.Open(
                open.subject(),
                open.condition(),
                open.number(),
                open.sequence() + 1,
                open.holding(),
                open.told(),
                open.version());
        return new Step.Ends(
                last,
                new Alert.Ended(open.subject(), open.condition(), open.number(), open.version()),
                open.told().map(_ -> Word.CLEARED));
    }

    private static Holding holding(Finding finding) {
        return new Holding(finding.severity(), finding.since(), finding.cause());
    }
}
