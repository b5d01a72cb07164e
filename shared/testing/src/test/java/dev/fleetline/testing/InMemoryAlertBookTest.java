package dev.fleetline.testing;

import dev.fleetline.alert.AlertBook;
import dev.fleetline.claims.Claims;
import dev.fleetline.device.DeviceRegistry;
import dev.fleetline.fleetevents.Outbox;

class InMemoryAlertBookTest extends AlertBookContract {

    private final InMemoryStore store = new InMemoryStore();

    @Override
    protected AlertBook book() {
        return new InMemoryAlertBook(store);
    }

    @Override
    protected DeviceRegistry registry() {
        return new InMemoryDeviceRegistry(store);
    }

    @Override
    protected Outbox outbox() {
        return new InMemoryOutbox(store);
    }

    @Override
    protected Claims claims() {
        return new InMemoryClaims(store);
    }
}
