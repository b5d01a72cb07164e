package dev.fleetline.thingspacem2m;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetline.carrier.CallbackListeners;
import dev.fleetline.carrier.CallbackListeners.Listener;
import dev.fleetline.carrier.CarrierReply.TokenRefused;
import dev.fleetline.carrier.CarrierReply.TryLater;
import dev.fleetline.testing.CallbackListenersContract;
import dev.fleetline.testing.SimulatorDesk;
import dev.fleetline.testing.SimulatorDesk.M2mTokens;
import dev.fleetline.thingspacesimulator.SimulatorConfig;
import dev.fleetline.thingspacesimulator.ThingSpaceSimulator;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class M2mListenersIT extends CallbackListenersContract {

    private final ThingSpaceSimulator simulator =
            ThingSpaceSimulator.start(SimulatorConfig.onFreePort().standingAt(Instant.parse("2026-03-02T15:00:00Z")));
    private final SimulatorDesk desk = new SimulatorDesk(simulator.baseUri());
    private final M2mTokens login = desk.m2mTokens();
    private final SteadyTokens tokens = SteadyTokens.of(login.bearer(), login.session());
    private final M2mListeners listeners = new M2mListeners(
            URI.create(simulator.baseUri() + "/thingspace"), login.account(), tokens, Duration.ofSeconds(10));

    @AfterEach
    void close() {
        simulator.close();
    }

    @Override
    protected CallbackListeners listeners() {
        return listeners;
    }

    @Override
    protected void losesNextAnswer() {
        desk.faults("{\"m2mErrors\":1,\"m2mErrorsBy\":\"lost\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"session", "m2m"})
    void an_ended_session_and_an_ended_bearer_are_both_refused_tokens(String what) {
        desk.expire(what);

        assertThat(listeners.listeners()).isEqualTo(new TokenRefused<>(SteadyTokens.SECRET, "v1"));
        assertThat(tokens.refusedVersions()).containsExactly("v1");
    }

    @Test
    void a_platform_that_is_not_there_was_sent_nothing() {
        simulator.close();

        assertThat(listeners.register(new Listener("CarrierService", "https://x.example.test", "u", "p")))
                .isInstanceOf(TryLater.class);
    }
}
