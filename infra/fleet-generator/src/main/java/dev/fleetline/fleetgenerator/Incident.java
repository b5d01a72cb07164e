package dev.fleetline.fleetgenerator;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * Something that really went wrong, and when.
 *
 * @param member whose, where it is one device's
 * @param site whose, where it is a site's
 * @param until when it was over; the end of the fleet's life where it never was
 */
public record Incident(What what, Optional<Member> member, Optional<String> site, Instant from, Instant until) {

    public Incident {
        requireNonNull(what, "what");
        if (!until.isAfter(from)) {
            throw new IllegalArgumentException("an incident ends after it began: " + from + " to " + until);
        }
    }

    /** What went wrong. */
    public enum What {
        /** The battery was empty; it could not report. */
        BATTERY_EMPTY(true),
        /** Out of reach of the network. */
        OUT_OF_COVERAGE(true),
        /** The line was suspended. */
        LINE_SUSPENDED(true),
        /** Its program hung; the radio went on. */
        PROGRAM_HUNG(true),
        /** No power, which nothing announced. */
        UNPLUGGED(true),
        /** No power, for the nth time in two days. */
        BAD_PLUG(true),
        /** All devices of a site at once. */
        SITE_OUTAGE(true),
        /** None of our reports came, of any device, and it was our own fault. */
        DEAD_TOKEN(false),
        /** It has never reported. */
        NEVER_SEEN(false),
        /** The battery was at or under 20 %. */
        BATTERY_LOW(false),
        /** It has a battery and does not tell of it. */
        BATTERY_UNTOLD(false),
        /** The signal was under −110 dBm. */
        SIGNAL_WEAK(false);

        private final boolean loss;

        What(boolean loss) {
            this.loss = loss;
        }

        /** Whether a device that had reported could not any more. */
        public boolean isLoss() {
            return loss;
        }
    }

    /** Whether it was going on then. */
    public boolean covers(Instant moment) {
        return !moment.isBefore(from) && moment.isBefore(until);
    }

    /** Whether some of it lies in that time. */
    public boolean overlaps(Instant begin, Instant end) {
        return from.isBefore(end) && begin.isBefore(until);
    }

    static Incident of(Member member, What what, Instant from, Instant until) {
        return new Incident(what, Optional.of(member), Optional.empty(), from, until);
    }
}
