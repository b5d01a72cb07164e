package dev.fleetline.thingspacesimulator.load;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.EnumMap;
import java.util.Map;

/**
 * What became of reports, by their fate. A report has arrived when a copy of it was answered 2xx, and is given up when no copy
 * was and none will be sent any more.
 */
final class Counts {

    /** What is counted. */
    enum What {
        SENT("sent"),
        ARRIVED("arrived"),
        GIVEN_UP("givenUp"),
        /** Copies answered 2xx. */
        ACCEPTED("accepted"),
        /** Attempts after the first. */
        RESENT("resent");

        private final String spelling;

        What(String spelling) {
            this.spelling = spelling;
        }
    }

    private final Map<What, Map<Fate, Integer>> counts = new EnumMap<>(What.class);

    Counts() {
        for (What what : What.values()) {
            counts.put(what, new EnumMap<>(Fate.class));
        }
    }

    synchronized void add(What what, Fate fate) {
        counts.getOrDefault(what, Map.of()).merge(fate, 1, Integer::sum);
    }

    synchronized void writeTo(ObjectNode json) {
        counts.forEach((what, byFate) -> {
            ObjectNode object = json.putObject(what.spelling);
            for (Fate fate : Fate.values()) {
                object.put(fate.spelling(), byFate.getOrDefault(fate, 0));
            }
        });
    }
}
