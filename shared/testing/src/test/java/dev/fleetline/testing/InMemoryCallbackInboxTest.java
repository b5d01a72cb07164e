package dev.fleetline.testing;

import dev.fleetline.callback.CallbackInbox;

class InMemoryCallbackInboxTest extends CallbackInboxContract {

    private final InMemoryStore store = new InMemoryStore();

    @Override
    protected CallbackInbox inbox() {
        return new InMemoryCallbackInbox(store);
    }
}
