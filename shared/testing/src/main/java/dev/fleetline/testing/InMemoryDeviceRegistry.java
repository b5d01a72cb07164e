package dev.fleetline.testing;

import dev.fleetline.device.CannotBeRead;
import dev.fleetline.device.Consequences;
import dev.fleetline.device.Device;
import dev.fleetline.device.DeviceId;
import dev.fleetline.device.DeviceRegistry;
import dev.fleetline.device.Iccid;
import dev.fleetline.device.Imei;
import dev.fleetline.testing.InMemoryStore.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Devices in an {@link InMemoryStore}. */
public final class InMemoryDeviceRegistry implements DeviceRegistry {

    private final InMemoryStore store;

    public InMemoryDeviceRegistry(InMemoryStore store) {
        this.store = store;
    }

    @Override
    public Optional<Device> find(Imei imei) {
        return store.read(stored -> {
            if (stored.unreadable.containsKey(imei)) {
                throw new CannotBeRead("device " + imei + " cannot be read: " + stored.unreadable.get(imei));
            }
            return Optional.ofNullable(stored.devices.get(imei));
        });
    }

    @Override
    public Optional<Imei> whoHas(DeviceId uid) {
        return store.read(stored -> Optional.ofNullable(stored.identities.get("uid#" + uid.value())));
    }

    @Override
    public Optional<Imei> whoHas(Iccid iccid) {
        return store.read(stored -> Optional.ofNullable(stored.identities.get("iccid#" + iccid.digits())));
    }

    @Override
    public Saved save(Device device, Consequences consequences) {
        return store.write("save device", stored -> {
            long version = Optional.ofNullable(stored.devices.get(device.imei()))
                    .map(Device::version)
                    .orElse(0L);
            if (version != device.version()) {
                return new Saved.Changed();
            }
            Optional<Saved> taken = device.uid()
                    .flatMap(uid -> taken(stored, "uid", uid.value(), device.imei()))
                    .or(() -> device.heldSim().flatMap(sim -> taken(stored, "iccid", sim.digits(), device.imei())));
            if (taken.isPresent()) {
                return taken.get();
            }
            Device next = device.at(version + 1);
            stored.devices.put(device.imei(), next);
            device.uid().ifPresent(uid -> stored.identities.put("uid#" + uid.value(), device.imei()));
            device.heldSim().ifPresent(sim -> stored.identities.put("iccid#" + sim.digits(), device.imei()));
            consequences.freed().ifPresent(sim -> stored.identities.remove("iccid#" + sim.digits(), device.imei()));
            stored.bring("device#" + device.imei().digits(), consequences);
            return new Saved.Stored(next);
        });
    }

    @Override
    public List<Imei> waiting(Instant until, int limit) {
        return reached(device -> device.progress().lookAt(), until, limit);
    }

    @Override
    public List<Imei> overdue(Instant until, int limit) {
        return reached(Device::due, until, limit);
    }

    private List<Imei> reached(Function<Device, Optional<Instant>> moment, Instant until, int limit) {
        return store.read(stored -> stored.devices.values().stream()
                .filter(device ->
                        moment.apply(device).filter(at -> !at.isAfter(until)).isPresent())
                .sorted(Comparator.comparing(device -> moment.apply(device).orElseThrow()))
                .limit(limit)
                .map(Device::imei)
                .toList());
    }

    @Override
    public boolean watch(Device device, Optional<Instant> due) {
        return store.write("watch device", stored -> {
            Device had = stored.devices.get(device.imei());
            if (had == null || had.version() != device.version()) {
                return false;
            }
            stored.devices.put(device.imei(), had.dueAt(due));
            return true;
        });
    }

    private static Optional<Saved> taken(State stored, String kind, String value, Imei by) {
        return Optional.ofNullable(stored.identities.get(kind + "#" + value))
                .filter(owner -> !owner.equals(by))
                .map(owner -> new Saved.IdTaken(kind, owner));
    }

    @Override
    public Page page(int segment, int of, Optional<Imei> startAfter, int limit) {
        return store.read(stored -> {
            List<Device> devices = new ArrayList<>();
            List<Unreadable> unreadable = new ArrayList<>();
            int seen = 0;
            Optional<Imei> last = Optional.empty();
            for (Device device : stored.devices.values()) {
                Imei imei = device.imei();
                if (Math.floorMod(imei.hashCode(), of) != segment
                        || startAfter
                                .filter(start -> imei.compareTo(start) <= 0)
                                .isPresent()) {
                    continue;
                }
                if (seen == limit) {
                    return new Page(devices, unreadable, last);
                }
                seen++;
                last = Optional.of(imei);
                Optional.ofNullable(stored.unreadable.get(imei))
                        .ifPresentOrElse(
                                reason -> unreadable.add(new Unreadable(imei.toString(), reason)),
                                () -> devices.add(device));
            }
            return new Page(devices, unreadable, Optional.empty());
        });
    }
}
