package dev.fleetline.thingspacesimulator.streaming;

import dev.fleetline.thingspacesimulator.clock.Agenda;
import dev.fleetline.thingspacesimulator.devices.DeviceEvent;
import dev.fleetline.thingspacesimulator.faults.FaultSettings;
import dev.fleetline.thingspacesimulator.faults.Faults;
import dev.fleetline.thingspacesimulator.web.Courier;
import dev.fleetline.thingspacesimulator.web.Json;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends events to receivers, one event per message, in the background.
 *
 * <p>A receiver that fails gets the event again, a few times, each some while later on the simulator's clock; one that
 * refuses does not. The log has ids and statuses, never a key or a body.
 */
public final class Deliveries {

    private static final Logger LOG = LoggerFactory.getLogger(Deliveries.class);

    private final StreamBook streams;
    private final Faults faults;
    private final Agenda agenda;
    private final InstantSource clock;
    private final Courier courier;
    private final DeliveryLog log = new DeliveryLog();
    private final List<DeviceEvent> heldBack = new ArrayList<>();

    /** Sends by that courier. */
    public Deliveries(StreamBook streams, Faults faults, Agenda agenda, InstantSource clock, Courier courier) {
        this.streams = streams;
        this.faults = faults;
        this.agenda = agenda;
        this.clock = clock;
        this.courier = courier;
    }

    /** What happens to an event that was handed over: it is on its way, or waits for the next one. */
    public sealed interface Dispatch {
        /** All first attempts, those for events that had waited for this one included. */
        record Sending(CompletableFuture<List<Attempt>> firstAttempts) implements Dispatch {}

        /** Held back until the next event has been sent. */
        record HeldBack() implements Dispatch {}

        /** Sent when this time has come. */
        record Later(Instant due) implements Dispatch {}
    }

    /** Hands an event over to every subscription that is interested. */
    public Dispatch dispatch(DeviceEvent event) {
        List<DeviceEvent> sendNow = new ArrayList<>(List.of(event));
        synchronized (heldBack) {
            if (faults.holdBack()) {
                heldBack.add(event);
                return new Dispatch.HeldBack();
            }
            sendNow.addAll(heldBack);
            heldBack.clear();
        }
        Duration delay = faults.settings().deliveries().delay();
        Instant now = clock.instant();
        if (delay.isPositive()) {
            agenda.at(now.plus(delay), due -> sendAll(sendNow, due));
            return new Dispatch.Later(now.plus(delay));
        }
        return new Dispatch.Sending(courier.inBackground(() -> sendAll(sendNow, now)));
    }

    /** What was sent, and what came of it. */
    public DeliveryLog log() {
        return log;
    }

    /** How many events wait for the one after them. */
    public int heldBackCount() {
        synchronized (heldBack) {
            return heldBack.size();
        }
    }

    private List<Attempt> sendAll(List<DeviceEvent> events, Instant at) {
        List<Attempt> attempts = new ArrayList<>();
        for (DeviceEvent event : events) {
            int copies = faults.sendTwice() ? 2 : 1;
            for (Subscription subscription : streams.interestedIn(event)) {
                for (int copy = 0; copy < copies; copy++) {
                    attempts.add(attempt(event, subscription.id(), 1, at));
                }
            }
        }
        return attempts;
    }

    private Attempt attempt(DeviceEvent event, String subscriptionId, int number, Instant at) {
        Attempt attempt = new Attempt(event.id(), subscriptionId, number, at, post(event, subscriptionId));
        streams.count(attempt);
        FaultSettings.Deliveries settings = faults.settings().deliveries();
        boolean again = attempt.isWorthAnother() && number < settings.tries();
        if (again) {
            agenda.at(at.plus(settings.retryAfter()), due -> attemptAgain(event, subscriptionId, number + 1, due));
        }
        log.add(attempt, !again);
        if (LOG.isInfoEnabled()) {
            LOG.info("event {} to subscription {}, try {}: {}", event.id(), subscriptionId, number, attempt.outcome());
        }
        return attempt;
    }

    private void attemptAgain(DeviceEvent event, String subscriptionId, int number, Instant due) {
        if (streams.subscription(subscriptionId).isPresent()) {
            attempt(event, subscriptionId, number, due);
        }
    }

    private Attempt.Outcome post(DeviceEvent event, String subscriptionId) {
        Optional<Target> target =
                streams.subscription(subscriptionId).flatMap(subscription -> streams.target(subscription.targetId()));
        if (target.isEmpty()) {
            return new Attempt.NoTarget();
        }
        String message = Json.write(event.message());
        String body = faults.breakBody() ? message.substring(0, message.length() / 2) : message;
        boolean bearer = faults.settings().behaviour().bearerKey();
        Map<String, String> headers = target.get()
                .key()
                .map(key -> Map.of("authorization", bearer ? "Bearer " + key : key))
                .orElse(Map.of());
        return switch (courier.post(target.get().address(), headers, body)) {
            case Courier.Receipt.Answered answer when answer.accepted() -> new Attempt.Accepted(answer.status());
            case Courier.Receipt.Answered(var status) -> new Attempt.Refused(status);
            case Courier.Receipt.NoAnswer(var reason) -> new Attempt.NoAnswer(reason);
        };
    }
}
