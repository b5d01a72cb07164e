package dev.fleetline.testing;

import dev.fleetline.device.Consequences.HistoryEntry;
import dev.fleetline.device.DeviceHistory;
import dev.fleetline.device.Imei;
import java.util.List;

/** Of the devices in an {@link InMemoryStore}. */
public final class InMemoryDeviceHistory implements DeviceHistory {

    private final InMemoryStore store;

    public InMemoryDeviceHistory(InMemoryStore store) {
        this.store = store;
    }

    @Override
    public List<HistoryEntry> newest(Imei imei, int limit) {
        List<HistoryEntry> all = store.history("device#" + imei.digits());
        return all.subList(Math.max(0, all.size() - limit), all.size());
    }
}
