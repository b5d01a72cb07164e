package dev.fleetline.deviceonboarding;

import dev.fleetline.device.Device;
import dev.fleetline.device.DeviceRegistry;
import dev.fleetline.device.Iccid;
import dev.fleetline.device.Imei;
import dev.fleetline.onboarding.OrderRules.Pairs;

/** In which devices SIMs are, by what we hold. */
final class BoundSims {

    private final DeviceRegistry registry;

    BoundSims(DeviceRegistry registry) {
        this.registry = registry;
    }

    /**
     * As an order under this id sees them; a device that has come to its end holds its SIM no longer, whatever the store says. One that has the device already has brought its SIM along: when that has gone to
     * another device since, this is not the order's fault any more.
     */
    Pairs but(String onboardingId) {
        return (imei, iccid) -> registry.whoHas(iccid)
                .filter(other -> !other.equals(imei))
                .filter(other -> hasStill(other, iccid))
                .filter(_ -> !hasOrdered(imei, onboardingId));
    }

    private boolean hasStill(Imei imei, Iccid iccid) {
        return registry.find(imei)
                .flatMap(Device::heldSim)
                .filter(iccid::equals)
                .isPresent();
    }

    private boolean hasOrdered(Imei imei, String onboardingId) {
        return registry.find(imei)
                .filter(device -> device.order().onboardingId().equals(onboardingId))
                .isPresent();
    }
}
