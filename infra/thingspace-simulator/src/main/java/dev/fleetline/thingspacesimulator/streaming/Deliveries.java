package dev.fleetline.thingspacesimulator.streaming;

import dev.fleetline.thingspacesimulator.clock.Agenda;
import dev.fleetline.thingspacesimulator.devices.DeviceEvent;
import dev.fleetline.thingspacesimulator.faults.FaultSettings;
import dev.fleetline.thingspacesimulator.faults.Faults;
import dev.fleetline.thingspacesimulator.web.Json;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends events to receivers, one event per message, in the background.
 *
 * <p>A receiver that fails gets the event again, a few times, each some while later on the simulator's clock; one that
 * refuses does not. The log has ids and statuses, never a key or a body.
 */
public final class Deliveries implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Deliveries.class);

    private final StreamBook streams;
    private final Faults faults;
    private final Agenda agenda;
    private final InstantSource clock;
    private final Duration patience;
    private final DeliveryLog log = new DeliveryLog();
    private final List<DeviceEvent> heldBack = new ArrayList<>();
    private final ExecutorService background = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient http;

    /**
     * Starts no thread until there is something to send.
     *
     * @param patience how long a receiver may take for its answer, in real time
     */
    public Deliveries(StreamBook streams, Faults faults, Agenda agenda, InstantSource clock, Duration patience) {
        this.streams = streams;
        this.faults = faults;
        this.agenda = agenda;
        this.clock = clock;
        this.patience = patience;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(patience)
                .executor(background)
                .build();
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
        return new Dispatch.Sending(CompletableFuture.supplyAsync(() -> sendAll(sendNow, now), background));
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

    @Override
    public void close() {
        background.shutdownNow();
        http.shutdownNow();
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
        HttpRequest.Builder request = HttpRequest.newBuilder(target.get().address())
                .timeout(patience)
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        boolean bearer = faults.settings().behaviour().bearerKey();
        target.get().key().ifPresent(key -> request.header("authorization", bearer ? "Bearer " + key : key));
        try {
            int status = http.send(request.build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
            return status / 100 == 2 ? new Attempt.Accepted(status) : new Attempt.Refused(status);
        } catch (HttpTimeoutException e) {
            return new Attempt.NoAnswer("no answer within " + patience);
        } catch (IOException e) {
            return new Attempt.NoAnswer("no connection: " + e.getClass().getSimpleName());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Attempt.NoAnswer("the simulator was stopped");
        }
    }
}
