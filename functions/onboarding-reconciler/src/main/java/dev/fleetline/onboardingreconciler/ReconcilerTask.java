package dev.fleetline.onboardingreconciler;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.fleetline.device.Imei;
import java.util.Optional;

/** Why the function was woken; told apart by {@code task}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "task")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ReconcilerTask.Waiting.class, name = "waiting"),
    @JsonSubTypes.Type(value = ReconcilerTask.Drift.class, name = "drift"),
    @JsonSubTypes.Type(value = ReconcilerTask.Orders.class, name = "orders"),
    @JsonSubTypes.Type(value = ReconcilerTask.Order.class, name = "order"),
    @JsonSubTypes.Type(value = ReconcilerTask.Release.class, name = "release"),
    @JsonSubTypes.Type(value = ReconcilerTask.Retire.class, name = "retire")
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

    /** What a person asks for, whose name and reason are kept where they change anything. */
    sealed interface ByHand extends ReconcilerTask {}

    /** Which orders are under way, those in {@code state} only where it is named; 50 where no limit is. */
    record Orders(Optional<String> state, Optional<Integer> limit) implements ByHand {
        private static final int MOST = 500;
        private static final int USUAL = 50;

        public Orders {
            if (state.filter(name -> !name.matches("[A-Z_]{1,32}")).isPresent()) {
                throw new IllegalArgumentException("state must be the name of a state such as PARKED");
            }
            if (limit.filter(most -> most < 1 || most > MOST).isPresent()) {
                throw new IllegalArgumentException("limit must be from 1 to " + MOST);
            }
        }

        int most() {
            return limit.orElse(USUAL);
        }
    }

    /** How the order of this device stands. */
    record Order(String imei) implements ByHand {
        public Order {
            var _ = device(imei);
        }
    }

    /** Send the order of this device on, which waits for a person. */
    record Release(String imei, String by, String why) implements ByHand {
        public Release {
            var _ = device(imei);
            var _ = new Person(by, why);
        }
    }

    /** Take this device out of the fleet. */
    record Retire(String imei, String by, String why) implements ByHand {
        public Retire {
            var _ = device(imei);
            var _ = new Person(by, why);
        }
    }

    private static Imei device(String imei) {
        return new Imei(imei == null ? "" : imei);
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
        if (this instanceof Drift(var _, var byHand)
                && byHand.isEmpty()
                && reply instanceof PassReply pass
                && !pass.isDone()) {
            throw new IllegalStateException("the nightly pass did not get through: "
                    + pass.fault().orElse("it ran out of time") + "; runbook drift says how to go on");
        }
        return reply;
    }
}
