package dev.fleetline.device;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When a device must be judged though nothing is heard of it. Each move of that moment costs a write, so a report does not
 * move it later: whoever finds it reached and the device alive moves it on. A report moves it earlier when it would
 * otherwise be more than an interval too late, as when a device begins to report more often.
 */
final class Watch {

    private Watch() {}

    /**
     * Of a device that has just come from one state into another: at once, and whoever looks then finds out when again. One
     * that is not judged any more is looked at once more, since something of it may be open.
     */
    static Optional<Instant> firstLook(Lifecycle before, Lifecycle next) {
        boolean isWatched = next.isJudged()
                || before.isJudged()
                || (next instanceof Lifecycle.Suspended suspended
                        && suspended.until().isPresent());
        return isWatched ? Optional.of(next.since()) : Optional.empty();
    }

    /** After a report that made the one device the other. */
    static Optional<Instant> dueAfter(Device before, Device after, Health health) {
        if (!after.lifecycle().isJudged()) {
            return after.due();
        }
        Optional<Instant> wanted = health.dueAt(after);
        if (wanted.isEmpty() || before.due().isEmpty()) {
            return wanted;
        }
        Duration interval = health.expected(after, Circumstances.NONE).interval();
        return wanted.get().isBefore(before.due().get().minus(interval)) ? wanted : before.due();
    }
}
