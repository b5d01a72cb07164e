package dev.fleetline.onboarding;

import dev.fleetline.device.Device.Order;
import dev.fleetline.device.Device.Profile;
import dev.fleetline.device.Imei;
import dev.fleetline.fleetevents.FleetEvent.Fault;
import java.util.List;
import java.util.Optional;

/** What came of holding an order against the rules. */
public sealed interface CheckedOrder {

    /** It keeps every rule. */
    record Good(Imei imei, Order order, Profile profile) implements CheckedOrder {}

    /** It breaks these; {@code imei} where it is good at least. */
    record Bad(Optional<Imei> imei, List<Fault> faults) implements CheckedOrder {
        public Bad {
            faults = List.copyOf(faults);
        }
    }
}
