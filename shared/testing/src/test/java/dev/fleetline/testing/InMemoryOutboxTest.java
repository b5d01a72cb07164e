package dev.fleetline.testing;

import dev.fleetline.fleetevents.Outbox;

class InMemoryOutboxTest extends OutboxContract {

    private final InMemoryStore store = new InMemoryStore();

    @Override
    protected Outbox outbox() {
        return new InMemoryOutbox(store);
    }
}
