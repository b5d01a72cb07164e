package dev.fleetline.alert;

import dev.fleetline.alert.Alert.Suppressor;
import dev.fleetline.alert.AlertLife.Occasion;
import dev.fleetline.device.Finding;
import java.time.Instant;
import java.util.Optional;

/** What can happen to an alert. */
public sealed interface Occurrence {

    /**
     * Somebody judged.
     *
     * @param suppressor the wider alert that is told instead, if there is one now
     * @param unrest how much of the last evaluations changed the state, percent, recent ones counting for more
     * @param hasRoom whether people may be told one more about this device today
     * @param verified whether the carrier was asked and knows no better; empty where nobody has to ask
     */
    record Found(
            Finding finding,
            Occasion occasion,
            Optional<Suppressor> suppressor,
            double unrest,
            boolean hasRoom,
            Optional<Boolean> verified)
            implements Occurrence {

        /** Of what neither flaps nor is suppressed. */
        public static Found of(Finding finding, Occasion occasion) {
            return new Found(finding, occasion, Optional.empty(), 0, true, Optional.empty());
        }
    }

    /** A person has taken notice. */
    record Acknowledge(String by, String why) implements Occurrence {}

    /** A person wants to hear nothing until then. */
    record Snooze(String by, String why, Instant until) implements Occurrence {}

    /** A person says that it is over; {@code holds} whether what is stored says otherwise. */
    record Resolve(String by, String why, boolean holds) implements Occurrence {}
}
