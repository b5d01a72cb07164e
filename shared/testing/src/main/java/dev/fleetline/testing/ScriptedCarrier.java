package dev.fleetline.testing;

import dev.fleetline.carrier.CarrierGateway;
import dev.fleetline.carrier.CarrierReply;
import dev.fleetline.carrier.CarrierReply.AlreadyDone;
import dev.fleetline.carrier.CarrierReply.Ok;
import dev.fleetline.carrier.CarrierReply.Refused;
import dev.fleetline.carrier.CarrierReply.TokenRefused;
import dev.fleetline.carrier.CarrierReply.TryLater;
import dev.fleetline.carrier.CarrierReply.Unclear;
import dev.fleetline.device.DeviceId;
import dev.fleetline.device.Imei;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A carrier that does what it is asked, counts it, and misbehaves when it was told to. Like the platform it takes a
 * second activation of a device that is not ready yet without a word, so that a test can see that it was sent.
 */
public final class ScriptedCarrier implements CarrierGateway {

    /** What a carrier can be asked. */
    public enum Call {
        FIND,
        GET,
        REGISTER,
        ACTIVATE,
        CREATE_TARGET,
        CREATE_SUBSCRIPTION
    }

    /** Where in a call a hook is called: before anything was done, or after it and before the caller knows. */
    public enum Moment {
        BEFORE,
        AFTER
    }

    /** Called at both moments of every call; what it throws reaches the caller, as when a process dies there. */
    @FunctionalInterface
    public interface Effect {
        void at(Call call, Moment moment);
    }

    private final Map<Imei, Held> devices = new LinkedHashMap<>();
    private final Map<Imei, Integer> registrations = new HashMap<>();
    private final Map<Imei, Integer> activations = new HashMap<>();
    private final Map<Call, Integer> calls = new EnumMap<>(Call.class);
    private final Map<Call, Queue<CarrierReply<?>>> answers = new EnumMap<>(Call.class);
    private final Map<Call, Integer> toLose = new EnumMap<>(Call.class);
    private final Set<String> targets = new HashSet<>();
    private final Set<String> streamKinds = new HashSet<>();
    private Effect effect = (_, _) -> {};

    private record Held(CarrierDevice device, String name) {}

    /** Calls {@code next} at every effect from now on. */
    public void onEffect(Effect next) {
        effect = next;
    }

    /** The next such call is answered so, and nothing is done. Several are used up in order. */
    public void answersNext(Call call, CarrierReply<?> reply) {
        if (reply instanceof Ok<?>) {
            throw new IllegalArgumentException(
                    "a scripted answer is one that is not yes; yes is what it says by itself");
        }
        answers.computeIfAbsent(call, _ -> new ArrayDeque<>()).add(reply);
    }

    /** The next such call is carried out, and its answer is lost. */
    public void losesNextAnswer(Call call) {
        toLose.merge(call, 1, Integer::sum);
    }

    /** A device that somebody else registered. */
    public DeviceId has(Imei imei, boolean active) {
        DeviceId uid = uidOf(imei);
        devices.put(imei, new Held(document(imei, active), imei.digits()));
        return uid;
    }

    /** The device checks in: from now on the carrier calls it active. */
    public void becomesReady(Imei imei) {
        devices.computeIfPresent(imei, (_, held) -> new Held(document(imei, true), held.name()));
    }

    /** How many registrations of it succeeded. */
    public int registrations(Imei imei) {
        return registrations.getOrDefault(imei, 0);
    }

    /** How many activations of it were accepted. */
    public int activations(Imei imei) {
        return activations.getOrDefault(imei, 0);
    }

    /** How often it was asked for this, answered or not. */
    public int calls(Call call) {
        return calls.getOrDefault(call, 0);
    }

    /** How often it was asked for anything. */
    public int calls() {
        return calls.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** The name under which it was registered; empty when it is not known. */
    public Optional<String> nameOf(Imei imei) {
        return Optional.ofNullable(devices.get(imei)).map(Held::name);
    }

    @Override
    public CarrierReply<Optional<CarrierDevice>> find(Imei imei) {
        return answer(
                Call.FIND, () -> new Ok<>(Optional.ofNullable(devices.get(imei)).map(Held::device)));
    }

    @Override
    public CarrierReply<CarrierDevice> get(DeviceId uid) {
        return answer(
                Call.GET,
                () -> with(uid).<CarrierReply<CarrierDevice>>map(Ok::new).orElseGet(ScriptedCarrier::notFound));
    }

    @Override
    public CarrierReply<CarrierDevice> register(NewDevice device) {
        return answer(Call.REGISTER, () -> {
            if (devices.containsKey(device.imei())) {
                return new AlreadyDone<>();
            }
            Held held = new Held(document(device.imei(), false), device.name());
            devices.put(device.imei(), held);
            registrations.merge(device.imei(), 1, Integer::sum);
            return new Ok<>(held.device());
        });
    }

    @Override
    public CarrierReply<Acceptance> activate(DeviceId uid) {
        return answer(Call.ACTIVATE, () -> {
            Optional<CarrierDevice> found = with(uid);
            if (found.isEmpty()) {
                return notFound();
            }
            if (found.get().active()) {
                return new AlreadyDone<>();
            }
            found.get().imei().ifPresent(imei -> activations.merge(imei, 1, Integer::sum));
            return new Ok<>(new Acceptance(Optional.empty()));
        });
    }

    @Override
    public CarrierReply<String> createTarget(StreamTarget target) {
        return answer(Call.CREATE_TARGET, () -> {
            String id = "target-" + (targets.size() + 1);
            targets.add(id);
            return new Ok<>(id);
        });
    }

    @Override
    public CarrierReply<String> createSubscription(String targetId, String streamKind, String name) {
        return answer(Call.CREATE_SUBSCRIPTION, () -> {
            if (!targets.contains(targetId)) {
                return notFound();
            }
            return streamKinds.add(streamKind) ? new Ok<>("subscription-" + streamKinds.size()) : new AlreadyDone<>();
        });
    }

    /** The id that it gives a device: made from the IMEI, so a test can know it before. */
    public static DeviceId uidOf(Imei imei) {
        return new DeviceId("d0c1e0a1-0000-6abc-f001-"
                + imei.digits().substring(imei.digits().length() - 12));
    }

    private <T> CarrierReply<T> answer(Call call, Supplier<CarrierReply<T>> deed) {
        calls.merge(call, 1, Integer::sum);
        effect.at(call, Moment.BEFORE);
        Queue<CarrierReply<?>> scripted = answers.getOrDefault(call, new ArrayDeque<>());
        if (!scripted.isEmpty()) {
            return ofAnyKind(scripted.remove());
        }
        CarrierReply<T> reply = deed.get();
        effect.at(call, Moment.AFTER);
        if (toLose.getOrDefault(call, 0) > 0) {
            toLose.merge(call, -1, Integer::sum);
            return new Unclear<>("the answer was lost");
        }
        return reply;
    }

    /** The same answer to another question: none of these carries a value. */
    static <T> CarrierReply<T> ofAnyKind(CarrierReply<?> reply) {
        return switch (reply) {
            case Ok<?> _ -> throw new IllegalStateException("answersNext takes none of these");
            case AlreadyDone<?> _ -> new AlreadyDone<>();
            case Refused<?>(var code, var detail) -> new Refused<>(code, detail);
            case TryLater<?>(var after, var reason) -> new TryLater<>(after, reason);
            case TokenRefused<?>(var secret, var versionId) -> new TokenRefused<>(secret, versionId);
            case Unclear<?>(var reason) -> new Unclear<>(reason);
        };
    }

    private Optional<CarrierDevice> with(DeviceId uid) {
        return devices.values().stream()
                .map(Held::device)
                .filter(device -> device.uid().equals(uid))
                .findFirst();
    }

    private static CarrierDevice document(Imei imei, boolean active) {
        DeviceId uid = uidOf(imei);
        return new CarrierDevice(
                uid,
                Optional.of(imei),
                active,
                Map.of(
                        "id",
                        uid.value(),
                        "imei",
                        Long.parseLong(imei.digits()),
                        "state",
                        active ? "ready" : "registered"));
    }

    private static <T> CarrierReply<T> notFound() {
        return new Refused<>("NOT_FOUND", "the carrier has no such thing");
    }
}
