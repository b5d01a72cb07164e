package dev.fleetline.bulkonboarding;

import dev.fleetline.bulkonboarding.CsvFile.Line;
import dev.fleetline.device.Iccid;
import dev.fleetline.device.Imei;
import dev.fleetline.fleetevents.FleetEvent.Fault;
import dev.fleetline.onboarding.OnboardingRequest;
import java.util.List;
import java.util.Optional;

/**
 * A row of a file, held against the rules of an order.
 *
 * @param pair its ids, where both are good
 * @param request the order that it is, under an id that is made of account, IMEI and ICCID
 * @param faults the rules that it breaks
 * @param notes what its sender may want to know besides
 */
record Row(Line line, Optional<Pair> pair, OnboardingRequest request, List<Fault> faults, List<Fault> notes) {

    Row {
        faults = List.copyOf(faults);
        notes = List.copyOf(notes);
    }

    /** A device and the SIM that is in it. */
    record Pair(Imei imei, Iccid iccid) {}

    /** Without what identifies a device, a subscriber or a person. */
    @Override
    public String toString() {
        return "Row[" + line.number() + "]";
    }
}
