package dev.fleetline.deviceonboarding;

import dev.fleetline.carrier.CarrierGateway.CarrierDevice;
import dev.fleetline.carrier.CarrierGateway.LineState;
import dev.fleetline.device.Device;
import dev.fleetline.device.Lifecycle.Failure;
import dev.fleetline.device.Mender;
import java.util.Optional;

/** What in the carrier's record of a device stands against its activation. */
final class Obstacle {

    private Obstacle() {}

    /** Why this device cannot be activated as it was ordered; empty when nothing is known to be in the way. */
    static Optional<Failure> of(Device device, CarrierDevice record) {
        return otherSim(device, record).or(() -> wrongState(record));
    }

    /** A line that was deactivated may get another SIM; every other one has its own. */
    static Optional<Failure> otherSim(Device device, CarrierDevice record) {
        return record.iccid()
                .filter(sim -> record.state() != LineState.DEACTIVATED)
                .filter(sim -> !sim.equals(device.order().iccid()))
                .map(sim -> new Failure(
                        "OTHER_SIM",
                        "the carrier has the device with another SIM, " + sim + ": order it with the one that is in it",
                        Mender.SENDER));
    }

    private static Optional<Failure> wrongState(CarrierDevice record) {
        return switch (record.state()) {
            case SUSPENDED ->
                Optional.of(new Failure(
                        "LINE_SUSPENDED",
                        "the carrier has the line suspended: have it restored, and order the device again",
                        Mender.OPERATIONS));
            case ENDING ->
                Optional.of(new Failure(
                        "LINE_ENDING",
                        "the carrier is about to deactivate the line: wait for its end, and order the device again",
                        Mender.OPERATIONS));
            case NOT_ACTIVE, PENDING, ACTIVE, DEACTIVATED -> Optional.empty();
        };
    }
}
