package dev.fleetline.testing;

import dev.fleetline.device.DeviceRegistry;
import dev.fleetline.onboarding.KnownDevices;

class InMemoryKnownDevicesTest extends KnownDevicesContract {

    private final InMemoryStore store = new InMemoryStore();

    @Override
    protected KnownDevices known() {
        return new InMemoryKnownDevices(store);
    }

    @Override
    protected DeviceRegistry registry() {
        return new InMemoryDeviceRegistry(store);
    }
}
