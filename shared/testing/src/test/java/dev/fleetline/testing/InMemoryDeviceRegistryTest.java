package dev.fleetline.testing;

import dev.fleetline.device.DeviceRegistry;
import dev.fleetline.device.Imei;
import dev.fleetline.fleetevents.Outbox;

class InMemoryDeviceRegistryTest extends DeviceRegistryContract {

    private final InMemoryStore store = new InMemoryStore();

    @Override
    protected DeviceRegistry registry() {
        return new InMemoryDeviceRegistry(store);
    }

    @Override
    protected Outbox outbox() {
        return new InMemoryOutbox(store);
    }

    @Override
    protected void spoil(Imei imei) {
        store.spoil(imei, "as the test asked");
    }
}
