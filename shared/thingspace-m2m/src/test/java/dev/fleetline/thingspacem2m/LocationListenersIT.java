package dev.fleetline.thingspacem2m;

import dev.fleetline.carrier.SignedListeners;
import dev.fleetline.testing.SignedListenersContract;
import dev.fleetline.testing.SimulatorDesk;
import dev.fleetline.testing.SimulatorDesk.M2mTokens;
import dev.fleetline.thingspacesimulator.SimulatorConfig;
import dev.fleetline.thingspacesimulator.ThingSpaceSimulator;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;

class LocationListenersIT extends SignedListenersContract {

    private final ThingSpaceSimulator simulator =
            ThingSpaceSimulator.start(SimulatorConfig.onFreePort().standingAt(Instant.parse("2026-03-02T15:00:00Z")));
    private final SimulatorDesk desk = new SimulatorDesk(simulator.baseUri());
    private final M2mTokens login = desk.m2mTokens();
    private final LocationListeners listeners = new LocationListeners(
            URI.create(simulator.baseUri() + "/thingspace"),
            login.account(),
            SteadyTokens.of(login.bearer(), login.session()),
            Duration.ofSeconds(10),
            "Shared-Key");

    @AfterEach
    void close() {
        simulator.close();
    }

    @Override
    protected SignedListeners listeners() {
        return listeners;
    }

    @Override
    protected void losesNextAnswer() {
        desk.faults("{\"m2mErrors\":1,\"m2mErrorsBy\":\"lost\"}");
    }
}
