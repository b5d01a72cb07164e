package dev.fleetline.applying;

import dev.fleetline.alert.JudgeDevice;
import dev.fleetline.alert.Visit;
import dev.fleetline.applying.Applied.Again;
import dev.fleetline.applying.Applied.Done;
import dev.fleetline.applying.Applied.SetAside;
import dev.fleetline.callback.Accounts;
import dev.fleetline.callback.CallbackInbox;
import dev.fleetline.callback.Delivery;
import dev.fleetline.callback.Delivery.Status;
import dev.fleetline.device.Consequences;
import dev.fleetline.device.Device;
import dev.fleetline.device.DeviceRegistry;
import dev.fleetline.device.DeviceRegistry.Saved;
import dev.fleetline.device.HealthSettings;
import dev.fleetline.device.Imei;
import dev.fleetline.device.Lifecycle;
import dev.fleetline.device.Mender;
import dev.fleetline.device.Report;
import dev.fleetline.fleetevents.Announcer;
import dev.fleetline.fleetevents.Digest;
import dev.fleetline.fleetevents.FleetEvent.CallbackQuarantined;
import dev.fleetline.fleetevents.Outgoing;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Applies one delivery: merge it into the device, then judge the device, then say that it is done.
 *
 * <p>Each step can be done again without harm, and the judging is done even when the merge found nothing new: an
 * earlier try may have died between the two.
 */
public final class ApplyDelivery {

    /** A device that changes under our hands this often in a row is left for the next try. */
    private static final int TRIES = 10;

    private final DeviceRegistry devices;
    private final CallbackInbox inbox;
    private final JudgeDevice judgeDevice;
    private final Announcer announcer;
    private final HealthSettings settings;
    private final ReadMessage readMessage;
    private final String module;
    private final InstantSource clock;

    /**
     * {@code menders} says who can mend what a code of the carrier tells of; {@code module} is the function that applies,
     * for history and the events' source.
     */
    public ApplyDelivery(
            DeviceRegistry devices,
            CallbackInbox inbox,
            JudgeDevice judgeDevice,
            Announcer announcer,
            HealthSettings settings,
            Function<String, Mender> menders,
            String module,
            InstantSource clock) {
        this.devices = devices;
        this.inbox = inbox;
        this.judgeDevice = judgeDevice;
        this.announcer = announcer;
        this.settings = settings;
        this.readMessage = new ReadMessage(menders);
        this.module = module;
        this.clock = clock;
    }

    /** Applies what has just come. An exception means that it is not done; running it again takes it from where it stopped. */
    public Applied run(Delivery delivery) {
        return switch (delivery.status()) {
            case Status.Quarantined(var reason, var error) -> {
                // it was stored so by the receiver, which tells nobody
                tell(delivery, reason, error);
                yield new SetAside(reason, true);
            }
            case Status.Unhandled _ -> new Applied.Unhandled(true);
            case Status.Received _ -> apply(delivery);
        };
    }

    /**
     * Applies what has been here for a while, whatever became of it then, unless it is of an account that is not ours.
     * What is applied now is marked as received; what is still bad has its reason of now, and nobody hears of the same
     * one twice.
     */
    public Applied again(Delivery delivery, Accounts accounts) {
        return accounts.refuse(delivery)
                .map(why -> setAside(delivery, why.reason(), why.error()))
                .orElseGet(() -> again(delivery));
    }

    private Applied again(Delivery delivery) {
        Applied applied = apply(delivery);
        if (applied instanceof Done && !(delivery.status() instanceof Status.Received)) {
            inbox.mark(delivery.id(), new Status.Received());
        }
        return applied;
    }

    private Applied apply(Delivery delivery) {
        return switch (readMessage.of(delivery)) {
            case Message.Unhandled _ -> leave(delivery);
            case Message.Unusable(var code, var detail) -> setAside(delivery, code, detail);
            case Message.Reported(var named, var report, var evidence) ->
                change(delivery, named, evidence, device -> withUid(device, report)
                        .reported(report, settings, delivery.receivedAt()));
            case Message.Carrier(var named, var word) ->
                change(delivery, named, Evidence.CARRIER, device -> word.about(device, delivery.receivedAt()));
        };
    }

    private Applied leave(Delivery delivery) {
        return switch (delivery.status()) {
            // what could not be read has no kind that anybody handles, and its reason says more
            case Status.Quarantined(var reason, var _) -> new SetAside(reason, true);
            case Status.Unhandled _ -> new Applied.Unhandled(true);
            case Status.Received _ -> new Applied.Unhandled(inbox.mark(delivery.id(), new Status.Unhandled()));
        };
    }

    private Applied change(Delivery delivery, Named named, Evidence evidence, UnaryOperator<Device> change) {
        for (int attempt = 0; attempt < TRIES; attempt++) {
            Optional<Device> found = find(named);
            if (found.isEmpty()) {
                return unknown(delivery, named);
            }
            Device stored = found.get();
            Device changed = change.apply(stored);
            if (changed.equals(stored)) {
                return judge(delivery, stored, false);
            }
            Consequences consequences = DeviceNews.of(stored, changed, evidence, module, clock.instant());
            switch (devices.save(changed, consequences)) {
                case Saved.Stored(var device) -> {
                    announcer.publishStored(consequences.events());
                    return judge(delivery, device, true);
                }
                case Saved.Changed _ -> {}
                case Saved.IdTaken(var kind, var _) -> {
                    return setAside(delivery, "ID_TAKEN", "the device's " + kind + " belongs to another device");
                }
            }
        }
        return new Again("the device changed " + TRIES + " times while a delivery was applied to it");
    }

    private Applied judge(Delivery delivery, Device device, boolean changed) {
        try {
            return new Done(
                    device.imei(),
                    changed,
                    judgeDevice.run(device, Visit.arrival(delivery.id().deliveryId())));
        } catch (JudgeDevice.KeepsChanging e) {
            return new Again("its device kept changing while it was judged");
        }
    }

    /**
     * Set aside until its device is known. Whoever makes it known then plays what is set aside; it may have looked before
     * the mark was there, so one more look after it leaves nothing behind.
     */
    private Applied unknown(Delivery delivery, Named named) {
        var reason = new Status.Quarantined("UNKNOWN_DEVICE", "no device with this id was ordered here");
        Applied setAside = setAside(delivery, reason.reason(), reason.error());
        return delivery.status() instanceof Status.Received && find(named).isPresent()
                ? again(delivery.in(reason))
                : setAside;
    }

    /**
     * By the platform's id; by the IMEI when nobody is known to have that id yet; by the SIM that is in a device now
     * when no IMEI is named, since a SIM may be in another one by then.
     */
    private Optional<Device> find(Named named) {
        return Stream.<Optional<Imei>>of(named.uid().flatMap(devices::whoHas), named.imei())
                .flatMap(Optional::stream)
                .flatMap(imei -> devices.find(imei).stream())
                .findFirst()
                .or(() -> named.iccid().filter(_ -> named.imei().isEmpty()).flatMap(sim -> devices.whoHas(sim)
                        .flatMap(devices::find)
                        .filter(device -> device.order().iccid().equals(sim))));
    }

    /** An order that is still on its way learns the id that the platform gave its device. */
    private static Device withUid(Device device, Report report) {
        return device.uid().isEmpty() && isOnItsWay(device.lifecycle())
                ? report.uid().map(device::knownAs).orElse(device)
                : device;
    }

    private static boolean isOnItsWay(Lifecycle lifecycle) {
        return switch (lifecycle) {
            case Lifecycle.Requested _,
                    Lifecycle.Checked _,
                    Lifecycle.Registered _,
                    Lifecycle.Activating _,
                    Lifecycle.Unclear _,
                    Lifecycle.Stuck _,
                    Lifecycle.Parked _,
                    Lifecycle.ActiveUnseen _,
                    Lifecycle.InService _,
                    Lifecycle.Suspended _,
                    Lifecycle.Drifted _ -> true;
            case Lifecycle.Rejected _, Lifecycle.Failed _, Lifecycle.Deactivated _, Lifecycle.Retired _ -> false;
        };
    }

    /** Nothing is written and nobody told when it is aside for this reason already. */
    private Applied setAside(Delivery delivery, String reason, String error) {
        Status aside = new Status.Quarantined(reason, error);
        if (delivery.status().equals(aside)) {
            return new SetAside(reason, true);
        }
        // told first: what dies in between tells the same again, and one that is marked already tells nobody
        tell(delivery, reason, error);
        return new SetAside(reason, inbox.mark(delivery.id(), aside));
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
        announcer.announce(List.of(Outgoing.of(module, clock.instant(), quarantined)));
    }
}
