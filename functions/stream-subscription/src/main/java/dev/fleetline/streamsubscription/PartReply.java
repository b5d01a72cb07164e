package dev.fleetline.streamsubscription;

import java.util.List;

/**
 * What became of one part: the streams of a platform, the listeners, one stream that was watched.
 *
 * @param outcome in one or two words
 * @param steps what was done, or in a dry run would be
 * @param notes what a person may want to know
 */
public record PartReply(String part, String outcome, List<String> steps, List<String> notes) {

    static final String IN_ORDER = "in-order";
    static final String REPAIRED = "repaired";
    static final String DIFFERS = "differs";
    static final String FAILED = "failed";

    /** All is done that can be, and something that is wanted is somebody else's. */
    static final String TAKEN = "taken";

    /** Failed between deleting something and making it anew. */
    static final String HALF_DONE = "half-done";

    static final String NOT_SET_UP = "not-set-up";
    static final String SET_UP_ALREADY = "set-up-already";
    static final String ALREADY_AT_IT = "already-at-it";
    static final String TORN_DOWN = "torn-down";
    static final String BROKEN = "broken";
    static final String UNKNOWN = "unknown";

    /** Copies the lists. */
    public PartReply {
        steps = List.copyOf(steps);
        notes = List.copyOf(notes);
    }

    static PartReply of(String part, String outcome, String... notes) {
        return new PartReply(part, outcome, List.of(), List.of(notes));
    }

    /** All went well; {@code taken} says what is somebody else's. */
    static PartReply done(String part, List<String> steps, List<String> taken) {
        return ended(part, REPAIRED, steps, taken);
    }

    /** What would be done. */
    static PartReply planned(String part, List<String> steps, List<String> taken) {
        return ended(part, DIFFERS, steps, taken);
    }

    private static PartReply ended(String part, String outcome, List<String> steps, List<String> taken) {
        if (!taken.isEmpty()) {
            return new PartReply(part, TAKEN, steps, taken);
        }
        return new PartReply(part, steps.isEmpty() ? IN_ORDER : outcome, steps, taken);
    }

    /** It went so far and no further; the next repair goes on from there. */
    static PartReply failed(String part, List<String> steps, String why) {
        return new PartReply(part, FAILED, steps, List.of(why));
    }

    boolean isFailed() {
        return outcome.equals(FAILED) || isHalfDone();
    }

    boolean isTaken() {
        return outcome.equals(TAKEN);
    }

    boolean isHalfDone() {
        return outcome.equals(HALF_DONE);
    }
}
