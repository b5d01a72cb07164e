package dev.fleetline.onboardingreconciler;

import dev.fleetline.carrier.CarrierGateway.CarrierDevice;
import dev.fleetline.device.Device;
import dev.fleetline.device.Iccid;
import java.util.Optional;

/**
 * How what the carrier has of a device differs from what we hold.
 *
 * @param held and {@code found}: in words, with the last four digits of a SIM at most
 */
record Difference(String code, String held, String found, String fix) {

    static final String OTHER_SIM = "OTHER_SIM";
    static final String MISSING = "MISSING";
    static final String ACTIVE = "ACTIVE";
    static final String NOT_ACTIVE = "NOT_ACTIVE";

    static Difference otherSim(Device device, Iccid found) {
        return new Difference(
                OTHER_SIM,
                "the SIM " + device.order().iccid(),
                "the SIM " + found,
                "order the device again with the SIM that is in it, or put the ordered one back");
    }

    static Difference missing(Device device) {
        return new Difference(
                MISSING,
                "a device that is " + device.lifecycle().name(),
                "no such device in its account",
                "ask who took it out of the account, and order it again if it is to stay");
    }

    static Difference active(Device device) {
        return new Difference(
                ACTIVE,
                "a device that is " + device.lifecycle().name(),
                "an active line, which costs",
                "deactivate the line on the platform, or order the device again if it is to stay");
    }

    static Difference notActive(Device device) {
        return new Difference(
                NOT_ACTIVE,
                "a device that is " + device.lifecycle().name(),
                "a line that is not active, and it has not reported since it should have",
                "see on the platform who took the line back, and order the device again if it is to stay");
    }

    static Difference suspended(Device device, CarrierDevice line) {
        return new Difference(
                "SUSPENDED",
                "a device that is " + device.lifecycle().name(),
                "a suspended line" + until(line),
                "restore the line if nobody meant to suspend it; until then its silence means nothing");
    }

    static Difference deactivated(Device device) {
        return new Difference(
                "DEACTIVATED",
                "a device that is " + device.lifecycle().name(),
                "a deactivated line",
                "order the device again if it is to stay; the line may get another number");
    }

    static Difference ending(Device device, CarrierDevice line) {
        return new Difference(
                "ENDING",
                "a device that is " + device.lifecycle().name(),
                "a line that is about to be deactivated" + until(line),
                "stop the deactivation on the platform before its end, or the number is lost");
    }

    private static String until(CarrierDevice line) {
        return Optional.of(line)
                .flatMap(CarrierDevice::resumes)
                .map(at -> ", until " + at)
                .orElse("");
    }
}
