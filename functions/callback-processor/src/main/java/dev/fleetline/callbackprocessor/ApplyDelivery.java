package dev.fleetline.callbackprocessor;

import dev.fleetline.alert.AlertLife.Occasion;
import dev.fleetline.alert.JudgeDevice;
import dev.fleetline.callback.CallbackInbox;
import dev.fleetline.callback.Deliveries;
import dev.fleetline.callback.Delivery;
import dev.fleetline.callback.Delivery.Status;
import dev.fleetline.device.Consequences;
import dev.fleetline.device.Consequences.HistoryEntry;
import dev.fleetline.device.Device;
import dev.fleetline.device.DeviceId;
import dev.fleetline.device.DeviceRegistry;
import dev.fleetline.device.DeviceRegistry.Saved;
import dev.fleetline.device.HealthSettings;
import dev.fleetline.device.Imei;
import dev.fleetline.device.Lifecycle;
import dev.fleetline.device.Normalised;
import dev.fleetline.device.Report;
import dev.fleetline.fleetevents.Announcer;
import dev.fleetline.fleetevents.Digest;
import dev.fleetline.fleetevents.FleetEvent.CallbackQuarantined;
import dev.fleetline.fleetevents.FleetEvent.DeviceActivated;
import dev.fleetline.fleetevents.Outgoing;
import dev.fleetline.lambda.LogKey;
import dev.fleetline.lambda.Verdict;
import dev.fleetline.lambda.Verdict.Again;
import dev.fleetline.lambda.Verdict.Done;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.MDC;

/**
 * Applies one delivery: merge it into the device, then judge the device as it is stored, then say that it is done.
 *
 * <p>Each step can be done again without harm, and the judging is done even when the merge found nothing new: an
 * earlier try may have died between the two.
 */
final class ApplyDelivery {

    private static final String MODULE = "callback-processor";

    /** A device that changes under our hands this often in a row is left for the stream's next try. */
    private static final int TRIES = 10;

    private final DeviceRegistry devices;
    private final CallbackInbox inbox;
    private final JudgeDevice judgeDevice;
    private final Announcer announcer;
    private final HealthSettings settings;
    private final InstantSource clock;

    ApplyDelivery(
            DeviceRegistry devices,
            CallbackInbox inbox,
            JudgeDevice judgeDevice,
            Announcer announcer,
            HealthSettings settings,
            InstantSource clock) {
        this.devices = devices;
        this.inbox = inbox;
        this.judgeDevice = judgeDevice;
        this.announcer = announcer;
        this.settings = settings;
        this.clock = clock;
    }

    /** An exception means that it is not done; running it again takes it from where it stopped. */
    Verdict run(Delivery delivery) {
        return switch (delivery.status()) {
            case Status.Quarantined(var reason, var error) -> {
                // it was stored so by the receiver, which tells nobody
                tell(delivery, reason, error);
                yield new Done("quarantined at receipt: " + reason);
            }
            case Status.Unhandled _ -> new Done("unhandled since receipt");
            case Status.Received _ -> Deliveries.isHandled(delivery) ? normalise(delivery) : leave(delivery);
        };
    }

    private Verdict leave(Delivery delivery) {
        return new Done("unhandled kind" + mark(delivery, new Status.Unhandled()));
    }

    private Verdict normalise(Delivery delivery) {
        Optional<Normalised> normalised = Deliveries.data(delivery).map(Normalised::event);
        if (normalised.isEmpty()) {
            return quarantine(delivery, "NO_DATA", "the message has no object named data");
        }
        return switch (normalised.get()) {
            case Normalised.Refused(var code, var detail) -> quarantine(delivery, code, detail);
            case Normalised.Understood(var report) -> apply(delivery, report);
        };
    }

    private Verdict apply(Delivery delivery, Report report) {
        for (int attempt = 0; attempt < TRIES; attempt++) {
            Optional<Device> found = reportingDevice(report);
            if (found.isEmpty()) {
                return quarantine(delivery, "UNKNOWN_DEVICE", "no device with this id was ordered here");
            }
            Device stored = found.get();
            MDC.put(LogKey.DEVICE.key(), stored.imei().toString());
            Device merged = withUid(stored, report).reported(report, settings, clock.instant());
            if (merged.equals(stored)) {
                return judge(delivery, stored.imei(), "said nothing new");
            }
            Consequences consequences = consequences(stored, merged);
            switch (devices.save(merged, consequences)) {
                case Saved.Stored(var device) -> {
                    announcer.publishStored(consequences.events());
                    return judge(delivery, device.imei(), "applied");
                }
                case Saved.Changed _ -> {}
                case Saved.IdTaken(var kind, var _) -> {
                    return quarantine(delivery, "ID_TAKEN", "the device's " + kind + " belongs to another device");
                }
            }
        }
        return new Again("the device changed " + TRIES + " times while a report was merged into it");
    }

    private Verdict judge(Delivery delivery, Imei imei, String outcome) {
        judgeDevice.run(imei, Occasion.ARRIVAL, Optional.empty(), delivery.id().deliveryId());
        return new Done(outcome);
    }

    /** By the platform's id; by the IMEI that the message names in passing when nobody is known to have that id yet. */
    private Optional<Device> reportingDevice(Report report) {
        return report.uid().flatMap(devices::whoHas).or(report::imei).flatMap(devices::find);
    }

    /** An order that is still on its way learns the id that the platform gave its device. */
    private static Device withUid(Device device, Report report) {
        Optional<DeviceId> uid =
                device.uid().or(() -> isOnItsWay(device.lifecycle()) ? report.uid() : Optional.empty());
        return new Device(
                device.imei(),
                uid,
                device.order(),
                device.profile(),
                device.lifecycle(),
                device.vitals(),
                device.version());
    }

    private static boolean isOnItsWay(Lifecycle lifecycle) {
        return switch (lifecycle) {
            case Lifecycle.Requested _,
                    Lifecycle.Checked _,
                    Lifecycle.Registered _,
                    Lifecycle.Activating _,
                    Lifecycle.Unclear _,
                    Lifecycle.ActiveUnseen _,
                    Lifecycle.InService _ -> true;
            case Lifecycle.Rejected _, Lifecycle.Failed _ -> false;
        };
    }

    private static Consequences consequences(Device before, Device after) {
        if (!(after.lifecycle() instanceof Lifecycle.InService inService)
                || before.lifecycle() instanceof Lifecycle.InService) {
            return Consequences.NONE;
        }
        Instant at = inService.since();
        String onboardingId = after.order().onboardingId();
        var activated = new DeviceActivated(
                Digest.of(after.imei().digits(), onboardingId, "DeviceActivated"),
                Optional.of(onboardingId),
                after.imei().digits(),
                after.uid().map(DeviceId::value),
                "report",
                at);
        return new Consequences(
                List.of(new HistoryEntry(at, inService.name(), MODULE, "it reported")),
                List.of(Outgoing.of(MODULE, at, activated)));
    }

    private Verdict quarantine(Delivery delivery, String reason, String error) {
        String gone = mark(delivery, new Status.Quarantined(reason, error));
        tell(delivery, reason, error);
        return new Done("quarantined: " + reason + gone);
    }

    /** What has left the table since (its time was over, somebody removed it) needs no mark, and no second try either. */
    private String mark(Delivery delivery, Status status) {
        return inbox.mark(delivery.id(), status) ? "" : ", and it is not kept any more";
    }

    private void tell(Delivery delivery, String reason, String error) {
        String deliveryId = delivery.id().deliveryId();
        var quarantined = new CallbackQuarantined(
                Digest.of(deliveryId, reason),
                deliveryId,
                delivery.id().device(),
                delivery.kind(),
                reason,
                error,
                delivery.receivedAt());
        announcer.announce(List.of(Outgoing.of(MODULE, clock.instant(), quarantined)));
    }
}
