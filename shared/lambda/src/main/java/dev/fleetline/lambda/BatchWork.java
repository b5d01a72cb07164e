package dev.fleetline.lambda;

import java.util.List;

/**
 * Work on the messages of a queue, the last step of which may be taken for several of them together.
 *
 * @param <T> what a message has come to that is ready for its last step
 */
public interface BatchWork<T> {

    /** Does for one message what it needs by itself. An exception is "again", and nobody else's trouble. */
    Step<T> begin(String body);

    /**
     * Takes the last step of those that are ready: a verdict for each, in their order. What it cannot end in good order
     * before the deadline it does not begin, and says "again". An exception is "again" for all of them.
     */
    List<Verdict> end(List<T> ready, Deadline deadline);

    /** What a message has come to by itself. */
    sealed interface Step<T> {

        /** Nothing is left to do. */
        record Over<T>(Verdict verdict) implements Step<T> {}

        /** Its last step is left. */
        record Ready<T>(T what) implements Step<T> {}
    }
}
