package dev.fleetline.testing;

import dev.fleetline.alert.Alert;
import dev.fleetline.callback.Delivery;
import dev.fleetline.callback.Delivery.DeliveryId;
import dev.fleetline.device.Condition;
import dev.fleetline.device.Consequences;
import dev.fleetline.device.Consequences.HistoryEntry;
import dev.fleetline.device.Device;
import dev.fleetline.device.Imei;
import dev.fleetline.fleetevents.Outgoing;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What all stand-ins of stores keep, in one place and under one lock, so that a change across aggregates (a device, its
 * alert, the events) happens as a whole or not at all.
 *
 * <p>Every write is an effect with a name: {@code save device}, {@code write alert}, {@code put outbox}, {@code delete
 * outbox}, {@code put delivery}, {@code mark delivery}, {@code lease claim}, {@code release claim}, {@code once claim},
 * {@code issue ticket}, {@code redeem ticket}, {@code take from bucket}, {@code keep answer}.
 * A hook is called before and after each, and whatever it throws reaches the writer: thrown before, nothing was
 * written; thrown after, everything was and the writer never learns it.
 */
public final class InMemoryStore {

    private final State state = new State();
    private Consumer<String> onEffect = effect -> {};
    private boolean failing;

    /** What is stored. Handed out under the lock only. */
    static final class State {
        final TreeMap<Imei, Device> devices = new TreeMap<>();
        final Map<String, Imei> identities = new HashMap<>();
        final Map<Imei, String> unreadable = new HashMap<>();
        final Map<AlertKey, Alert> alerts = new HashMap<>();
        final Map<String, TreeMap<String, HistoryEntry>> history = new HashMap<>();
        final Map<String, Outgoing> outbox = new HashMap<>();
        final Map<DeliveryId, Delivery> deliveries = new HashMap<>();
        final Map<String, Claim> leases = new HashMap<>();
        final Map<String, Claim> onces = new HashMap<>();
        final Map<String, Claim> answers = new HashMap<>();
        final Map<String, Instant> tickets = new HashMap<>();
        final Map<String, Integer> taken = new HashMap<>();

        void bring(String subject, Consequences consequences) {
            consequences.history().forEach(entry -> history.computeIfAbsent(subject, none -> new TreeMap<>())
                    .put(entry.at() + "#" + entry.what(), entry));
            consequences.events().forEach(event -> outbox.putIfAbsent(event.eventId(), event));
        }
    }

    /** Under what an alert is kept. */
    record AlertKey(String subject, Condition condition) {}

    /** Who has a claim and until when. */
    record Claim(String holder, Instant until) {}

    /** Reads something. */
    synchronized <T> T read(Function<State, T> question) {
        return question.apply(state);
    }

    /** Changes something, as a whole. The hooks run outside the lock, so that they may write themselves. */
    <T> T write(String effect, Function<State, T> change) {
        Consumer<String> hook = beginning(effect);
        hook.accept(effect + ":before");
        T result = read(change);
        hook.accept(effect + ":after");
        return result;
    }

    private synchronized Consumer<String> beginning(String effect) {
        if (failing) {
            failing = false;
            throw new IllegalStateException("the store is down for this one write, as the test asked: " + effect);
        }
        return onEffect;
    }

    /** Lets the next write fail before anything is written; the one after it works. */
    public synchronized void failNextWrite() {
        failing = true;
    }

    /**
     * Calls the hook with {@code save device:before}, {@code save device:after} and so on. It may throw, and it may
     * write, so that somebody else comes in between (its own writes call it again).
     */
    public synchronized void onEffect(Consumer<String> hook) {
        onEffect = hook;
    }

    /** No hook any more. */
    public synchronized void settle() {
        onEffect = effect -> {};
        failing = false;
    }

    /** From now on nobody can read what is stored under this IMEI. */
    public void spoil(Imei imei, String reason) {
        read(stored -> Optional.ofNullable(stored.unreadable.put(imei, reason)));
    }

    /** Every device, by IMEI. */
    public List<Device> devices() {
        return read(stored -> List.copyOf(stored.devices.values()));
    }

    /** Every alert that is or was. */
    public Collection<Alert> alerts() {
        return read(stored -> List.copyOf(stored.alerts.values()));
    }

    /** The history of a subject, {@code device#<imei>}, oldest first. */
    public List<HistoryEntry> history(String subject) {
        return read(stored -> stored.history.getOrDefault(subject, new TreeMap<>()).values().stream()
                .sorted(Comparator.comparing(HistoryEntry::at).thenComparing(HistoryEntry::what))
                .toList());
    }

    /** Events that wait in the outbox, in no particular order. */
    public List<Outgoing> outbox() {
        return read(stored -> List.copyOf(stored.outbox.values()));
    }

    /** Every delivery, in no particular order. */
    public List<Delivery> deliveries() {
        return read(stored -> List.copyOf(stored.deliveries.values()));
    }

    /** The tickets that are out, each with its end. */
    public Map<String, Instant> tickets() {
        return read(stored -> Map.copyOf(stored.tickets));
    }
}
