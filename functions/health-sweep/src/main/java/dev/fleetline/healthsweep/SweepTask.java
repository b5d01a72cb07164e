package dev.fleetline.healthsweep;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.fleetline.device.Imei;
import java.util.Optional;

/** What a sweep is asked to do, told apart by {@code task}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "task")
@JsonSubTypes({
    @JsonSubTypes.Type(value = SweepTask.Rate.class, name = "rate"),
    @JsonSubTypes.Type(value = SweepTask.Sweep.class, name = "sweep")
})
sealed interface SweepTask {

    /** More parts than anybody's fleet needs. */
    int MOST_SEGMENTS = 1_000;

    /**
     * Judge one segment of the fleet, from behind {@code startAfter}.
     *
     * @param sweepId the pass that this is a part of; absent when it stands for itself
     */
    record Rate(int segment, int of, Optional<String> startAfter, Optional<String> sweepId) implements SweepTask {
        public Rate {
            if (of < 1 || of > MOST_SEGMENTS) {
                throw new IllegalArgumentException("of must be from 1 to " + MOST_SEGMENTS + ": " + of);
            }
            if (segment < 0 || segment >= of) {
                throw new IllegalArgumentException(
                        "segment counts from 0 and must be under of (" + of + "): " + segment);
            }
            startAfter.ifPresent(Imei::new);
        }
    }

    /**
     * Judge the whole fleet and conclude. The schedule's input names nothing else; what a pass that ran out of time
     * answered ({@code sweepId}, {@code segment}, {@code startAfter}, {@code soFar}) lets the next one go on from there.
     *
     * @param sweepId a pass by hand; the schedule's is named by its time
     */
    record Sweep(
            Optional<String> sweepId, Optional<Integer> segment, Optional<String> startAfter, Optional<Tally> soFar)
            implements SweepTask {
        public Sweep {
            if (sweepId.isPresent() && !sweepId.get().matches("[A-Za-z0-9:._#-]{1,100}")) {
                throw new IllegalArgumentException(
                        "sweepId has 1 to 100 letters, digits and the signs : . _ # - and no other");
            }
            if (segment.isPresent() && (segment.get() < 0 || segment.get() >= SweepFleet.SEGMENTS)) {
                throw new IllegalArgumentException(
                        "segment counts from 0 and must be under " + SweepFleet.SEGMENTS + ": " + segment.get());
            }
            if ((segment.isPresent() || startAfter.isPresent() || soFar.isPresent()) && sweepId.isEmpty()) {
                throw new IllegalArgumentException("a pass that goes on must name its sweepId");
            }
            if (startAfter.isPresent() && segment.isEmpty()) {
                throw new IllegalArgumentException("startAfter needs the segment that it lies in");
            }
            startAfter.ifPresent(Imei::new);
        }

        /** Whether it goes on from where another invocation stopped. */
        boolean goesOn() {
            return segment.isPresent();
        }
    }
}
