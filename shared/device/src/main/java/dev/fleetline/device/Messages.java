package dev.fleetline.device;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;

/**
 * What people were told about one device lately, so that nobody is told too often.
 *
 * @param at when the last messages went out, oldest first
 * @param held how many were held back since the last one that went out
 */
public record Messages(List<Instant> at, int held) {

    /** For how long a message counts. */
    public static final Duration WINDOW = Duration.ofHours(24);

    /** No more are remembered; a cap cannot be higher. */
    public static final int REMEMBERED = 24;

    /** Of a device that nobody was told about. */
    public static final Messages NONE = new Messages(List.of(), 0);

    public Messages {
        at = List.copyOf(at);
        if (at.size() > REMEMBERED || held < 0) {
            throw new IllegalArgumentException(
                    "at most " + REMEMBERED + " messages and none less than held: " + at.size() + " and " + held);
        }
    }

    /** Whether one more stays within {@code most} in {@link #WINDOW}. */
    public boolean hasRoom(int most, Instant now) {
        return counted(now).count() < most;
    }

    /** With the one that goes out now and tells how many were held back before it. */
    public Messages told(Instant now) {
        List<Instant> all = Stream.concat(counted(now), Stream.of(now.truncatedTo(ChronoUnit.MILLIS)))
                .sorted()
                .toList();
        return new Messages(all.subList(Math.max(0, all.size() - REMEMBERED), all.size()), 0);
    }

    /** With one more that was held back. */
    public Messages heldBack() {
        return new Messages(at, held + 1);
    }

    private Stream<Instant> counted(Instant now) {
        Instant from = now.minus(WINDOW);
        return at.stream().filter(moment -> moment.isAfter(from));
    }
}
