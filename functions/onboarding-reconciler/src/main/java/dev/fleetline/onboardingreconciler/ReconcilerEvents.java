package dev.fleetline.onboardingreconciler;

import dev.fleetline.carrier.CarrierGateway.CarrierDevice;
import dev.fleetline.device.Device;
import dev.fleetline.device.DeviceId;
import dev.fleetline.device.Lifecycle;
import dev.fleetline.fleetevents.Digest;
import dev.fleetline.fleetevents.FleetEvent;
import dev.fleetline.fleetevents.FleetEvent.DeviceActivated;
import dev.fleetline.fleetevents.FleetEvent.DeviceActivationRequested;
import dev.fleetline.fleetevents.FleetEvent.DeviceDrifted;
import dev.fleetline.fleetevents.FleetEvent.DeviceOnboardingFailed;
import dev.fleetline.fleetevents.FleetEvent.DeviceOnboardingRequested;
import dev.fleetline.fleetevents.FleetEvent.DeviceOnboardingStuck;
import dev.fleetline.fleetevents.FleetEvent.DeviceRetired;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/**
 * Words the events. What others say too (that a device is active, that its order failed) has the id that they give it;
 * what is said again and again is told apart by the version of the device that it was decided on.
 */
final class ReconcilerEvents {

    static final String MODULE = "onboarding-reconciler";

    private ReconcilerEvents() {}

    static FleetEvent activated(Device device, Instant at) {
        return new DeviceActivated(
                ofOrder(device, "DeviceActivated"),
                Optional.of(device.order().onboardingId()),
                device.imei().digits(),
                device.uid().map(DeviceId::value),
                "carrier",
                at);
    }

    static FleetEvent activationRequested(Device device) {
        return new DeviceActivationRequested(
                ofOrder(device, "DeviceActivationRequested"),
                device.order().onboardingId(),
                device.imei().digits(),
                device.uid().map(DeviceId::value),
                device.progress().requestId());
    }

    static FleetEvent failed(Device device, Lifecycle.Failure failure) {
        return new DeviceOnboardingFailed(
                ofOrder(device, "DeviceOnboardingFailed"),
                device.order().onboardingId(),
                Optional.of(device.imei().digits()),
                failure.code(),
                failure.detail(),
                Optional.of(failure.mender().name()),
                List.of());
    }

    /** The order as it was placed, under its own id, so that device-onboarding goes on with it. */
    static FleetEvent requested(Device device) {
        Device.Order order = device.order();
        Device.Profile profile = device.profile();
        return new DeviceOnboardingRequested(
                ofVersion(device, "DeviceOnboardingRequested", ""),
                order.onboardingId(),
                device.imei().digits(),
                order.iccid().digits(),
                Optional.of(order.account()),
                Optional.of(order.carrier()),
                profile.name(),
                profile.group(),
                profile.site(),
                profile.model(),
                order.servicePlan(),
                order.zip(),
                profile.reportingInterval().map(Duration::toString));
    }

    /** {@code device} in the state that it waits in. */
    static FleetEvent stuck(Device device, String code, String reason, Optional<Instant> until, String fix) {
        return new DeviceOnboardingStuck(
                ofVersion(device, "DeviceOnboardingStuck", code),
                device.order().onboardingId(),
                device.imei().digits(),
                device.lifecycle().name(),
                code,
                reason,
                device.progress().orderedAt(),
                until,
                fix);
    }

    static FleetEvent drifted(Device before, Difference difference, Instant now) {
        return new DeviceDrifted(
                ofVersion(before, "DeviceDrifted", difference.code()),
                before.imei().digits(),
                difference.code(),
                difference.held(),
                difference.found(),
                now,
                difference.fix());
    }

    /** It is told again each day that it is so. */
    static FleetEvent ending(Device device, CarrierDevice line, Instant now) {
        Difference difference = Difference.ending(device, line);
        return new DeviceDrifted(
                Digest.of(
                        device.imei().digits(),
                        "DeviceDrifted",
                        difference.code(),
                        LocalDate.ofInstant(now, ZoneOffset.UTC)),
                device.imei().digits(),
                difference.code(),
                difference.held(),
                difference.found(),
                now,
                difference.fix());
    }

    /** {@code device} as it was before; an order is retired once. */
    static FleetEvent retired(Device device, Person person, Instant now) {
        return new DeviceRetired(
                ofOrder(device, "DeviceRetired"),
                device.order().onboardingId(),
                device.imei().digits(),
                device.lifecycle().name(),
                person.by(),
                person.why(),
                now);
    }

    private static String ofOrder(Device device, String detailType) {
        return Digest.of(device.imei().digits(), device.order().onboardingId(), detailType);
    }

    private static String ofVersion(Device device, String detailType, String code) {
        return Digest.of(device.imei().digits(), device.order().onboardingId(), detailType, code, device.version());
    }
}
