package dev.fleetline.alert;

import dev.fleetline.alert.Alert.Care;
import dev.fleetline.alert.Alert.Ended;
import dev.fleetline.alert.Alert.Flapping;
import dev.fleetline.alert.Alert.Holding;
import dev.fleetline.alert.Alert.Open;
import dev.fleetline.alert.Alert.Suppressor;
import dev.fleetline.alert.Alert.Told;
import dev.fleetline.alert.Occurrence.Acknowledge;
import dev.fleetline.alert.Occurrence.Found;
import dev.fleetline.alert.Occurrence.Resolve;
import dev.fleetline.alert.Occurrence.Snooze;
import dev.fleetline.device.Condition;
import dev.fleetline.device.Finding;
import dev.fleetline.device.Severity;
import dev.fleetline.fleetevents.FleetEvent.Word;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The life of an alert. Decides what an occurrence does to it; never acts.
 *
 * <pre>
 * state         happens            becomes       told
 * over          gone               over          -
 * over          worse              told          Raised
 * over          acknowledge        already over  -
 * over          snooze             already over  -
 * over          resolve            already over  -
 * over          resolve, it holds  already over  -
 * untold        same               told          Raised
 * untold        worse              told          Raised
 * untold        better             told          Raised
 * untold        due                told          Raised
 * untold        gone               over          -
 * untold        acknowledge        acknowledged  Acknowledged
 * untold        snooze             snoozed       Snoozed
 * untold        resolve            over          Cleared
 * untold        resolve, it holds  still holds   -
 * told          same               told          -
 * told          worse              told          Escalated
 * told          better             told          Eased
 * told          due                told          Reminded
 * told          gone               over          Cleared
 * told          acknowledge        acknowledged  Acknowledged
 * told          snooze             snoozed       Snoozed
 * told          resolve            over          Cleared
 * told          resolve, it holds  still holds   -
 * acknowledged  same               acknowledged  -
 * acknowledged  worse              told          Escalated
 * acknowledged  better             acknowledged  Eased
 * acknowledged  gone               over          Cleared
 * acknowledged  acknowledge        refused       -
 * acknowledged  snooze             snoozed       Snoozed
 * acknowledged  resolve            over          Cleared
 * acknowledged  resolve, it holds  still holds   -
 * snoozed       same               snoozed       -
 * snoozed       worse              told          Escalated
 * snoozed       better             snoozed       -
 * snoozed       due                told          Reminded
 * snoozed       gone               over          Cleared
 * snoozed       acknowledge        acknowledged  Acknowledged
 * snoozed       snooze             snoozed       Snoozed
 * snoozed       resolve            over          Cleared
 * snoozed       resolve, it holds  still holds   -
 * </pre>
 *
 * <p>Over is what never was or has ended; each raise has the next number. Untold is an open alert of which people have
 * not heard. Worse and better are measured against what was held, and against what people were told where that is still
 * another thing. Due is the reminder, or the end of the snooze.
 *
 * <p>Some words are held back; what the alert becomes is kept all the same, and it stays untold, or told of what it was:
 *
 * <ul>
 *   <li>Raised, Escalated, Eased and Reminded: on arrival of a report when they rest on something older than {@link
 *       #TOO_LATE_TO_TELL}; and while a wider alert is told instead.
 *   <li>Raised and Eased: while the condition flaps, which is said once in their place; not the first raise at critical,
 *       and not for longer than a reminder takes.
 *   <li>All four and Flapping: when there is no room for one more message today; not the first that is critical.
 * </ul>
 *
 * <p>Silence is never begun, worsened or told on arrival of a report: behind one that comes late there may be the next
 * one, and only a pass knows that there is none. A loss is not begun or worsened when it is rated either, only when the
 * carrier has been asked; and it ends by a report that is newer than it, whatever excuses the silence by then. A conflict of identities is the one thing that a person may resolve while it holds.
 */
public final class AlertLife {

    /** A reading older than this when it arrives is not told on arrival. */
    public static final Duration TOO_LATE_TO_TELL = Duration.ofHours(24);

    private final AlertSettings settings;
    private final Discretion discretion;

    public AlertLife(AlertSettings settings) {
        this.settings = settings;
        this.discretion = new Discretion(settings);
    }

    /** What makes somebody judge. */
    public enum Occasion {
        /** A report that arrived. */
        ARRIVAL,
        /** The first step of a pass: silence that may be a loss is asked about before it is told. */
        RATING,
        /** A pass that has asked, or need not. */
        SWEEP
    }

    /** Where an alert is in its life. */
    enum State {
        OVER,
        UNTOLD,
        TOLD,
        ACKNOWLEDGED,
        SNOOZED
    }

    /** What happens to it, in the words of the table. */
    enum Happening {
        GONE,
        SAME,
        WORSE,
        BETTER,
        DUE,
        ACKNOWLEDGE,
        SNOOZE,
        RESOLVE,
        RESOLVE_IT_HOLDS
    }

    /** What becomes of the stored alert. */
    public sealed interface Step {
        /** It stays as it is. */
        record Unchanged() implements Step {}

        /**
         * It goes on, and people hear {@code word}, or nothing.
         *
         * @param held whether there was a word and it was held back
         */
        record GoesOn(Open next, Optional<Word> word, boolean held) implements Step {}

        /** It is over; people hear of it if they had heard that it began, or if one of them said so. */
        record Ends(Open last, Ended next, Optional<Word> word) implements Step {}

        /** It was over before. */
        record AlreadyOver() implements Step {}

        /** It cannot be resolved, since the condition holds. */
        record StillHolds() implements Step {}

        /** It cannot be done, and this is why, in a sentence. */
        record Refused(String reason) implements Step {}
    }

    /** The step that the occurrence leads to at {@code now}. */
    public Step next(Alert stored, Occurrence occurrence, Instant now) {
        return switch (occurrence) {
            case Found found -> next(stored, found, now);
            case Acknowledge(var by, var why) -> acknowledged(stored, new Care.Acknowledged(by, why, now), now);
            case Snooze(var by, var why, var until) -> snoozed(stored, new Care.Snoozed(by, why, until), now);
            case Resolve(var _, var _, var holds) -> resolved(stored, holds);
        };
    }

    static State state(Alert stored) {
        return switch (stored) {
            case Alert.Never _, Ended _ -> State.OVER;
            case Open open ->
                switch (open.care()) {
                    case Care.Acknowledged _ -> State.ACKNOWLEDGED;
                    case Care.Snoozed _ -> State.SNOOZED;
                    case Care.None _ -> open.told().isEmpty() ? State.UNTOLD : State.TOLD;
                };
        };
    }

    /** What people hear when this happens, before anything is held back. */
    private static Optional<Word> word(State state, Happening happening) {
        return switch (happening) {
            case SAME -> state == State.UNTOLD ? Optional.of(Word.RAISED) : Optional.empty();
            case DUE -> Optional.of(state == State.UNTOLD ? Word.RAISED : Word.REMINDED);
            case WORSE ->
                Optional.of(
                        switch (state) {
                            case OVER, UNTOLD -> Word.RAISED;
                            case TOLD, ACKNOWLEDGED, SNOOZED -> Word.ESCALATED;
                        });
            case BETTER ->
                switch (state) {
                    case OVER, UNTOLD -> Optional.of(Word.RAISED);
                    case TOLD, ACKNOWLEDGED -> Optional.of(Word.EASED);
                    case SNOOZED -> Optional.empty();
                };
            case GONE ->
                switch (state) {
                    case OVER, UNTOLD -> Optional.empty();
                    case TOLD, ACKNOWLEDGED, SNOOZED -> Optional.of(Word.CLEARED);
                };
            case ACKNOWLEDGE -> Optional.of(Word.ACKNOWLEDGED);
            case SNOOZE -> Optional.of(Word.SNOOZED);
            case RESOLVE -> Optional.of(Word.CLEARED);
            case RESOLVE_IT_HOLDS -> Optional.empty();
        };
    }

    private Step next(Alert stored, Found found, Instant now) {
        Finding finding = found.finding();
        if (!mayBeSaid(stored, finding, found.occasion()) || isOnlyExcused(stored, finding)) {
            return new Step.Unchanged();
        }
        State state = state(stored);
        Happening happening = happening(stored, finding, now);
        Optional<Word> word = word(state, happening);
        return switch (stored) {
            case Open open when happening == Happening.GONE -> ended(open, word, discretion.flapping(open, found));
            case Alert.Never _, Ended _ when happening == Happening.GONE -> new Step.Unchanged();
            case Open open -> goesOn(open, open, found, happening, word, now);
            case Alert.Never _, Ended _ -> goesOn(stored, begun(stored, found, now), found, happening, word, now);
        };
    }

    /** Whether the finding counts on this occasion: silence must be looked into before it begins or worsens anything. */
    static boolean mayBeSaid(Alert stored, Finding finding, Occasion occasion) {
        return switch (occasion) {
            case ARRIVAL -> !finding.isSilence() || !finding.severity().isWorseThan(severity(stored));
            case RATING -> !finding.isSilence() || finding.condition() != Condition.NETWORK_LOST;
            case SWEEP -> true;
        };
    }

    /**
     * Whether a loss would end or ease without a report that is newer than it: our own fault excuses a silence, or a setting
     * does, and that is no sign of life.
     */
    private static boolean isOnlyExcused(Alert stored, Finding finding) {
        Instant heard = finding.severity() == Severity.NONE ? finding.evaluatedAt() : finding.since();
        return stored instanceof Open open
                && open.subject() instanceof Subject.OfDevice
                && finding.condition() == Condition.NETWORK_LOST
                && severity(stored).isWorseThan(finding.severity())
                && !heard.isAfter(open.holding().since());
    }

    private static Severity severity(Alert stored) {
        return stored instanceof Open open ? open.holding().severity() : Severity.NONE;
    }

    private static Happening happening(Alert stored, Finding finding, Instant now) {
        Severity found = finding.severity();
        if (found == Severity.NONE) {
            return Happening.GONE;
        }
        Severity held = severity(stored);
        if (found.isWorseThan(held)) {
            return Happening.WORSE;
        }
        if (!(stored instanceof Open open)) {
            return Happening.SAME;
        }
        boolean isDue = open.due().filter(due -> !due.isAfter(now)).isPresent();
        if (open.care() instanceof Care.Snoozed) {
            return isDue ? Happening.DUE : found == held ? Happening.SAME : Happening.BETTER;
        }
        Severity known = open.told().map(Told::severity).orElse(found);
        if (found == held && found.isWorseThan(known)) {
            return Happening.WORSE;
        }
        if (found != held || found != known) {
            return Happening.BETTER;
        }
        return isDue ? Happening.DUE : Happening.SAME;
    }

    private Step goesOn(Alert stored, Open open, Found found, Happening happening, Optional<Word> wanted, Instant now) {
        Discretion.Said said = discretion.of(open, found, wanted, now);
        Severity severity = found.finding().severity();
        Optional<Told> told = said.word().isPresent()
                ? Optional.of(open.told()
                        .map(before -> before.then(severity, now))
                        .orElseGet(() -> Told.first(severity, now)))
                : open.told();
        Optional<Suppressor> suppressor = told.isPresent() ? Optional.empty() : suppressor(open, found);
        boolean isAsItWas = stored instanceof Open
                && said.word().isEmpty()
                && severity == open.holding().severity()
                && suppressor.equals(open.suppressedBy())
                && said.flapping().equals(open.flapping());
        if (isAsItWas) {
            return new Step.Unchanged();
        }
        boolean isCareOver = happening == Happening.WORSE
                || (happening == Happening.DUE && said.word().isPresent());
        Care care = isCareOver ? new Care.None() : open.care();
        return new Step.GoesOn(
                changed(open, holding(found, open), told, care, suppressor, said.flapping()), said.word(), said.held());
    }

    /** That the wider alert is over, a pass finds out, which then tells of this one. */
    private static Optional<Suppressor> suppressor(Open open, Found found) {
        return found.occasion() == Occasion.SWEEP
                ? found.suppressor()
                : found.suppressor().or(open::suppressedBy);
    }

    private Step acknowledged(Alert stored, Care.Acknowledged care, Instant now) {
        return switch (stored) {
            case Alert.Never _, Ended _ -> new Step.AlreadyOver();
            case Open open
            when open.care() instanceof Care.Acknowledged(var by, var why, var _) ->
                by.equals(care.by()) && why.equals(care.why())
                        ? new Step.Unchanged()
                        : new Step.Refused(by + " has acknowledged it already: " + why);
            case Open open -> caredFor(open, care, Word.ACKNOWLEDGED, now);
        };
    }

    private Step snoozed(Alert stored, Care.Snoozed care, Instant now) {
        Instant latest = now.plus(settings.snoozeAtMost());
        return switch (stored) {
            case Alert.Never _, Ended _ -> new Step.AlreadyOver();
            case Open open when open.care().equals(care) -> new Step.Unchanged();
            case Open _
            when !care.until().isAfter(now) ->
                new Step.Refused("it can be snoozed only until a time that is still to come, not " + care.until());
            case Open _
            when care.until().isAfter(latest) ->
                new Step.Refused(
                        "it can be snoozed for " + settings.snoozeAtMost().toDays() + " days at most, until " + latest
                                + ", not until " + care.until());
            case Open open -> caredFor(open, care, Word.SNOOZED, now);
        };
    }

    /** Who says something of it knows how bad it is. */
    private Step caredFor(Open open, Care care, Word word, Instant now) {
        Severity severity = open.holding().severity();
        Told told = open.told()
                .map(before -> before.then(severity, before.at()))
                .orElseGet(() -> Told.first(severity, now));
        Open next = changed(open, open.holding(), Optional.of(told), care, Optional.empty(), open.flapping());
        return new Step.GoesOn(next, Optional.of(word), false);
    }

    private Step resolved(Alert stored, boolean holds) {
        return switch (stored) {
            case Alert.Never _, Ended _ -> new Step.AlreadyOver();
            case Open open
            when open.condition() == Condition.IDENTITY_CONFLICT ->
                ended(open, Optional.of(Word.CLEARED), open.flapping());
            case Open open -> holds ? new Step.StillHolds() : ended(open, Optional.of(Word.CLEARED), open.flapping());
        };
    }

    private Step ended(Open open, Optional<Word> word, Flapping flapping) {
        Open last = changed(open, open.holding(), open.told(), open.care(), open.suppressedBy(), flapping);
        return new Step.Ends(
                last, new Ended(open.subject(), open.condition(), open.number(), flapping, open.version()), word);
    }

    private static Open begun(Alert before, Found found, Instant now) {
        return new Open(
                before.subject(),
                before.condition(),
                before.number() + 1,
                0,
                now,
                new Holding(
                        Severity.NONE, found.finding().since(), found.finding().cause(), found.verified()),
                Optional.empty(),
                new Care.None(),
                Optional.empty(),
                before.flapping(),
                Optional.empty(),
                before.version());
    }

    private static Holding holding(Found found, Open before) {
        Finding finding = found.finding();
        return new Holding(
                finding.severity(),
                finding.since(),
                finding.cause(),
                found.verified().or(() -> before.holding().verified()));
    }

    private Open changed(
            Open open,
            Holding holding,
            Optional<Told> told,
            Care care,
            Optional<Suppressor> suppressor,
            Flapping flapping) {
        return new Open(
                open.subject(),
                open.condition(),
                open.number(),
                open.sequence() + 1,
                open.openedAt(),
                holding,
                told,
                care,
                suppressor,
                flapping,
                due(open, told, care, suppressor),
                open.version());
    }

    private Optional<Instant> due(Open open, Optional<Told> told, Care care, Optional<Suppressor> suppressor) {
        return switch (care) {
            case Care.Snoozed snoozed -> Optional.of(snoozed.until());
            case Care.Acknowledged _ -> Optional.empty();
            // whoever ends the wider alert looks at those under it
            case Care.None _ when suppressor.isPresent() -> Optional.empty();
            case Care.None _ ->
                Optional.of(told.map(Told::at).orElse(open.openedAt()).plus(settings.remindAfter()));
        };
    }
}
