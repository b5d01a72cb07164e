package dev.fleetline.callback;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** When something last came from each source of deliveries, and what is usual for it. */
public interface Hearing {

    /** How often a source is noted at most: what comes sooner after the last changes nothing. */
    Duration AT_MOST_EVERY = Duration.ofMinutes(1);

    /**
     * Notes that a source was heard. Never fails because somebody else notes the same at the same time: then theirs
     * counts.
     *
     * @param source as in {@link Delivery#source()}
     */
    void heard(String source, Instant at);

    /** What is known of a source; empty when nothing ever came from it. */
    Optional<Heard> of(String source);

    /** From now on nothing is known of a source. */
    void forget(String source);

    /**
     * A source's past in three numbers.
     *
     * @param first when it was heard for the first time
     * @param last when it was heard last
     * @param usualGap the longest while between two deliveries, forgotten by half in a week
     */
    record Heard(Instant first, Instant last, Duration usualGap) {

        private static final double HALF_LIFE_MILLIS = Duration.ofDays(7).toMillis();

        /** What was heard for less than this has no habits yet. */
        private static final Duration UNTIL_IT_HAS_HABITS = Duration.ofDays(3);

        /**
         * A device looks lost after twice its interval and some slack, and the usual gap of a stream is at most the
         * interval of its devices: so it is silent before they look lost. More than two would be later, and less would
         * be silence each time that a report is missed.
         */
        private static final int GAPS_UNTIL_SILENT = 2;

        /** The usual gap grows by a quarter at most: after an outage, too, silence is to come before loss. */
        private static final int GROWS_BY_A = 4;

        public Heard {
            requireNonNull(first, "first");
            requireNonNull(last, "last");
            requireNonNull(usualGap, "usualGap");
        }

        /** A source that is heard for the first time. */
        public static Heard forTheFirstTime(Instant at) {
            return new Heard(at, at, Duration.ZERO);
        }

        /**
         * The same, heard again; itself when that is no news. Once it has habits a gap counts for a quarter more than the
         * usual one at most, so that an outage does not become a habit.
         */
        public Heard again(Instant at) {
            Duration gap = Duration.between(last, at);
            if (gap.compareTo(AT_MOST_EVERY) < 0) {
                return this;
            }
            Duration remembered =
                    Duration.ofMillis((long) (usualGap.toMillis() * Math.pow(0.5, gap.toMillis() / HALF_LIFE_MILLIS)));
            Duration counted = hasHabits() ? least(gap, usualGap.plus(usualGap.dividedBy(GROWS_BY_A))) : gap;
            return new Heard(first, at, most(remembered, counted));
        }

        /** For how long it may be silent before that means something; at least {@code least}. */
        public Duration patience(Duration least) {
            Duration usual = most(usualGap.multipliedBy(GAPS_UNTIL_SILENT), least);
            return hasHabits() ? usual : most(usual, UNTIL_IT_HAS_HABITS);
        }

        /**
         * Whether it is silent for longer than it ever is.
         *
         * @param setUpAt since when it can be heard; what was heard before was by something that is gone
         */
        public boolean isSilent(Instant now, Duration least, Instant setUpAt) {
            Instant since = last.isBefore(setUpAt) ? setUpAt : last;
            return Duration.between(since, now).compareTo(patience(least)) > 0;
        }

        /** Whether it was heard for long enough that its gaps say when it should speak again. */
        public boolean hasHabits() {
            return Duration.between(first, last).compareTo(UNTIL_IT_HAS_HABITS) >= 0;
        }

        private static Duration least(Duration one, Duration other) {
            return one.compareTo(other) < 0 ? one : other;
        }

        private static Duration most(Duration one, Duration other) {
            return one.compareTo(other) < 0 ? other : one;
        }
    }
}
