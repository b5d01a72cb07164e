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

        /** A week has weekends, and a gap of one and a half of the usual one is none to wake people for. */
        private static final int GAPS_UNTIL_SILENT = 3;

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
         * The same, heard again; itself when that is no news. Once it has habits a gap at most doubles the usual one, so
         * that an outage does not become a habit.
         */
        public Heard again(Instant at) {
            Duration gap = Duration.between(last, at);
            if (gap.compareTo(AT_MOST_EVERY) < 0) {
                return this;
            }
            Duration remembered =
                    Duration.ofMillis((long) (usualGap.toMillis() * Math.pow(0.5, gap.toMillis() / HALF_LIFE_MILLIS)));
            Duration counted = hasHabits(last) ? least(gap, usualGap.multipliedBy(2)) : gap;
            return new Heard(first, at, most(remembered, counted));
        }

        /** For how long it may be silent before that means something; at least {@code least}. */
        public Duration patience(Duration least) {
            return most(usualGap.multipliedBy(GAPS_UNTIL_SILENT), least);
        }

        /** Whether it is silent for longer than it ever is; never while it has no habits. */
        public boolean isSilent(Instant now, Duration least) {
            return hasHabits(last) && Duration.between(last, now).compareTo(patience(least)) > 0;
        }

        private boolean hasHabits(Instant at) {
            return Duration.between(first, at).compareTo(UNTIL_IT_HAS_HABITS) >= 0;
        }

        private static Duration least(Duration one, Duration other) {
            return one.compareTo(other) < 0 ? one : other;
        }

        private static Duration most(Duration one, Duration other) {
            return one.compareTo(other) < 0 ? other : one;
        }
    }
}
