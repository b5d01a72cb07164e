package dev.fleetline.testing;

import dev.fleetline.carrier.SignedListeners;
import java.util.Set;

class InMemorySignedListenersTest extends SignedListenersContract {

    private final InMemorySignedListeners listeners = new InMemorySignedListeners(Set.of("Location", "DeviceLocation"));

    @Override
    protected SignedListeners listeners() {
        return listeners;
    }

    @Override
    protected void losesNextAnswer() {
        listeners.losesNextAnswer();
    }
}
