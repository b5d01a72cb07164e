package dev.fleetline.bulkonboarding;

import dev.fleetline.bulkonboarding.Tally.Fate;
import dev.fleetline.fleetevents.FleetEvent.Fault;
import dev.fleetline.onboarding.OnboardingRequest;
import java.util.List;

/**
 * What becomes of a row, and why.
 *
 * @param order what is sent for it, if it is ordered
 * @param faults why it is not, all of them
 * @param notes what its sender may want to know besides
 */
record Judgement(Row row, Fate fate, OnboardingRequest order, List<Fault> faults, List<Fault> notes) {

    Judgement {
        faults = List.copyOf(faults);
        notes = List.copyOf(notes);
    }

    /** The same, but that its order could not be sent. */
    Judgement unsent() {
        return new Judgement(
                row,
                Fate.UNSENT,
                order,
                List.of(new Fault(
                        "row", "the row is good, and the bus did not take its order", "upload the row again as it is")),
                notes);
    }

    /** Without what identifies a device, a subscriber or a person. */
    @Override
    public String toString() {
        return "Judgement[" + row + ", " + fate + "]";
    }
}
