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
import dev.fleetline.device.Iccid;
import dev.fleetline.device.Imei;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * A carrier that does what it is asked, counts it, and misbehaves when it was told to. Like the platform it takes a
 * second activation of a device that is not ready yet without a word, so that a test can see that it was sent.
 */
public final class ScriptedCarrier implements CarrierGateway {

    /** What a carrier can be asked. */
    public enum Call {
        FIND,
        REGISTER,
        ACTIVATE,
        PROGRESS,
        LIST
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

    private static final int PAGE = 2;

    private final int mostAtOnce;
    private final boolean isCore;
    private final Map<Imei, Held> devices = new LinkedHashMap<>();
    private final Map<Imei, Integer> registrations = new HashMap<>();
    private final Map<Imei, Integer> activations = new HashMap<>();
    private final Map<String, Progress> requests = new HashMap<>();
    private final Map<Call, Integer> calls = new EnumMap<>(Call.class);
    private final Map<Call, Queue<CarrierReply<?>>> answers = new EnumMap<>(Call.class);
    private final Map<Call, Integer> toLose = new EnumMap<>(Call.class);
    private final Queue<Duration> waits = new ArrayDeque<>();
    private Effect effect = (_, _) -> {};
    private int changes;

    private record Held(CarrierDevice device, String name) {}

    private ScriptedCarrier(boolean isCore, int mostAtOnce) {
        this.isCore = isCore;
        this.mostAtOnce = mostAtOnce;
    }

    /** Like Core: gives each device an id and a revision, activates one at a time, and no request has an id. */
    public ScriptedCarrier() {
        this(true, 1);
    }

    /** Like M2M: devices have neither id nor revision, and an activation of several has an id of its own. */
    public static ScriptedCarrier ofLines() {
        return new ScriptedCarrier(false, 10_000);
    }

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

    /** The next who wants to activate has to wait so long for a turn. Several are used up in order. */
    public void hasNoTurnFor(Duration wait) {
        waits.add(wait);
    }

    /** A device that somebody else registered. */
    public DeviceId has(Imei imei, boolean active) {
        devices.put(
                imei,
                new Held(
                        document(imei, Optional.empty(), active ? LineState.ACTIVE : LineState.NOT_ACTIVE),
                        imei.digits()));
        return uidOf(imei);
    }

    /** The device checks in: from now on the carrier calls it active. */
    public void becomesReady(Imei imei) {
        becomes(imei, LineState.ACTIVE);
    }

    /** From now on the carrier calls it this. */
    public void becomes(Imei imei, LineState state) {
        change(imei, device -> document(imei, device.iccid(), state));
    }

    /** From now on the carrier has this SIM in it. */
    public void hasSim(Imei imei, Iccid sim) {
        change(imei, device -> document(imei, Optional.of(sim), device.state()));
    }

    /** When the carrier will put a suspended line back by itself. */
    public void resumes(Imei imei, Instant at) {
        change(
                imei,
                device -> new CarrierDevice(
                        device.uid(),
                        device.imei(),
                        device.iccid(),
                        device.state(),
                        device.revision(),
                        Optional.of(at),
                        device.document()));
    }

    /** Its record has this field with this value from now on. */
    public void shows(Imei imei, String field, Object value) {
        change(imei, device -> {
            Map<String, Object> document = new HashMap<>(device.document());
            document.put(field, value);
            return new CarrierDevice(
                    device.uid(),
                    device.imei(),
                    device.iccid(),
                    device.state(),
                    device.revision(),
                    device.resumes(),
                    document);
        });
    }

    /** The carrier forgets the device. */
    public void loses(Imei imei) {
        devices.remove(imei);
    }

    /** What it says of this request from now on. */
    public void progresses(String requestId, Progress progress) {
        requests.put(requestId, progress);
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
    public CarrierReply<Optional<CarrierDevice>> find(Line line) {
        return answer(
                Call.FIND,
                () -> new Ok<>(Optional.ofNullable(devices.get(line.imei())).map(Held::device)));
    }

    @Override
    public CarrierReply<CarrierDevice> register(NewDevice device) {
        return answer(Call.REGISTER, () -> {
            Imei imei = device.line().imei();
            if (devices.containsKey(imei)) {
                return new AlreadyDone<>();
            }
            Optional<Iccid> sim =
                    isCore ? Optional.empty() : Optional.of(device.line().iccid());
            Held held = new Held(document(imei, sim, LineState.NOT_ACTIVE), device.name());
            devices.put(imei, held);
            registrations.merge(imei, 1, Integer::sum);
            return new Ok<>(held.device());
        });
    }

    @Override
    public CarrierReply<Acceptance> activate(Activation activation) {
        if (activation.lines().size() > mostAtOnce) {
            throw new IllegalArgumentException("too many devices at once");
        }
        return answer(Call.ACTIVATE, () -> {
            List<Imei> imeis = activation.lines().stream().map(Line::imei).toList();
            if (!devices.keySet().containsAll(imeis)) {
                return notFound();
            }
            if (imeis.size() == 1 && isActive(imeis.getFirst())) {
                return new AlreadyDone<>();
            }
            imeis.forEach(imei -> {
                activations.merge(imei, 1, Integer::sum);
                becomes(imei, isCore ? LineState.NOT_ACTIVE : LineState.PENDING);
            });
            String requestId = "request-" + calls(Call.ACTIVATE);
            requests.put(requestId, Progress.PENDING);
            return new Ok<>(new Acceptance(isCore ? Optional.empty() : Optional.of(requestId)));
        });
    }

    @Override
    public Optional<Duration> takeTurn() {
        return Optional.ofNullable(waits.poll());
    }

    @Override
    public int mostAtOnce() {
        return mostAtOnce;
    }

    @Override
    public CarrierReply<Progress> progress(String account, String requestId) {
        return answer(
                Call.PROGRESS,
                () -> isCore
                        ? new Refused<>("NOT_OFFERED", "this platform has no requests to ask about")
                        : Optional.ofNullable(requests.get(requestId))
                                .<CarrierReply<Progress>>map(Ok::new)
                                .orElseGet(ScriptedCarrier::notFound));
    }

    /** Pages of two, so that every test of more than two devices turns one. */
    @Override
    public CarrierReply<Page> list(String account, Optional<String> after) {
        return answer(Call.LIST, () -> {
            List<CarrierDevice> all =
                    devices.values().stream().map(Held::device).toList();
            int from = after.map(Integer::parseInt).orElse(0);
            int to = Math.min(from + PAGE, all.size());
            return new Ok<>(new Page(
                    all.subList(from, to), to < all.size() ? Optional.of(Integer.toString(to)) : Optional.empty()));
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
            case Refused<?>(var code, var detail, var mender) -> new Refused<>(code, detail, mender);
            case TryLater<?>(var after, var reason) -> new TryLater<>(after, reason);
            case TokenRefused<?>(var secret, var versionId) -> new TokenRefused<>(secret, versionId);
            case Unclear<?>(var reason) -> new Unclear<>(reason);
        };
    }

    private boolean isActive(Imei imei) {
        return Optional.ofNullable(devices.get(imei))
                .filter(held -> held.device().active())
                .isPresent();
    }

    private void change(Imei imei, UnaryOperator<CarrierDevice> how) {
        devices.computeIfPresent(imei, (_, held) -> new Held(how.apply(held.device()), held.name()));
    }

    private CarrierDevice document(Imei imei, Optional<Iccid> sim, LineState state) {
        changes++;
        DeviceId uid = uidOf(imei);
        return new CarrierDevice(
                Optional.of(uid).filter(_ -> isCore),
                Optional.of(imei),
                sim,
                state,
                Optional.of("revision-" + changes).filter(_ -> isCore),
                Optional.empty(),
                Map.of(
                        "id",
                        uid.value(),
                        "imei",
                        Long.parseLong(imei.digits()),
                        "state",
                        state == LineState.ACTIVE ? "ready" : "registered"));
    }

    private static <T> CarrierReply<T> notFound() {
        return new Refused<>("NOT_FOUND", "the carrier has no such thing");
    }
}
