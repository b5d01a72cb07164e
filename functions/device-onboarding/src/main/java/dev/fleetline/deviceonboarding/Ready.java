package dev.fleetline.deviceonboarding;

import dev.fleetline.carrier.CarrierGateway;
import dev.fleetline.device.Device;
import dev.fleetline.onboarding.CheckedOrder.Good;
import java.util.Optional;

/**
 * An order whose device is REGISTERED and may be activated.
 *
 * @param device as it is stored
 * @param revision the carrier's revision of it, where it has one: of the record that was just seen not to be active
 * @param carrier whom to ask
 */
record Ready(Good order, Device device, Optional<String> revision, CarrierGateway carrier) {}
