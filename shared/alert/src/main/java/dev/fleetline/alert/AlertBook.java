package dev.fleetline.alert;

import dev.fleetline.device.Condition;
import dev.fleetline.device.Consequences;
import dev.fleetline.device.Device;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where alerts are kept. What is said of one subject is read as it is now; lists of many may miss what was written in the
 * last second.
 */
public interface AlertBook {

    /** Every alert that the subject has or had, in no particular order; conditions that never were are not listed. */
    List<Alert> of(Subject subject);

    /**
     * Stores the alert if the stored one still has {@code alert.version()} and what it was decided on still holds,
     * together with the consequences: all of it or nothing.
     */
    Written write(Alert alert, Basis basis, Consequences consequences);

    /** At most {@code limit} of the alerts that are open now, in no order that anybody may rely on. */
    Page open(Optional<String> startAfter, int limit);

    /** Every alert that is open now. */
    default List<Alert.Open> open() {
        List<Alert.Open> all = new ArrayList<>();
        Optional<String> from = Optional.empty();
        do {
            Page page = open(from, 500);
            all.addAll(page.alerts());
            from = page.next();
        } while (from.isPresent());
        return List.copyOf(all);
    }

    /** The open alerts that are about more than one device: few, and cheap to ask for. */
    List<Alert.Open> together();

    /** At most {@code limit} open alerts whose reminder or end of a snooze has come by then, longest due first. */
    List<Entry> due(Instant until, int limit);

    /** Where an alert is found. */
    record Entry(Subject subject, Condition condition) {}

    /**
     * Some of the open alerts.
     *
     * @param next what to go on with, opaque; empty when these were the last
     */
    record Page(List<Alert.Open> alerts, Optional<String> next) {
        public Page {
            alerts = List.copyOf(alerts);
        }
    }

    /** On what a change of an alert was decided; it must still hold when the change is written. */
    sealed interface Basis {

        /**
         * The device as it was judged, and as the change leaves it, where it changes it: that a message is counted, or a
         * conflict settled. Its ids stay what they are.
         */
        record OnDevice(Device judged, Optional<Device> changed) implements Basis {
            public OnDevice(Device judged) {
                this(judged, Optional.empty());
            }
        }

        /** A pass over the fleet, which {@code holder} has claimed once and for all. */
        record OnPass(String claim, String holder) implements Basis {}

        /** A person's word, which needs no more than the alert itself. */
        record OnWord() implements Basis {}
    }

    /** What came of writing. */
    enum Written {
        STORED,
        /** The alert or what it was decided on has changed since it was read: read and judge again. */
        CHANGED,
        /** The pass is not the holder's, or not any more: leave it. */
        NOT_OURS
    }
}
