package dev.fleetline.streamsubscription;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * What a repair has deleted in order to make it anew, as far as that is known. While something may be missing the repair
 * does not give up at a "no" but waits and tries again: what it leaves so, stays so until somebody repairs. Its rounds are
 * counted; where the platform is so slow that Lambda ends it first, the next try looks and goes on.
 */
final class TakenAway {

    private static final int ROUNDS = 3;
    private static final int ROUNDS_WHILE_MISSING = 6;
    private static final Duration WAIT = Duration.ofSeconds(10);

    private final Consumer<Duration> pause;
    private final Set<String> missing = new TreeSet<>();

    /** Nothing is missing yet; {@code pause} waits, or in a test records it. */
    TakenAway(Consumer<Duration> pause) {
        this.pause = pause;
    }

    /** A round begins that may delete these. */
    void mayBe(Collection<String> replaced) {
        missing.addAll(replaced);
    }

    /** A look has shown what is not there and has to be made; of what was taken away the rest is back, or not wanted. */
    void isOnly(Collection<String> toBeMade) {
        missing.retainAll(toBeMade);
    }

    boolean isNothing() {
        return missing.isEmpty();
    }

    /** Whether it may still be tried; rounds count from one. */
    boolean isWorthRound(int round) {
        return round <= (missing.isEmpty() ? ROUNDS : ROUNDS_WHILE_MISSING);
    }

    /** Before it is tried again after a "no". */
    void waits() {
        pause.accept(WAIT);
    }

    /** How a part ends that did not come to its end. */
    PartReply ended(String part, List<String> done, String why) {
        return missing.isEmpty()
                ? PartReply.failed(part, done, why)
                : new PartReply(
                        part,
                        PartReply.HALF_DONE,
                        done,
                        List.of("deleted and not made anew: " + String.join(", ", missing), why));
    }
}
