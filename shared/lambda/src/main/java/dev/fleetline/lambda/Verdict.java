package dev.fleetline.lambda;

import java.time.Duration;
import java.util.Optional;

/** What became of one record of a batch; the loop turns it into the event source's answer. */
public sealed interface Verdict {

    /** It is done, or was done before. */
    record Done(String outcome) implements Verdict {}

    /** It will never succeed: the loop sends it to the dead-letter queue and writes one line. */
    record Dead(String reason) implements Verdict {}

    /** Not now. On a queue it comes back after {@code notBefore}, where given, else when its visibility ends. */
    record Again(String reason, Optional<Duration> notBefore) implements Verdict {
        public Again(String reason) {
            this(reason, Optional.empty());
        }
    }
}
