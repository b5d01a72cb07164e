package dev.fleetline.deviceonboarding;

import dev.fleetline.carrier.CarrierGateway.Acceptance;
import dev.fleetline.device.Device;
import dev.fleetline.device.DeviceId;
import dev.fleetline.device.Imei;
import dev.fleetline.fleetevents.Digest;
import dev.fleetline.fleetevents.FleetEvent;
import dev.fleetline.fleetevents.FleetEvent.DeviceActivated;
import dev.fleetline.fleetevents.FleetEvent.DeviceActivationRequested;
import dev.fleetline.fleetevents.FleetEvent.DeviceOnboardingFailed;
import dev.fleetline.fleetevents.FleetEvent.DeviceRegistered;
import dev.fleetline.fleetevents.FleetEvent.Fault;
import dev.fleetline.fleetevents.Outgoing;
import dev.fleetline.onboarding.OnboardingRequest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Words the events. Each has an id made from device, order and type, so that a second try says the same thing. */
final class OnboardingEvents {

    static final String MODULE = "device-onboarding";

    private OnboardingEvents() {}

    static Outgoing registered(Device device, DeviceId uid, Instant at) {
        return outgoing(
                at,
                new DeviceRegistered(
                        id(device, "DeviceRegistered"),
                        device.order().onboardingId(),
                        device.imei().digits(),
                        device.order().iccid().digits(),
                        uid.value(),
                        device.order().account(),
                        device.order().carrier()));
    }

    static Outgoing activationRequested(Device device, DeviceId uid, Acceptance acceptance, Instant at) {
        return outgoing(
                at,
                new DeviceActivationRequested(
                        id(device, "DeviceActivationRequested"),
                        device.order().onboardingId(),
                        device.imei().digits(),
                        uid.value(),
                        acceptance.requestId()));
    }

    static Outgoing activated(Device device, DeviceId uid, Instant at) {
        return outgoing(
                at,
                new DeviceActivated(
                        id(device, "DeviceActivated"),
                        Optional.of(device.order().onboardingId()),
                        device.imei().digits(),
                        Optional.of(uid.value()),
                        "carrier",
                        at));
    }

    static Outgoing failed(Imei imei, String onboardingId, String code, String reason, Instant at) {
        return outgoing(
                at,
                new DeviceOnboardingFailed(
                        Digest.of(imei.digits(), onboardingId, "DeviceOnboardingFailed"),
                        onboardingId,
                        Optional.of(imei.digits()),
                        code,
                        reason,
                        List.of()));
    }

    static Outgoing invalid(OnboardingRequest request, Optional<Imei> imei, List<Fault> faults, Instant at) {
        return outgoing(
                at,
                new DeviceOnboardingFailed(
                        Digest.of(request.imei(), request.onboardingId(), "DeviceOnboardingFailed"),
                        request.onboardingId(),
                        imei.map(Imei::digits),
                        "INVALID_REQUEST",
                        faults.size() == 1
                                ? faults.getFirst().rule()
                                : faults.size() + " rules are broken, the first: "
                                        + faults.getFirst().rule(),
                        faults));
    }

    private static String id(Device device, String detailType) {
        return Digest.of(device.imei().digits(), device.order().onboardingId(), detailType);
    }

    private static Outgoing outgoing(Instant at, FleetEvent event) {
        return Outgoing.of(MODULE, at, event);
    }
}
