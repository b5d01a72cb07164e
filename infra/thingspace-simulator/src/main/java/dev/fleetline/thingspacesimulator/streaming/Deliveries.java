package dev.fleetline.thingspacesimulator.streaming;

import dev.fleetline.thingspacesimulator.clock.Agenda;
import dev.fleetline.thingspacesimulator.devices.DeviceEvent;
import dev.fleetline.thingspacesimulator.faults.FaultSettings;
import dev.fleetline.thingspacesimulator.faults.Faults;
import dev.fleetline.thingspacesimulator.faults.StreamSettings.HttpTargets;
import dev.fleetline.thingspacesimulator.faults.StreamSettings.Shape;
import dev.fleetline.thingspacesimulator.web.Courier;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends events to receivers in the background.
 *
 * <p>A receiver that fails gets the message again, a few times, each some while later on the simulator's clock; one that
 * refuses does not. The log has ids and statuses, never a key or a body.
 */
public final class Deliveries {

    private static final Logger LOG = LoggerFactory.getLogger(Deliveries.class);

    /** Events that are to travel together wait no longer than this for each other. */
    private static final Duration TOGETHER_WITHIN = Duration.ofMinutes(1);

    /** What is cut off a broken body: enough to be no JSON, and not the event's id. */
    private static final int CUT_OFF = 20;

    private final List<StreamBook> books;
    private final Faults faults;
    private final Agenda agenda;
    private final InstantSource clock;
    private final Courier courier;
    private final DeliveryLog log = new DeliveryLog();
    private final List<DeviceEvent> heldBack = new ArrayList<>();
    private final List<DeviceEvent> gathered = new ArrayList<>();

    /** Sends to the subscriptions of all those books by that courier. */
    public Deliveries(List<StreamBook> books, Faults faults, Agenda agenda, InstantSource clock, Courier courier) {
        this.books = List.copyOf(books);
        this.faults = faults;
        this.agenda = agenda;
        this.clock = clock;
        this.courier = courier;
    }

    /** What happens to an event that was handed over: it is on its way, or waits for the next one. */
    public sealed interface Dispatch {
        /** All first attempts, those for events that had waited for this one included. */
        record Sending(CompletableFuture<List<Attempt>> firstAttempts) implements Dispatch {}

        /** Waits for events that are yet to come. */
        record HeldBack() implements Dispatch {}

        /** Sent when this time has come. */
        record Later(Instant due) implements Dispatch {}
    }

    /** Hands an event over to every subscription that is interested. */
    public Dispatch dispatch(DeviceEvent event) {
        Instant now = clock.instant();
        List<DeviceEvent> sendNow;
        synchronized (heldBack) {
            if (faults.holdBack()) {
                heldBack.add(event);
                return new Dispatch.HeldBack();
            }
            boolean first = gathered.isEmpty();
            gathered.add(event);
            gathered.addAll(heldBack);
            heldBack.clear();
            if (gathered.size() < faults.settings().streams().together()) {
                if (first) {
                    agenda.at(now.plus(TOGETHER_WITHIN), due -> sendAll(takeGathered(), due));
                }
                return new Dispatch.HeldBack();
            }
            sendNow = takeGathered();
        }
        Duration delay = faults.settings().deliveries().delay();
        if (delay.isPositive()) {
            agenda.at(now.plus(delay), due -> sendAll(sendNow, due));
            return new Dispatch.Later(now.plus(delay));
        }
        return new Dispatch.Sending(courier.inBackground(() -> sendAll(sendNow, now)));
    }

    /** Sends a text as it is, whatever it is, to whoever is sent events of the usual kind. */
    public List<Attempt> say(String id, String text) {
        return books.stream()
                .flatMap(book -> book.enabled().stream()
                        .filter(subscription -> subscription.kind() == StreamKind.ALL)
                        .map(subscription -> new Parcel(book, subscription.id(), List.of(id), text, Escort.NONE)))
                .map(parcel -> send(parcel, clock.instant()))
                .toList();
    }

    /** What was sent, and what came of it. */
    public DeliveryLog log() {
        return log;
    }

    /** How many events wait for others. */
    public int heldBackCount() {
        synchronized (heldBack) {
            return heldBack.size() + gathered.size();
        }
    }

    /** Whether anybody would be sent an event of the usual kind. */
    public boolean hasSubscriber() {
        return books.stream()
                .flatMap(book -> book.enabled().stream())
                .anyMatch(subscription -> subscription.kind() == StreamKind.ALL);
    }

    /**
     * Makes the messages in which events travel to every subscription that is interested.
     *
     * @param broken whether their bodies break off before the end
     */
    public List<Parcel> wrap(List<DeviceEvent> events, boolean broken, Escort escort) {
        Shape shape = faults.settings().streams().shape();
        List<Parcel> parcels = new ArrayList<>();
        for (StreamBook book : books) {
            for (Subscription subscription : book.enabled()) {
                List<DeviceEvent> wanted =
                        events.stream().filter(subscription.kind()::includes).toList();
                boolean together = shape != Shape.ONE && subscription.aggregates() && !wanted.isEmpty();
                if (together) {
                    parcels.add(parcel(book, subscription, wanted, Packing.together(wanted, shape), broken, escort));
                } else {
                    wanted.forEach(event -> parcels.add(
                            parcel(book, subscription, List.of(event), Packing.one(event), broken, escort)));
                }
            }
        }
        return parcels;
    }

    /** Sends a parcel for the first time, and has it sent again if need be. */
    public Attempt send(Parcel parcel, Instant at) {
        return attempt(parcel, 1, at);
    }

    private static Parcel parcel(
            StreamBook book,
            Subscription subscription,
            List<DeviceEvent> events,
            String body,
            boolean broken,
            Escort escort) {
        return new Parcel(
                book,
                subscription.id(),
                events.stream().map(DeviceEvent::id).toList(),
                broken ? body.substring(0, body.length() - CUT_OFF) : body,
                escort);
    }

    private List<DeviceEvent> takeGathered() {
        synchronized (heldBack) {
            List<DeviceEvent> all = List.copyOf(gathered);
            gathered.clear();
            return all;
        }
    }

    private List<Attempt> sendAll(List<DeviceEvent> events, Instant at) {
        List<DeviceEvent> all = events.stream()
                .flatMap(event -> Collections.nCopies(faults.sendTwice() ? 2 : 1, event).stream())
                .toList();
        return wrap(all, false, Escort.NONE).stream()
                .map(parcel -> send(parcel, at))
                .toList();
    }

    private Attempt attempt(Parcel parcel, int number, Instant at) {
        long began = System.nanoTime();
        Attempt.Outcome outcome = post(parcel);
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        Attempt attempt = new Attempt(parcel.eventIds(), parcel.subscriptionId(), number, at, took, outcome);
        parcel.book().count(attempt);
        FaultSettings.Deliveries settings = faults.settings().deliveries();
        boolean again = attempt.isWorthAnother() && number < settings.tries();
        if (again) {
            agenda.at(at.plus(settings.retryAfter()), due -> parcel.escort()
                    .run(() -> attemptAgain(parcel, number + 1, due)));
        }
        log.add(attempt, !again);
        parcel.escort().attempted(attempt, !again);
        if (LOG.isInfoEnabled()) {
            LOG.info(
                    "event {} ({} in all) to subscription {}, try {}: {}",
                    parcel.eventIds().getFirst(),
                    parcel.eventIds().size(),
                    parcel.subscriptionId(),
                    number,
                    attempt.outcome());
        }
        return attempt;
    }

    private void attemptAgain(Parcel parcel, int number, Instant due) {
        if (parcel.book().subscription(parcel.subscriptionId()).isPresent()) {
            attempt(parcel, number, due);
        } else {
            log.giveUp();
            parcel.escort().abandoned();
        }
    }

    private Attempt.Outcome post(Parcel parcel) {
        StreamBook book = parcel.book();
        Optional<Target> found = book.subscription(parcel.subscriptionId())
                .flatMap(subscription -> book.target(subscription.targetId()));
        if (found.isEmpty()) {
            return new Attempt.Misconfigured("the subscription's target does not exist");
        }
        Target target = found.get();
        if (faults.settings().streams().httpTargets() == HttpTargets.FAILING
                && !"https".equals(target.address().getScheme())) {
            return new Attempt.Misconfigured("the subscription's target has no TLS");
        }
        String body =
                faults.breakBody() ? parcel.body().substring(0, parcel.body().length() / 2) : parcel.body();
        Map<String, String> headers =
                target.headers(faults.settings().behaviour().bearerKey());
        return switch (courier.post(target.address(), headers, body)) {
            case Courier.Receipt.Answered answer when answer.accepted() -> new Attempt.Accepted(answer.status());
            case Courier.Receipt.Answered(var status) -> new Attempt.Refused(status);
            case Courier.Receipt.NoAnswer(var reason) -> new Attempt.NoAnswer(reason);
        };
    }
}
