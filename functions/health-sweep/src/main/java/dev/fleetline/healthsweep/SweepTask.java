package dev.fleetline.healthsweep;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.fleetline.alert.JudgeDevice.Judged;
import dev.fleetline.device.Imei;
import java.time.Instant;
import java.util.Optional;

/** What a sweep is asked to do, told apart by {@code task}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "task")
@JsonSubTypes({
    @JsonSubTypes.Type(value = SweepTask.Plan.class, name = "plan"),
    @JsonSubTypes.Type(value = SweepTask.Rate.class, name = "rate"),
    @JsonSubTypes.Type(value = SweepTask.Platform.class, name = "platform"),
    @JsonSubTypes.Type(value = SweepTask.Verify.class, name = "verify"),
    @JsonSubTypes.Type(value = SweepTask.Conclude.class, name = "conclude"),
    @JsonSubTypes.Type(value = SweepTask.Overdue.class, name = "overdue"),
    @JsonSubTypes.Type(value = SweepTask.Sweep.class, name = "sweep")
})
sealed interface SweepTask {

    /** More parts than anybody's fleet needs; their names have four digits. */
    int MOST_SEGMENTS = 1_000;

    /**
     * Claim a pass over the whole fleet, and say of what segments it is.
     *
     * @param at the time for which it was scheduled; now when it is left out
     * @param sweepId its name, when it is one by hand
     * @param holder who does it, a try again included
     */
    record Plan(Optional<Instant> at, Optional<String> sweepId, String holder) implements SweepTask {
        public Plan {
            requireNonNull(holder, "holder");
        }
    }

    /** Judge one segment of the fleet, from behind {@code startAfter}; {@code part} counts how often it was gone on with. */
    record Rate(Pass pass, int segment, int of, Optional<String> startAfter, int part) implements SweepTask {
        public Rate {
            requireNonNull(pass, "pass");
            checkSegments(of);
            if (segment < 0 || segment >= of) {
                throw new IllegalArgumentException(
                        "segment counts from 0 and must be under of (" + of + "): " + segment);
            }
            startAfter.ifPresent(Imei::new);
        }

        /** Without the device, whose id is for no log. */
        @Override
        public String toString() {
            return "Rate[" + pass.sweepId() + ", segment " + segment + " of " + of + ", part " + part + "]";
        }
    }

    /** Look whether our own tokens, streams and listeners are well. */
    record Platform(Pass pass) implements SweepTask {
        public Platform {
            requireNonNull(pass, "pass");
        }
    }

    /** Ask the carriers about the devices that look lost. */
    record Verify(Pass pass, int of) implements SweepTask {
        public Verify {
            requireNonNull(pass, "pass");
            checkSegments(of);
        }
    }

    /** Decide and tell, from the loss of that number on. */
    record Conclude(Pass pass, int of, int from, int part, Optional<Judged> soFar) implements SweepTask {
        public Conclude {
            requireNonNull(pass, "pass");
            checkSegments(of);
            if (from < 0 || part < 0) {
                throw new IllegalArgumentException("from and part count from 0: " + from + ", " + part);
            }
        }
    }

    /** Judge what is due; one invocation does all of it. */
    record Overdue(Optional<String> sweepId) implements SweepTask {}

    /**
     * Judge the whole fleet in one invocation. What one that ran out of time answers as {@code next} goes on from there.
     *
     * @param goOn the step to go on with
     */
    record Sweep(Optional<String> sweepId, Optional<SweepTask> goOn) implements SweepTask {}

    /** Of which pass it is a step; empty for what begins one. */
    default Optional<Pass> ofPass() {
        return switch (this) {
            case Rate rate -> Optional.of(rate.pass());
            case Platform platform -> Optional.of(platform.pass());
            case Verify verify -> Optional.of(verify.pass());
            case Conclude conclude -> Optional.of(conclude.pass());
            case Plan _, Overdue _, Sweep _ -> Optional.empty();
        };
    }

    private static void checkSegments(int of) {
        if (of < 1 || of > MOST_SEGMENTS) {
            throw new IllegalArgumentException("of must be from 1 to " + MOST_SEGMENTS + ": " + of);
        }
    }
}
