package dev.fleetline.callbackreplay;

import dev.fleetline.applying.Applied;
import dev.fleetline.applying.ApplyDelivery;
import dev.fleetline.callback.CallbackInbox;
import dev.fleetline.callback.CallbackInbox.Page;
import dev.fleetline.callback.Delivery;
import dev.fleetline.callback.Delivery.Status;
import dev.fleetline.callback.Intake;
import dev.fleetline.callbackreplay.ReplayTask.Bound;
import dev.fleetline.callbackreplay.ReplayTask.OfDevice;
import dev.fleetline.callbackreplay.ReplayTask.OfReason;
import dev.fleetline.callbackreplay.ReplayTask.OfTime;
import dev.fleetline.device.Device;
import dev.fleetline.device.DeviceRegistry;
import dev.fleetline.lambda.Deadline;
import java.time.Duration;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Gives kept deliveries once more to what applied them when they came. What is in its device already changes nothing,
 * so nothing has a double effect however often it is played.
 */
final class PlayAgain {

    /** All texts are of one length, so they sort as their times. */
    private static final DateTimeFormatter SORTING =
            new DateTimeFormatterBuilder().appendInstant(9).toFormatter(Locale.ROOT);

    /** What a page and a good end take. */
    private static final Duration RESERVE = Duration.ofSeconds(15);

    private static final int PAGE = 25;

    private static final String UNKNOWN_DEVICE = "UNKNOWN_DEVICE";

    private static final Comparator<Delivery> AS_RECEIVED = Comparator.comparing(PlayAgain::place);

    private final CallbackInbox inbox;
    private final DeviceRegistry devices;
    private final ApplyDelivery applyDelivery;
    private final Intake intake;
    private final TakeApart takeApart;

    /** {@code intake} knows whose messages are ours. */
    PlayAgain(CallbackInbox inbox, DeviceRegistry devices, ApplyDelivery applyDelivery, Intake intake) {
        this.inbox = inbox;
        this.devices = devices;
        this.applyDelivery = applyDelivery;
        this.intake = intake;
        this.takeApart = new TakeApart(inbox, intake);
    }

    /** Plays until all is played or the deadline is near. An exception means that a store is down: the same task again. */
    ReplayReply run(ReplayTask task, Deadline deadline) {
        return switch (task) {
            case OfDevice device ->
                play(pages(deliveriesOf(keys(device.name())).toList()), device.startAfter(), deadline);
            case OfTime time ->
                play(from -> inbox.received(time.begin(), time.end(), from, PAGE), time.startAfter(), deadline);
            case OfReason(var reason, var startAfter) ->
                play(from -> inbox.setAside(reason, from, PAGE), startAfter, deadline);
            case Bound(var event) ->
                play(
                        pages(deliveriesOf(event.names().map(DeviceName::key))
                                .filter(PlayAgain::waitsForItsDevice)
                                .toList()),
                        Optional.empty(),
                        deadline);
        };
    }

    private ReplayReply play(Function<Optional<String>, Page> pages, Optional<String> startAfter, Deadline deadline) {
        Played played = new Played();
        Optional<String> from = startAfter;
        do {
            Page page = pages.apply(from);
            // what the carrier said first comes first
            page.deliveries().stream().sorted(AS_RECEIVED).forEach(delivery -> play(delivery, played));
            from = page.next();
        } while (from.isPresent() && !deadline.isNear(RESERVE));
        return ReplayReply.of(played, from);
    }

    private void play(Delivery delivery, Played played) {
        if (TakeApart.isDone(delivery)) {
            played.addUnchanged();
        } else if (takeApart.run(delivery)) {
            played.addTakenApart();
        } else if (isStillAnothers(delivery)) {
            played.add(new Applied.SetAside(Intake.OTHER_ACCOUNT, true));
        } else {
            played.add(applyDelivery.again(delivery));
        }
    }

    /** Set aside at receipt as another account's, and not because the setting was wrong then. */
    private boolean isStillAnothers(Delivery delivery) {
        return delivery.status() instanceof Status.Quarantined(var reason, var _)
                && reason.equals(Intake.OTHER_ACCOUNT)
                && intake.isOfAnotherAccount(delivery);
    }

    /** All ids of a device that is known; of one that is not, the one by which it is named. */
    private Stream<String> keys(DeviceName name) {
        Optional<Device> known =
                switch (name) {
                    case DeviceName.ByImei(var imei) -> devices.find(imei);
                    case DeviceName.ByIccid(var iccid) -> devices.whoHas(iccid).flatMap(devices::find);
                    case DeviceName.ByUid(var uid) -> devices.whoHas(uid).flatMap(devices::find);
                };
        var keys = new TreeSet<String>();
        keys.add(name.key());
        known.ifPresent(device -> {
            keys.add(new DeviceName.ByImei(device.imei()).key());
            keys.add(new DeviceName.ByIccid(device.order().iccid()).key());
            device.uid().ifPresent(uid -> keys.add(new DeviceName.ByUid(uid).key()));
        });
        return keys.stream();
    }

    private Stream<Delivery> deliveriesOf(Stream<String> keys) {
        return keys.flatMap(key -> inbox.of(key).stream()).sorted(AS_RECEIVED);
    }

    private static boolean waitsForItsDevice(Delivery delivery) {
        return delivery.status() instanceof Status.Quarantined(var reason, var _) && reason.equals(UNKNOWN_DEVICE);
    }

    /** What is read at once, in pages as the inbox has them. */
    private static Function<Optional<String>, Page> pages(List<Delivery> all) {
        return startAfter -> {
            List<Delivery> rest = all.stream()
                    .filter(delivery -> startAfter
                            .filter(start -> place(delivery).compareTo(start) <= 0)
                            .isEmpty())
                    .toList();
            List<Delivery> page = rest.subList(0, Math.min(PAGE, rest.size()));
            return new Page(page, rest.size() > PAGE ? Optional.of(place(page.getLast())) : Optional.empty());
        };
    }

    /** The time of receipt and what tells apart what was received at once. */
    private static String place(Delivery delivery) {
        return SORTING.format(delivery.receivedAt()) + "#" + delivery.id().deliveryId();
    }
}
