package dev.fleetline.bulkonboarding;

import dev.fleetline.fleetevents.FleetEvent.BulkCounts;
import java.util.EnumMap;
import java.util.Map;

/** Counts the rows of a file by what becomes of them; not for several threads. */
final class Tally {

    private final Map<Fate, Integer> counts = new EnumMap<>(Fate.class);

    /** What becomes of a row. */
    enum Fate {
        /** It is ordered, or would be. */
        ORDERED,
        /** The device is in service with this SIM. */
        IN_SERVICE,
        /** The device is on its way with this SIM. */
        ORDERED_ALREADY,
        /** It breaks a rule. */
        FAULTY,
        /** It says otherwise than another row, or the same. */
        DUPLICATE,
        /** It says otherwise than what is registered. */
        CONFLICT,
        /** It is good, and the bus did not take it. */
        UNSENT;

        /** Whether its device has, or will have, what the row wants. */
        boolean isGood() {
            return this == ORDERED || this == IN_SERVICE || this == ORDERED_ALREADY;
        }
    }

    void add(Fate fate) {
        counts.merge(fate, 1, Integer::sum);
    }

    BulkCounts counts() {
        return new BulkCounts(
                counts.values().stream().mapToInt(Integer::intValue).sum(),
                of(Fate.ORDERED),
                of(Fate.IN_SERVICE),
                of(Fate.ORDERED_ALREADY),
                of(Fate.FAULTY),
                of(Fate.DUPLICATE),
                of(Fate.CONFLICT),
                of(Fate.UNSENT));
    }

    /** How a file with these rows has come out. */
    String outcome() {
        boolean some = counts.keySet().stream().anyMatch(Fate::isGood);
        boolean all = counts.keySet().stream().allMatch(Fate::isGood);
        if (some && all) {
            return BulkReply.COMPLETE;
        }
        return some ? BulkReply.PARTLY : BulkReply.NOTHING;
    }

    private int of(Fate fate) {
        return counts.getOrDefault(fate, 0);
    }
}
