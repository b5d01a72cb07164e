package dev.fleetline.onboardingreconciler;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.fleetline.device.Imei;
import java.util.Optional;

/** Why the function was woken; told apart by {@code task}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "task")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ReconcilerTask.Waiting.class, name = "waiting"),
    @JsonSubTypes.Type(value = ReconcilerTask.Drift.class, name = "drift")
})
sealed interface ReconcilerTask {

    /** Every ten minutes: look after the devices that wait for somebody. */
    record Waiting() implements ReconcilerTask {}

    /**
     * Every night: hold what the carrier has against what we have.
     *
     * @param startAfter where to go on, as the reply of a pass that ran out of time said; absent for the whole fleet
     * @param byHand set by a person who reads the reply; without it a pass that does not get through fails, so that somebody
     *     hears of it
     */
    record Drift(Optional<String> startAfter, Optional<Hand> byHand) implements ReconcilerTask {
        public Drift {
            startAfter.ifPresent(Imei::new);
        }

        Optional<Imei> from() {
            return startAfter.map(Imei::new);
        }

        boolean isBelieved() {
            return byHand.filter(hand -> hand == Hand.BELIEVE).isPresent();
        }
    }

    /** What a person wants of a pass. */
    enum Hand {
        /** The same as at night. */
        LOOK,

        /** To take it as true that much differs at once. */
        BELIEVE
    }

    /** The reply, or a failure where nobody would read it. */
    default ReconcilerReply answer(ReconcilerReply reply) {
        if (this instanceof Drift(var _, var byHand) && byHand.isEmpty() && !reply.isDone()) {
            throw new IllegalStateException("the nightly pass did not get through: "
                    + reply.fault().orElse("it ran out of time") + "; runbook drift says how to go on");
        }
        return reply;
    }
}
