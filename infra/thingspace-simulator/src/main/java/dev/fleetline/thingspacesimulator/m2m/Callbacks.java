package dev.fleetline.thingspacesimulator.m2m;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.thingspacesimulator.clock.Agenda;
import dev.fleetline.thingspacesimulator.faults.FaultSettings;
import dev.fleetline.thingspacesimulator.faults.Faults;
import dev.fleetline.thingspacesimulator.faults.Signing;
import dev.fleetline.thingspacesimulator.web.Courier;
import dev.fleetline.thingspacesimulator.web.Json;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends callbacks to their listeners. The proof that the caller is the platform is in the body, in the clear, or is a signature
 * of the body; one that was registered a moment ago may not be in use yet. A listener that refuses or does not answer gets the callback again.
 */
public final class Callbacks {

    private static final Logger LOG = LoggerFactory.getLogger(Callbacks.class);
    private static final int REMEMBERED = 1_000;

    /** So many are told at once. */
    private static final int WIDTH = 50;

    private final ListenerBook listeners;
    private final Faults faults;
    private final Agenda agenda;
    private final InstantSource clock;
    private final Courier courier;
    private final Map<String, CompletableFuture<CallbackAttempt>> lastTold = new ConcurrentHashMap<>();
    private final Semaphore free = new Semaphore(WIDTH, true);
    private final Deque<CallbackAttempt> last = new ArrayDeque<>();
    private int attempts;
    private int delivered;
    private int lost;
    private int unheard;

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

    /**
     * Sends a callback that is due at that time, side by side with others, but after those that were told about the same subject
     * before it. One that nobody listens for is not sent at all. Called by the agenda alone.
     */
    public void tell(Callback callback, String subject, Instant due) {
        Optional<Listener> found = listeners.listener(callback.service());
        if (found.isEmpty()) {
            miss();
            return;
        }
        Listener listener = found.get();
        CompletableFuture<CallbackAttempt> before = lastTold.get(subject);
        free.acquireUninterruptibly();
        CompletableFuture<CallbackAttempt> told = courier.inBackground(() -> {
            try {
                if (before != null) {
                    var _ = before.handle((_, _) -> true).join();
                }
                return attempt(callback, listener, 1, due);
            } finally {
                free.release();
            }
        });
        var _ = lastTold.put(subject, told);
        var _ = told.whenComplete((_, _) -> lastTold.remove(subject, told));
    }

    /** Returns when all that was being told at the call is told. */
    public void drain() {
        free.acquireUninterruptibly(WIDTH);
        free.release(WIDTH);
    }

    private synchronized void miss() {
        unheard++;
    }

    /** As the control API shows it, oldest attempt first. */
    public synchronized ObjectNode toJson() {
        ObjectNode json = Json.object()
                .put("attempts", attempts)
                .put("delivered", delivered)
                .put("lost", lost)
                .put("unheard", unheard);
        json.set("last", Json.array(last.stream().map(CallbackAttempt::toJson).toList()));
        return json;
    }

    private CallbackAttempt attempt(Callback callback, Listener listener, int count, Instant at) {
        FaultSettings.M2m settings = faults.settings().m2m();
        Letter letter = letter(callback, listener.at(at.minus(settings.stalePassword())), count);
        Courier.Receipt receipt = courier.post(
                listener.url(),
                letter.headers(),
                letter.body(),
                settings.resends().patience());
        CallbackAttempt attempt = new CallbackAttempt(callback.requestId(), callback.service(), count, at, receipt);
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

    private record Letter(Map<String, String> headers, String body) {}

    private Letter letter(Callback callback, Listener.Proof proof, int count) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.put("user-agent", "Verizon's callback service");
        return switch (proof) {
            case Listener.Proof.Password password ->
                new Letter(headers, Json.write(callback.withPassword(password, count)));
            case Listener.Proof.Key key -> {
                String body = Json.write(callback.content());
                Signing signing = faults.settings().signing();
                headers.putAll(key.headers());
                headers.put(signing.header(), signing.form().write(Signature.of(body, key.key())));
                yield new Letter(headers, body);
            }
        };
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
