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
     */
    record Drift(Optional<String> startAfter) implements ReconcilerTask {
        public Drift {
            startAfter.ifPresent(Imei::new);
        }
    }
}
