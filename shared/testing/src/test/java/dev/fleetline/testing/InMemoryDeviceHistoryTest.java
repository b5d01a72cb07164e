package dev.fleetline.testing;

import dev.fleetline.device.DeviceHistory;
import dev.fleetline.device.DeviceRegistry;

class InMemoryDeviceHistoryTest extends DeviceHistoryContract {

    private final InMemoryStore store = new InMemoryStore();

    @Override
    protected DeviceHistory history() {
        return new InMemoryDeviceHistory(store);
    }

    @Override
    protected DeviceRegistry registry() {
        return new InMemoryDeviceRegistry(store);
    }
}
