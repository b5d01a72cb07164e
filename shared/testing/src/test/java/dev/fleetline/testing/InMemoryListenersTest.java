package dev.fleetline.testing;

import dev.fleetline.carrier.CallbackListeners;

class InMemoryListenersTest extends CallbackListenersContract {

    private final InMemoryListeners listeners = new InMemoryListeners(MovableClock.at("2026-03-02T15:00:00Z"));

    @Override
    protected CallbackListeners listeners() {
        return listeners;
    }

    @Override
    protected void losesNextAnswer() {
        listeners.losesNextAnswer();
    }
}
