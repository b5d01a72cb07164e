package dev.fleetline.testing;

import dev.fleetline.carrier.CarrierReply;
import dev.fleetline.carrier.CarrierReply.AlreadyDone;
import dev.fleetline.carrier.CarrierReply.Ok;
import dev.fleetline.carrier.CarrierReply.Refused;
import dev.fleetline.carrier.CarrierStreams;
import dev.fleetline.carrier.CarrierStreams.StreamTarget;
import dev.fleetline.device.DeviceId;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A carrier's streams in memory. It sends what devices report to the targets that are subscribed, and remembers
 * it.
 */
public final class InMemoryStreams extends Misbehaving implements CarrierStreams {

    /** What was sent to an address, with the key that was shown. */
    public record Sent(String address, String key, String message) {
        @Override
        public String toString() {
            return "Sent[to " + address + "]";
        }
    }

    private record Held(Target target, String key) {}

    private final InstantSource clock;
    private final Map<String, Held> targets = new LinkedHashMap<>();
    private final Map<String, Subscription> subscriptions = new LinkedHashMap<>();
    private final Map<DeviceId, Deque<PastReport>> history = new HashMap<>();
    private final List<Sent> unheard = new ArrayList<>();
    private Consumer<Sent> receiver = unheard::add;
    private Optional<String> shownName = Optional.empty();
    private boolean moves = true;
    private int ids;

    /** Without targets and subscriptions; times come from the clock. */
    public InMemoryStreams(InstantSource clock) {
        this.clock = clock;
    }

    /** Gets what is sent from now on. */
    public void sendsTo(Consumer<Sent> next) {
        receiver = next;
    }

    /** Like a platform that writes something of its own over the names of all targets, now and from now on. */
    public void overwritesNames(String name) {
        shownName = Optional.of(name);
    }

    /** Like a platform that cannot change a subscription. */
    public void refusesToMove() {
        moves = false;
    }

    /** A device reports; everybody subscribed is sent it. */
    public void reports(DeviceId uid, String message) {
        history.computeIfAbsent(uid, _ -> new ArrayDeque<>()).addFirst(new PastReport(clock.instant(), message));
        for (Subscription subscription : List.copyOf(subscriptions.values())) {
            Optional.ofNullable(targets.get(subscription.targetId()))
                    .ifPresent(held -> receiver.accept(new Sent(held.target().address(), held.key(), message)));
        }
    }

    /** The key of the target that a stream of this kind feeds. */
    public Optional<String> keyOf(String streamKind) {
        return subscriptions.values().stream()
                .filter(subscription -> subscription.streamKind().equals(streamKind))
                .flatMap(subscription -> Optional.ofNullable(targets.get(subscription.targetId())).stream())
                .map(Held::key)
                .findFirst();
    }

    /** From now on the carrier says this of all subscriptions of the kind. */
    public void fares(String streamKind, Health health) {
        subscriptions.replaceAll((_, had) -> had.streamKind().equals(streamKind)
                ? new Subscription(had.id(), had.name(), had.streamKind(), had.targetId(), had.createdAt(), health)
                : had);
    }

    @Override
    public CarrierReply<List<Target>> targets() {
        return answer(
                "targets",
                () -> new Ok<>(targets.values().stream().map(this::shown).toList()));
    }

    private Target shown(Held held) {
        Target target = held.target();
        return new Target(target.id(), shownName.orElse(target.name()), target.address(), target.createdAt());
    }

    @Override
    public CarrierReply<String> createTarget(StreamTarget target) {
        return change("createTarget", () -> {
            String id = "target-" + ++ids;
            targets.put(id, new Held(new Target(id, target.name(), target.address(), clock.instant()), target.key()));
            return new Ok<>(id);
        });
    }

    @Override
    public CarrierReply<String> deleteTarget(String targetId) {
        return change(
                "deleteTarget", () -> targets.remove(targetId) == null ? new AlreadyDone<>() : new Ok<>(targetId));
    }

    @Override
    public CarrierReply<List<Subscription>> subscriptions() {
        return answer("subscriptions", () -> new Ok<>(List.copyOf(subscriptions.values())));
    }

    @Override
    public CarrierReply<String> createSubscription(String targetId, String streamKind, String name) {
        return change("createSubscription", () -> {
            if (!targets.containsKey(targetId)) {
                return notFound();
            }
            if (subscriptions.values().stream()
                    .anyMatch(other -> other.streamKind().equals(streamKind))) {
                return new AlreadyDone<>();
            }
            String id = "subscription-" + ++ids;
            subscriptions.put(id, new Subscription(id, name, streamKind, targetId, clock.instant()));
            return new Ok<>(id);
        });
    }

    @Override
    public CarrierReply<String> moveSubscription(String subscriptionId, String targetId) {
        return change("moveSubscription", () -> {
            if (!moves) {
                return new Refused<>("METHOD_NOT_ALLOWED", "no such method");
            }
            Subscription had = subscriptions.get(subscriptionId);
            if (had == null || !targets.containsKey(targetId)) {
                return notFound();
            }
            subscriptions.put(
                    subscriptionId,
                    new Subscription(had.id(), had.name(), had.streamKind(), targetId, had.createdAt(), had.health()));
            return new Ok<>(subscriptionId);
        });
    }

    @Override
    public CarrierReply<String> deleteSubscription(String subscriptionId) {
        return change(
                "deleteSubscription",
                () -> subscriptions.remove(subscriptionId) == null ? new AlreadyDone<>() : new Ok<>(subscriptionId));
    }

    @Override
    public CarrierReply<List<PastReport>> history(DeviceId uid, int limit) {
        return answer(
                "history",
                () -> history.containsKey(uid)
                        ? new Ok<>(history.get(uid).stream().limit(limit).toList())
                        : notFound());
    }

    private static <T> CarrierReply<T> notFound() {
        return new Refused<>("NOT_FOUND", "the carrier has no such thing");
    }
}
