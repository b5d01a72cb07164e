package dev.fleetline.alert;

import static java.util.Objects.requireNonNull;

import dev.fleetline.device.Condition;
import dev.fleetline.device.Finding.Cause;
import dev.fleetline.device.Severity;
import dev.fleetline.fleetevents.Digest;
import java.time.Instant;
import java.util.Optional;

/** What the book holds about one condition of one subject. */
public sealed interface Alert {

    Subject subject();

    Condition condition();

    /** How many alerts of this kind this subject has had, this one included. */
    int number();

    /** How restless the condition is, which outlives each of its alerts. */
    Flapping flapping();

    /** Counts the changes of the stored entry; 0 when nothing is stored. */
    long version();

    /** The same entry as the book holds it under this version. */
    Alert at(long storedVersion);

    /** One per alert, the same in all its events. */
    static String id(Subject subject, Condition condition, int number) {
        return Digest.of(subject.key(), condition, number);
    }

    /** There has never been one. */
    record Never(Subject subject, Condition condition) implements Alert {
        @Override
        public int number() {
            return 0;
        }

        @Override
        public Flapping flapping() {
            return Flapping.CALM;
        }

        @Override
        public long version() {
            return 0;
        }

        @Override
        public Alert at(long storedVersion) {
            return this;
        }
    }

    /**
     * The condition holds.
     *
     * @param sequence counts the changes of this alert, told or not
     * @param openedAt when it was found
     * @param told the last that people heard of it; empty while they have not been told
     * @param suppressedBy the wider alert that people were told instead
     * @param due when it must be looked at again though nothing has happened: at the end of a snooze, or when nobody has
     *     heard of it for long; empty when somebody has acknowledged it
     */
    record Open(
            Subject subject,
            Condition condition,
            int number,
            int sequence,
            Instant openedAt,
            Holding holding,
            Optional<Told> told,
            Care care,
            Optional<Suppressor> suppressedBy,
            Flapping flapping,
            Optional<Instant> due,
            long version)
            implements Alert {

        public Open {
            requireNonNull(holding, "holding");
            requireNonNull(care, "care");
        }

        public String alertId() {
            return id(subject, condition, number);
        }

        /** In one word, as events have it. */
        public String status() {
            return switch (care) {
                case Care.Snoozed _ -> "snoozed";
                case Care.Acknowledged _ -> "acknowledged";
                case Care.None _ -> suppressedBy.isPresent() && told.isEmpty() ? "suppressed" : "open";
            };
        }

        @Override
        public Open at(long storedVersion) {
            return new Open(
                    subject,
                    condition,
                    number,
                    sequence,
                    openedAt,
                    holding,
                    told,
                    care,
                    suppressedBy,
                    flapping,
                    due,
                    storedVersion);
        }
    }

    /** The last one is over; what is kept is for the next. */
    record Ended(Subject subject, Condition condition, int number, Flapping flapping, long version) implements Alert {

        @Override
        public Ended at(long storedVersion) {
            return new Ended(subject, condition, number, flapping, storedVersion);
        }
    }

    /**
     * What holds and since when.
     *
     * @param since when it began, in the device's own time
     * @param verified whether the carrier was asked and knows no better; empty where nobody has to ask
     */
    record Holding(Severity severity, Instant since, Cause cause, Optional<Boolean> verified) {}

    /**
     * What people were told last.
     *
     * @param worst the worst that they were told of this alert
     */
    record Told(Severity severity, Severity worst, Instant at) {

        /** The first that they hear. */
        public static Told first(Severity severity, Instant at) {
            return new Told(severity, severity, at);
        }

        Told then(Severity next, Instant now) {
            return new Told(next, next.isWorseThan(worst) ? next : worst, now);
        }
    }

    /** What a person has taken on. */
    sealed interface Care {

        /** Nobody has said anything. */
        record None() implements Care {}

        /** Somebody knows: no reminders any more. */
        record Acknowledged(String by, String why, Instant at) implements Care {}

        /** Nobody hears of it before then, unless it gets worse or ends. */
        record Snoozed(String by, String why, Instant until) implements Care {}
    }

    /** The wider alert under which others are kept and not told. */
    record Suppressor(Subject subject, Condition condition, int number) {

        static Suppressor of(Open wider) {
            return new Suppressor(wider.subject(), wider.condition(), wider.number());
        }

        public String alertId() {
            return id(subject, condition, number);
        }
    }

    /**
     * Whether the condition comes and goes so often that its coming is not told.
     *
     * @param said whether people were told that it flaps, and it has not become calm since
     * @param criticalTold whether a raise at critical was told since then: only the first one is
     */
    record Flapping(boolean said, boolean criticalTold) {

        /** It comes and goes as seldom as it should. */
        public static final Flapping CALM = new Flapping(false, false);
    }
}
