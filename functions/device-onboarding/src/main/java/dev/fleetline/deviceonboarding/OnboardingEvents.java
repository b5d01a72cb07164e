package dev.fleetline.deviceonboarding;

import dev.fleetline.device.Device;
import dev.fleetline.device.DeviceId;
import dev.fleetline.device.Imei;
import dev.fleetline.device.Lifecycle.Failure;
import dev.fleetline.device.Mender;
import dev.fleetline.fleetevents.Digest;
import dev.fleetline.fleetevents.FleetEvent;
import dev.fleetline.fleetevents.FleetEvent.DeviceActivated;
import dev.fleetline.fleetevents.FleetEvent.DeviceActivationRequested;
import dev.fleetline.fleetevents.FleetEvent.DeviceOnboardingFailed;
import dev.fleetline.fleetevents.FleetEvent.DeviceOnboardingStuck;
import dev.fleetline.fleetevents.FleetEvent.DeviceOrderedAlready;
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

    /** Under one id with that of whoever learns the platform's id of the device. */
    static Outgoing registered(Device device, Instant at) {
        return outgoing(
                at,
                new DeviceRegistered(
                        device.uid()
                                .map(uid -> Digest.of(
                                        device.imei().digits(),
                                        device.order().onboardingId(),
                                        "DeviceRegistered",
                                        uid.value()))
                                .orElseGet(() -> id(device, "DeviceRegistered")),
                        device.order().onboardingId(),
                        device.imei().digits(),
                        device.order().iccid().digits(),
                        device.uid().map(DeviceId::value),
                        device.order().account(),
                        device.order().carrier()));
    }

    static Outgoing activationRequested(Device device, Optional<String> requestId, Instant at) {
        return outgoing(
                at,
                new DeviceActivationRequested(
                        id(device, "DeviceActivationRequested"),
                        device.order().onboardingId(),
                        device.imei().digits(),
                        device.uid().map(DeviceId::value),
                        requestId));
    }

    static Outgoing activated(Device device, Instant at) {
        return outgoing(
                at,
                new DeviceActivated(
                        id(device, "DeviceActivated"),
                        Optional.of(device.order().onboardingId()),
                        device.imei().digits(),
                        device.uid().map(DeviceId::value),
                        "carrier",
                        at));
    }

    static Outgoing failed(Imei imei, String onboardingId, Failure failure, Instant at) {
        return outgoing(
                at,
                new DeviceOnboardingFailed(
                        Digest.of(imei.digits(), onboardingId, "DeviceOnboardingFailed"),
                        onboardingId,
                        Optional.of(imei.digits()),
                        failure.code(),
                        failure.detail(),
                        Optional.of(failure.mender().name()),
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
                        Optional.of(Mender.SENDER.name()),
                        faults));
    }

    /** Each parking is one of its own: the next day's is not the same. */
    static Outgoing parked(Device device, Instant until, Instant at) {
        return outgoing(
                at,
                new DeviceOnboardingStuck(
                        Digest.of(
                                device.imei().digits(),
                                device.order().onboardingId(),
                                "DeviceOnboardingStuck",
                                "LINE_BUDGET",
                                until),
                        device.order().onboardingId(),
                        device.imei().digits(),
                        device.lifecycle().name(),
                        "LINE_BUDGET",
                        "the line has been changed as often today as it may be on one day",
                        device.progress().orderedAt(),
                        Optional.of(until),
                        "nothing: it goes on by itself when the day of UTC has ended"));
    }

    /** Of an order under {@code onboardingId} for a device that another order has. */
    static Outgoing orderedAlready(Device device, String onboardingId, Instant at) {
        return outgoing(
                at,
                new DeviceOrderedAlready(
                        Digest.of(
                                device.imei().digits(),
                                onboardingId,
                                "DeviceOrderedAlready",
                                device.order().onboardingId(),
                                device.lifecycle().name()),
                        onboardingId,
                        device.imei().digits(),
                        device.order().onboardingId(),
                        device.lifecycle().name(),
                        device.lifecycle().since(),
                        device.lifecycle().code()));
    }

    /** Of a copy of an order that had the device before another one took it. */
    static Outgoing endedBefore(Imei imei, String onboardingId, EndedOrders.End end, Instant at) {
        return outgoing(
                at,
                new DeviceOrderedAlready(
                        Digest.of(imei.digits(), onboardingId, "DeviceOrderedAlready", onboardingId, end.state()),
                        onboardingId,
                        imei.digits(),
                        onboardingId,
                        end.state(),
                        end.since(),
                        end.code()));
    }

    private static String id(Device device, String detailType) {
        return Digest.of(device.imei().digits(), device.order().onboardingId(), detailType);
    }

    private static Outgoing outgoing(Instant at, FleetEvent event) {
        return Outgoing.of(MODULE, at, event);
    }
}
