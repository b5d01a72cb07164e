package dev.fleetline.alert;

import dev.fleetline.device.Consequences;
import dev.fleetline.device.Consequences.HistoryEntry;
import dev.fleetline.device.Device;
import dev.fleetline.device.DeviceId;
import dev.fleetline.device.DeviceRegistry;
import dev.fleetline.device.Iccid;
import dev.fleetline.device.Imei;
import dev.fleetline.fleetevents.FleetEvents;
import dev.fleetline.fleetevents.Outbox;
import dev.fleetline.fleetevents.Outgoing;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Devices, alerts, outbox and bus of one small fleet, for the tests of this module, which nothing above it can serve. */
final class StoredFleet implements DeviceRegistry, AlertBook, Outbox, FleetEvents {

    private final Map<Imei, Device> devices = new LinkedHashMap<>();
    private final Map<String, Alert> alerts = new LinkedHashMap<>();
    private final Map<String, Outgoing> outbox = new LinkedHashMap<>();
    private final Deque<Runnable> interventions = new ArrayDeque<>();
    final List<HistoryEntry> history = new ArrayList<>();
    final List<Outgoing> bus = new ArrayList<>();
    boolean busIsDown;
    boolean diesBeforeDeleting;
    String passHolder = "pass";

    /** Something that happens between the next reading of a device and the writing of its alert. */
    void beforeNextWrite(Runnable intervention) {
        interventions.add(intervention);
    }

    /** Stores the device over whatever there is, as a report in another invocation would. */
    Device has(Device device) {
        long version = find(device.imei()).map(Device::version).orElse(0L) + 1;
        Device stored = device.at(version);
        devices.put(device.imei(), stored);
        return stored;
    }

    List<String> told() {
        return bus.stream().map(Outgoing::detailType).toList();
    }

    /** What outbox-relay would publish. */
    List<Outgoing> left() {
        return List.copyOf(outbox.values());
    }

    int unpublished() {
        return outbox.size();
    }

    @Override
    public Optional<Device> find(Imei imei) {
        return Optional.ofNullable(devices.get(imei));
    }

    @Override
    public Written write(Alert alert, Basis basis, Consequences consequences) {
        Optional.ofNullable(interventions.poll()).ifPresent(Runnable::run);
        String key = alert.subject().key() + "#" + alert.condition();
        long stored = Optional.ofNullable(alerts.get(key)).map(Alert::version).orElse(0L);
        if (stored != alert.version()) {
            return Written.CHANGED;
        }
        switch (basis) {
            case Basis.OnDevice(var judged, var changed) -> {
                if (find(judged.imei()).map(Device::version).orElse(0L) != judged.version()) {
                    return Written.CHANGED;
                }
                changed.ifPresent(this::has);
            }
            case Basis.OnPass(var _, var holder) -> {
                if (!holder.equals(passHolder)) {
                    return Written.NOT_OURS;
                }
            }
            case Basis.OnWord _ -> {}
        }
        alerts.put(key, alert.at(stored + 1));
        put(consequences.events());
        history.addAll(consequences.history());
        return Written.STORED;
    }

    @Override
    public List<Alert> of(Subject subject) {
        return alerts.values().stream()
                .filter(alert -> alert.subject().equals(subject))
                .toList();
    }

    @Override
    public List<Alert.Open> open() {
        return alerts.values().stream()
                .filter(Alert.Open.class::isInstance)
                .map(Alert.Open.class::cast)
                .toList();
    }

    @Override
    public AlertBook.Page open(Optional<String> startAfter, int limit) {
        return new AlertBook.Page(open(), Optional.empty());
    }

    @Override
    public List<Alert.Open> together() {
        return open().stream()
                .filter(alert -> !(alert.subject() instanceof Subject.OfDevice))
                .toList();
    }

    @Override
    public List<Entry> due(Instant until, int limit) {
        return open().stream()
                .filter(alert -> alert.due().filter(due -> !due.isAfter(until)).isPresent())
                .map(alert -> new Entry(alert.subject(), alert.condition()))
                .toList();
    }

    @Override
    public void put(List<Outgoing> events) {
        events.forEach(event -> outbox.putIfAbsent(event.eventId(), event));
    }

    @Override
    public void delete(Collection<String> eventIds) {
        if (diesBeforeDeleting) {
            throw new IllegalStateException("the process ends, as the test asked");
        }
        outbox.keySet().removeAll(eventIds);
    }

    @Override
    public Published publish(List<Outgoing> events) {
        Set<String> ids = events.stream().map(Outgoing::eventId).collect(Collectors.toSet());
        if (busIsDown) {
            return new Published(Set.of(), ids);
        }
        bus.addAll(events);
        return new Published(ids, Set.of());
    }

    @Override
    public List<Outgoing> decidedBefore(Instant moment, int limit) {
        throw new UnsupportedOperationException("judging never asks what is left in the outbox");
    }

    @Override
    public Optional<Imei> whoHas(DeviceId uid) {
        throw new UnsupportedOperationException("judging never asks whose UID it is");
    }

    @Override
    public Optional<Imei> whoHas(Iccid iccid) {
        throw new UnsupportedOperationException("judging never asks whose SIM it is");
    }

    @Override
    public Saved save(Device device, Consequences consequences) {
        throw new UnsupportedOperationException("judging never saves a device");
    }

    @Override
    public List<Imei> waiting(Instant until, int limit) {
        throw new UnsupportedOperationException("nobody is looked for here");
    }

    @Override
    public List<Imei> overdue(Instant until, int limit) {
        throw new UnsupportedOperationException("nobody is looked for here");
    }

    @Override
    public boolean watch(Device device, Optional<Instant> due) {
        throw new UnsupportedOperationException("judging moves nobody on");
    }

    @Override
    public DeviceRegistry.Page page(int segment, int of, Optional<Imei> startAfter, int limit) {
        throw new UnsupportedOperationException("judging never pages");
    }
}
