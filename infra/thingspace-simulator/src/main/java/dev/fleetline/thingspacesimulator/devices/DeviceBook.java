package dev.fleetline.thingspacesimulator.devices;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.thingspacesimulator.web.Json;
import dev.fleetline.thingspacesimulator.wire.PlatformIds;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** All devices of the account, and how often each IMEI was registered and activated, deletions notwithstanding. */
public final class DeviceBook {

    private final InstantSource clock;
    private final PlatformIds platformIds;
    private final Supplier<UUID> ids;
    private final Map<String, SimulatedDevice> devices = new LinkedHashMap<>();
    private final Map<String, String> idsByImei = new HashMap<>();
    private final Map<String, Integer> registrations = new TreeMap<>();
    private final Map<String, Integer> activations = new TreeMap<>();
    private final Map<String, Integer> duplicates = new HashMap<>();
    private final Map<String, Led> leds = new HashMap<>();

    /** An empty book. */
    public DeviceBook(InstantSource clock, PlatformIds platformIds, Supplier<UUID> ids) {
        this.clock = clock;
        this.platformIds = platformIds;
        this.ids = ids;
    }

    /** What became of an activation. */
    sealed interface Activation {
        /** Under way. */
        record Accepted(ObjectNode document) implements Activation {}

        /** Nothing to do. */
        record AlreadyReady() implements Activation {}

        /** No such device, or no longer. */
        record Missing() implements Activation {}
    }

    /** What became of a report. */
    public sealed interface Reported {
        /** Taken in. */
        record Taken(DeviceEvent event) implements Reported {}

        /** The device is not on the network. */
        record NotReady(String state) implements Reported {}

        /** No device has this IMEI. */
        record Missing() implements Reported {}
    }

    /** A device as the control API sees it. */
    public record Summary(String imei, String id, String state, Optional<Instant> lastReport) {}

    /** The new device's document; empty when there is one with this IMEI. */
    synchronized Optional<ObjectNode> register(NewDevice device) {
        if (anyWith(device.imei()).isPresent()) {
            return Optional.empty();
        }
        int life = registrations.merge(device.imei(), 1, Integer::sum) - 1;
        String id = PlatformIds.device(device.imei(), life);
        SimulatedDevice registered = new SimulatedDevice(id, device, clock.instant(), platformIds);
        devices.put(id, registered);
        idsByImei.put(device.imei(), id);
        return Optional.of(registered.document());
    }

    /** The document of a device. */
    public synchronized Optional<ObjectNode> document(String id) {
        return settled(id).map(SimulatedDevice::document);
    }

    /** The documents of those devices, oldest first. */
    public synchronized List<ObjectNode> find(Predicate<String> imei) {
        return devices.keySet().stream()
                .flatMap(id -> settled(id).stream())
                .filter(device -> imei.test(device.imei()))
                .map(SimulatedDevice::document)
                .toList();
    }

    synchronized Activation activate(String id, Duration delay, boolean isSeen) {
        Optional<SimulatedDevice> found = settled(id);
        if (found.isEmpty()) {
            return new Activation.Missing();
        }
        SimulatedDevice device = found.get();
        return switch (device.state()) {
            case DeviceState.Ready _ -> new Activation.AlreadyReady();
            case DeviceState.Activating _ -> {
                // taken without a word, but counted: asking twice is what callers are to avoid
                activations.merge(device.imei(), 1, Integer::sum);
                duplicates.merge(device.imei(), 1, Integer::sum);
                yield new Activation.Accepted(device.document());
            }
            case DeviceState.Registered _ -> {
                activations.merge(device.imei(), 1, Integer::sum);
                device.activate(clock.instant(), delay, isSeen);
                device.settle(clock.instant(), led(device.imei()));
                yield new Activation.Accepted(device.document());
            }
        };
    }

    synchronized Optional<ObjectNode> deactivate(String id) {
        Optional<SimulatedDevice> device = settled(id);
        device.ifPresent(found -> found.deactivate(clock.instant()));
        return device.map(SimulatedDevice::document);
    }

    /** Takes a device out; false when there is none of that id. */
    public synchronized boolean delete(String id) {
        Optional<SimulatedDevice> removed = Optional.ofNullable(devices.remove(id));
        removed.ifPresent(device -> idsByImei.remove(device.imei()));
        return removed.isPresent();
    }

    /** The device's events, newest first. */
    public synchronized Optional<List<DeviceEvent>> history(String id) {
        return Optional.ofNullable(devices.get(id)).map(SimulatedDevice::history);
    }

    /** Notes that a device was told another configuration, or that it has taken it on; empty when there is no such device. */
    public synchronized Optional<DeviceEvent> configure(
            String id, ObjectNode configuration, String transaction, String state) {
        return settled(id).map(device -> device.configured(configuration, transaction, state, clock.instant()));
    }

    /** Sees to it that there is a device with that IMEI and that it is on the network, whoever has to do with it. */
    public synchronized void bringUp(String imei) {
        if (anyWith(imei).isEmpty()) {
            register(NewDevice.tracker(imei));
        }
        anyWith(imei).ifPresent(device -> {
            if (!(device.state() instanceof DeviceState.Ready)) {
                leds.remove(imei);
                device.activate(clock.instant(), Duration.ZERO, true);
                device.settle(clock.instant(), Led.IDLE);
            }
        });
    }

    /** Lets a device report; its history remembers the report. */
    public Reported report(Report report) {
        return report(report, true);
    }

    /** Lets a device report; one that is not {@code remembered} is in no history. */
    public synchronized Reported report(Report report, boolean remembered) {
        Optional<SimulatedDevice> found = anyWith(report.imei()).flatMap(device -> settled(device.id()));
        if (found.isEmpty()) {
            return new Reported.Missing();
        }
        SimulatedDevice device = found.get();
        if (!(device.state() instanceof DeviceState.Ready)) {
            return new Reported.NotReady(device.state().spelling());
        }
        Instant at = report.at().orElseGet(clock::instant).truncatedTo(ChronoUnit.SECONDS);
        return new Reported.Taken(device.report(report, at, ids.get(), remembered));
    }

    /** Every device there is now. */
    public synchronized List<Summary> summaries() {
        return devices.keySet().stream()
                .flatMap(id -> settled(id).stream())
                .map(device ->
                        new Summary(device.imei(), device.id(), device.state().spelling(), device.lastReport()))
                .toList();
    }

    /** How many devices there are now. */
    public synchronized int size() {
        return devices.size();
    }

    /** Sets a light, also of a device that is not registered yet; one that shows this already shows it as long as before. */
    public synchronized void setLed(String imei, LedStage stage) {
        // what it has done in the light so far stays done
        var _ = anyWith(imei).flatMap(device -> settled(device.id()));
        if (led(imei).stage() != stage) {
            leds.put(imei, new Led(stage, clock.instant()));
        }
    }

    /** One device as the control API shows it, also when it is not registered or no longer. */
    public synchronized ObjectNode view(String imei) {
        ObjectNode view = Json.object().put("imei", imei);
        anyWith(imei).flatMap(device -> settled(device.id())).ifPresent(device -> view.put("id", device.id())
                .put("state", device.state().spelling())
                .put("activating", device.state() instanceof DeviceState.Activating));
        LedStage stage = led(imei).stage();
        return view.put("led", stage.spelling())
                .put("light", stage.light())
                .put("registrations", registrations.getOrDefault(imei, 0))
                .put("activations", activations.getOrDefault(imei, 0))
                .put("duplicates", duplicates.getOrDefault(imei, 0));
    }

    /** The devices at a glance. */
    public synchronized ObjectNode toJson() {
        ObjectNode json = Json.object().put("devices", devices.size());
        Map<String, Integer> states = new TreeMap<>();
        devices.keySet().stream()
                .flatMap(id -> settled(id).stream())
                .forEach(device -> states.merge(device.state().spelling(), 1, Integer::sum));
        states.forEach(json.putObject("states")::put);
        Map<Integer, Integer> perDevice = new TreeMap<>();
        registrations.keySet().forEach(imei -> perDevice.merge(activations.getOrDefault(imei, 0), 1, Integer::sum));
        json.put("activations", sum(activations));
        ObjectNode counts = json.putObject("devicesByActivations");
        perDevice.forEach((times, number) -> counts.put(times.toString(), number));
        return json.put("duplicates", sum(duplicates));
    }

    private static int sum(Map<String, Integer> counts) {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** How many registrations succeeded, by IMEI. */
    public synchronized Map<String, Integer> registrations() {
        return new TreeMap<>(registrations);
    }

    /** How many activations were accepted, by IMEI. */
    public synchronized Map<String, Integer> activations() {
        return new TreeMap<>(activations);
    }

    private Optional<SimulatedDevice> anyWith(String imei) {
        return Optional.ofNullable(idsByImei.get(imei)).map(devices::get);
    }

    private Optional<SimulatedDevice> settled(String id) {
        Optional<SimulatedDevice> device = Optional.ofNullable(devices.get(id));
        device.ifPresent(found -> found.settle(clock.instant(), led(found.imei())));
        return device;
    }

    private Led led(String imei) {
        return leds.getOrDefault(imei, Led.IDLE);
    }
}
