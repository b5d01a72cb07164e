package dev.fleetline.onboarding;

import static java.util.Objects.requireNonNull;

import dev.fleetline.device.Iccid;
import dev.fleetline.device.Imei;
import java.util.Collection;
import java.util.Map;

/**
 * What is registered already, for many orders at once. Every read is consistent: it sees every write answered before it.
 */
public interface KnownDevices {

    /** Those of the devices that were ever ordered. */
    Map<Imei, Known> find(Collection<Imei> imeis);

    /** To which devices those SIMs are bound that are bound to one; ask the device whether it has it still. */
    Map<Iccid, Imei> whoHas(Collection<Iccid> iccids);

    /**
     * A device, as far as a new order of it is concerned.
     *
     * @param state the name of its state, {@code IN_SERVICE}
     * @param iccid the SIM that is in it or was ordered with it
     * @param onboardingId of its last order
     */
    record Known(String state, Iccid iccid, String onboardingId) {
        public Known {
            requireNonNull(state, "state");
            requireNonNull(iccid, "iccid");
            requireNonNull(onboardingId, "onboardingId");
        }
    }
}
