package dev.fleetline.testing;

import dev.fleetline.device.Device;
import dev.fleetline.device.Iccid;
import dev.fleetline.device.Imei;
import dev.fleetline.onboarding.KnownDevices;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The devices of an {@link InMemoryStore}, as an order sees them. */
public final class InMemoryKnownDevices implements KnownDevices {

    private final InMemoryStore store;

    public InMemoryKnownDevices(InMemoryStore store) {
        this.store = store;
    }

    @Override
    public Map<Imei, Known> find(Collection<Imei> imeis) {
        return store.read(stored -> {
            Map<Imei, Known> found = new HashMap<>();
            imeis.forEach(imei ->
                    Optional.ofNullable(stored.devices.get(imei)).ifPresent(device -> found.put(imei, known(device))));
            return found;
        });
    }

    @Override
    public Map<Iccid, Imei> whoHas(Collection<Iccid> iccids) {
        return store.read(stored -> {
            Map<Iccid, Imei> found = new HashMap<>();
            iccids.forEach(iccid -> Optional.ofNullable(stored.identities.get("iccid#" + iccid.digits()))
                    .ifPresent(owner -> found.put(iccid, owner)));
            return found;
        });
    }

    private static Known known(Device device) {
        return new Known(
                device.lifecycle().name(),
                device.order().iccid(),
                device.order().onboardingId());
    }
}
