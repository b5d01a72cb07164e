package dev.fleetline.callbackreplay;

import dev.fleetline.applying.Applied;
import dev.fleetline.applying.ApplyDelivery;
import dev.fleetline.callback.Accounts;
import dev.fleetline.callback.CallbackInbox;
import dev.fleetline.callback.CallbackInbox.Page;
import dev.fleetline.callback.Delivery;
import dev.fleetline.callback.Delivery.Status;
import dev.fleetline.callback.DeviceName;
import dev.fleetline.callbackreplay.ReplayTask.Bound;
import dev.fleetline.callbackreplay.ReplayTask.OfDevice;
import dev.fleetline.callbackreplay.ReplayTask.OfReason;
import dev.fleetline.callbackreplay.ReplayTask.OfTime;
import dev.fleetline.device.CannotBeRead;
import dev.fleetline.device.DeviceRegistry;
import dev.fleetline.lambda.Deadline;
import java.time.Duration;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives kept deliveries once more to what applied them when they came. What is in its device already changes nothing,
 * so nothing has a double effect however often it is played.
 */
final class PlayAgain {

    /** All texts are of one length, so they sort as their times. */
    private static final DateTimeFormatter SORTING =
            new DateTimeFormatterBuilder().appendInstant(9).toFormatter(Locale.ROOT);

    private static final Logger LOG = LoggerFactory.getLogger(PlayAgain.class);

    /** What one delivery takes, be it a body that is taken apart, and a good end. */
    private static final Duration RESERVE = Duration.ofSeconds(15);

    private static final int PAGE = 25;

    private static final String UNKNOWN_DEVICE = "UNKNOWN_DEVICE";

    private static final Comparator<Delivery> AS_RECEIVED = Comparator.comparing(PlayAgain::place);

    private final CallbackInbox inbox;
    private final DeviceRegistry devices;
    private final ApplyDelivery applyDelivery;
    private final Accounts accounts;
    private final TakeApart takeApart;

    PlayAgain(CallbackInbox inbox, DeviceRegistry devices, ApplyDelivery applyDelivery, Accounts accounts) {
        this.inbox = inbox;
        this.devices = devices;
        this.applyDelivery = applyDelivery;
        this.accounts = accounts;
        this.takeApart = new TakeApart(inbox, accounts);
    }

    /** Plays until all is played or the deadline is near. An exception means that a store is down: the same task again. */
    ReplayReply run(ReplayTask task, Deadline deadline) {
        return switch (task) {
            case OfDevice device ->
                play(atHand(kept(device.name().keys(devices).stream())), device.startAfter(), deadline);
            case OfTime time ->
                play(
                        inStore(from -> inbox.received(time.begin(), time.end(), from, PAGE)),
                        time.startAfter(),
                        deadline);
            case OfReason(var reason, var startAfter) ->
                play(inStore(from -> inbox.setAside(reason, from, PAGE)), startAfter, deadline);
            case Bound(var event) ->
                play(atHand(waiting(kept(event.names().map(DeviceName::key)))), Optional.empty(), deadline);
        };
    }

    /**
     * What is to be played.
     *
     * @param page from {@code startAfter} on
     * @param behind the {@code startAfter} that goes on behind a delivery
     */
    private record Listing(Function<Optional<String>, Page> page, Function<Delivery, String> behind) {}

    /** In the store's order: a device ends the same in any (infra/decisions/0018-order-of-reports-and-words.md). */
    private Listing inStore(Function<Optional<String>, Page> page) {
        return new Listing(page, inbox::behind);
    }

    /** What is read at once, what was received first before the rest. */
    private static Listing atHand(Page all) {
        return new Listing(startAfter -> behind(startAfter, all), PlayAgain::place);
    }

    private static Page behind(Optional<String> startAfter, Page all) {
        return new Page(
                all.deliveries().stream()
                        .filter(delivery -> startAfter
                                .filter(start -> place(delivery).compareTo(start) <= 0)
                                .isEmpty())
                        .toList(),
                // whoever goes on was told of these at the beginning
                startAfter.isEmpty() ? all.unreadable() : List.of(),
                Optional.empty());
    }

    private ReplayReply play(Listing listing, Optional<String> startAfter, Deadline deadline) {
        Played played = new Played();
        Optional<String> from = startAfter;
        do {
            Page page = listing.page().apply(from);
            page.unreadable().forEach(reason -> leave(reason, played));
            from = play(page, listing.behind(), deadline, played);
        } while (from.isPresent() && !deadline.isNear(RESERVE));
        return ReplayReply.of(played, from);
    }

    /** Where to go on: behind the page, or behind the delivery after which the deadline was near. */
    private Optional<String> play(Page page, Function<Delivery, String> behind, Deadline deadline, Played played) {
        Iterator<Delivery> rest = page.deliveries().iterator();
        while (rest.hasNext()) {
            Delivery delivery = rest.next();
            play(delivery, played);
            if (rest.hasNext() && deadline.isNear(RESERVE)) {
                return Optional.of(behind.apply(delivery));
            }
        }
        return page.next();
    }

    private static void leave(String reason, Played played) {
        LOG.warn("left a delivery: {}", reason);
        played.add(new Applied.Again(reason));
    }

    /** One whose device cannot be read is left, and the others are played; a store that is down ends it. */
    private void play(Delivery delivery, Played played) {
        try {
            if (TakeApart.isDone(delivery)) {
                played.addUnchanged();
            } else if (takeApart.run(delivery)) {
                played.addTakenApart();
            } else {
                Applied applied = applyDelivery.again(delivery, accounts);
                if (applied instanceof Applied.Again(var reason)) {
                    LOG.warn("left delivery {}: {}", delivery.id(), reason);
                }
                played.add(applied);
            }
        } catch (CannotBeRead e) {
            LOG.warn("left delivery {}: {}", delivery.id(), e.getMessage());
            played.add(new Applied.Again("what is stored of its device cannot be read"));
        }
    }

    private Page kept(Stream<String> keys) {
        List<Page> kept = keys.map(inbox::under).toList();
        return new Page(
                kept.stream()
                        .flatMap(page -> page.deliveries().stream())
                        .sorted(AS_RECEIVED)
                        .toList(),
                kept.stream().flatMap(page -> page.unreadable().stream()).toList(),
                Optional.empty());
    }

    private static Page waiting(Page kept) {
        return new Page(
                kept.deliveries().stream().filter(PlayAgain::waitsForItsDevice).toList(),
                kept.unreadable(),
                Optional.empty());
    }

    private static boolean waitsForItsDevice(Delivery delivery) {
        return delivery.status() instanceof Status.Quarantined(var reason, var _) && reason.equals(UNKNOWN_DEVICE);
    }

    /** The time of receipt and what tells apart what was received at once. */
    private static String place(Delivery delivery) {
        return SORTING.format(delivery.receivedAt()) + "#" + delivery.id().deliveryId();
    }
}
