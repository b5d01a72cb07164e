package dev.fleetline.alert;

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

    /** Counts the changes of the stored entry; 0 when nothing is stored. */
    long version();

    /** The same entry as the book holds it under this version. */
    Alert at(long storedVersion);

    /** There has never been one. */
    record Never(Subject subject, Condition condition) implements Alert {
        @Override
        public int number() {
            return 0;
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
     * @param told the last that people heard of it; empty while they have not been told
     */
    record Open(
            Subject subject,
            Condition condition,
            int number,
            int sequence,
            Holding holding,
            Optional<Told> told,
            long version)
            implements Alert {

        /** One per alert, the same in all its events. */
        public String alertId() {
            return Digest.of(subject.key(), condition, number);
        }

        @Override
        public Open at(long storedVersion) {
            return new Open(subject, condition, number, sequence, holding, told, storedVersion);
        }
    }

    /** The last one is over; only its number is kept, for the next. */
    record Ended(Subject subject, Condition condition, int number, long version) implements Alert {
        @Override
        public Ended at(long storedVersion) {
            return new Ended(subject, condition, number, storedVersion);
        }
    }

    /** What holds and since when. */
    record Holding(Severity severity, Instant since, Cause cause) {}

    /** What people were told last. */
    record Told(Severity severity, Instant at) {}
}
