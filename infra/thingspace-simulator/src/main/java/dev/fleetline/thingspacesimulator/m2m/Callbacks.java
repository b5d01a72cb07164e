package dev.fleetline.thingspacesimulator.m2m;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.thingspacesimulator.clock.Agenda;
import dev.fleetline.thingspacesimulator.faults.FaultSettings;
import dev.fleetline.thingspacesimulator.faults.Faults;
import dev.fleetline.thingspacesimulator.web.Courier;
import dev.fleetline.thingspacesimulator.web.Json;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends callbacks to their listeners. The proof that the caller is the platform is in the body, in the clear; one that was
 * registered a moment ago may not be in use yet. A listener that refuses or does not answer gets the callback again.
 */
public final class Callbacks {

    private static final Logger LOG = LoggerFactory.getLogger(Callbacks.class);
    private static final Map<String, String> HEADERS = Map.of("user-agent", "Verizon's callback service");
    private static final int REMEMBERED = 1_000;

    private final ListenerBook listeners;
    private final Faults faults;
    private final Agenda agenda;
    private final InstantSource clock;
    private final Courier courier;
    private final Deque<CallbackAttempt> last = new ArrayDeque<>();
    private int attempts;
    private int delivered;
    private int lost;

    /** Sends by that courier. */
    public Callbacks(ListenerBook listeners, Faults faults, Agenda agenda, InstantSource clock, Courier courier) {
        this.listeners = listeners;
        this.faults = faults;
        this.agenda = agenda;
        this.clock = clock;
        this.courier = courier;
    }

    /** Sends a callback for the first time; empty when nobody listens to its service. */
    public Optional<CompletableFuture<CallbackAttempt>> send(Callback callback) {
        Instant now = clock.instant();
        return listeners
                .listener(callback.service())
                .map(listener -> courier.inBackground(() -> attempt(callback, listener, 1, now)));
    }

    /** As the control API shows it, oldest attempt first. */
    public synchronized ObjectNode toJson() {
        ObjectNode json = Json.object()
                .put("attempts", attempts)
                .put("delivered", delivered)
                .put("lost", lost);
        json.set("last", Json.array(last.stream().map(CallbackAttempt::toJson).toList()));
        return json;
    }

    private CallbackAttempt attempt(Callback callback, Listener listener, int count, Instant at) {
        FaultSettings.M2m settings = faults.settings().m2m();
        Listener.Proof proof = listener.at(at.minus(settings.stalePassword()));
        String body = Json.write(callback.message(proof, count));
        CallbackAttempt attempt = new CallbackAttempt(
                callback.requestId(), callback.service(), count, at, courier.post(listener.url(), HEADERS, body));
        boolean again = !attempt.delivered() && count <= settings.resends().times();
        if (again) {
            agenda.at(at.plus(settings.resends().apart()), due -> attemptAgain(callback, count + 1, due));
        }
        add(attempt, !again);
        if (LOG.isInfoEnabled()) {
            LOG.info(
                    "callback {} of {}, count {}: {}",
                    callback.requestId(),
                    callback.service(),
                    count,
                    attempt.receipt());
        }
        return attempt;
    }

    private void attemptAgain(Callback callback, int count, Instant due) {
        listeners
                .listener(callback.service())
                .ifPresentOrElse(listener -> attempt(callback, listener, count, due), this::giveUp);
    }

    private synchronized void giveUp() {
        lost++;
    }

    private synchronized void add(CallbackAttempt attempt, boolean isLast) {
        attempts++;
        if (attempt.delivered()) {
            delivered++;
        } else if (isLast) {
            lost++;
        }
        last.addLast(attempt);
        if (last.size() > REMEMBERED) {
            last.removeFirst();
        }
    }
}
