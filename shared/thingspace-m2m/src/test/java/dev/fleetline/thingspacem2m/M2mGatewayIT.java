package dev.fleetline.thingspacem2m;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetline.carrier.CarrierGateway;
import dev.fleetline.carrier.CarrierGateway.Line;
import dev.fleetline.carrier.CarrierGateway.NewDevice;
import dev.fleetline.carrier.CarrierGateway.Page;
import dev.fleetline.carrier.CarrierReply.Ok;
import dev.fleetline.carrier.CarrierReply.TokenRefused;
import dev.fleetline.carrier.CarrierReply.TryLater;
import dev.fleetline.device.Iccid;
import dev.fleetline.device.Imei;
import dev.fleetline.testing.CarrierGatewayContract;
import dev.fleetline.testing.SimulatorDesk;
import dev.fleetline.testing.SimulatorDesk.M2mTokens;
import dev.fleetline.thingspacesimulator.SimulatorConfig;
import dev.fleetline.thingspacesimulator.ThingSpaceSimulator;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class M2mGatewayIT extends CarrierGatewayContract {

    private static final Line LINE = new Line(
            new Imei("999999000000014"), new Iccid("89148000009999900014"), "0999000001-00001", Optional.empty());

    private final ThingSpaceSimulator simulator =
            ThingSpaceSimulator.start(SimulatorConfig.onFreePort().standingAt(Instant.parse("2026-03-02T15:00:00Z")));
    private final SimulatorDesk desk = new SimulatorDesk(simulator.baseUri());
    private final M2mTokens login = desk.m2mTokens();
    private final SteadyTokens tokens = SteadyTokens.of(login.bearer(), login.session());

    /** With pages of two devices, so that a list of three turns one. */
    private final M2mGateway carrier = new M2mGateway(
            URI.create(simulator.baseUri() + "/thingspace"), tokens, Duration.ofSeconds(10), Optional::empty, 2);

    M2mGatewayIT() {
        desk.faults("{\"m2mAlreadyActiveBy\":\"answer\"}");
    }

    @AfterEach
    void close() {
        simulator.close();
    }

    @Override
    protected CarrierGateway carrier() {
        return carrier;
    }

    /** An activation ends within five minutes, and a session without a call after twenty. */
    @Override
    protected void checksIn(Imei imei) {
        desk.forward(Duration.ofMinutes(6));
    }

    @Override
    protected void losesNextAnswer() {
        desk.faults("{\"lostAnswer\":1}");
    }

    @Override
    protected void refusesTheToken() {
        desk.expire("session");
    }

    /** How many devices of that IMEI the account has. */
    @Override
    protected int registrations(Imei imei) {
        int found = 0;
        Optional<String> after = Optional.empty();
        do {
            Page page = ((Ok<Page>) carrier.list("0999000001-00001", after)).value();
            found += (int) page.devices().stream()
                    .filter(device -> device.imei().equals(Optional.of(imei)))
                    .count();
            after = page.next();
        } while (after.isPresent());
        return found;
    }

    @Override
    protected int activations(Imei imei) {
        return desk.lineActivations(imei);
    }

    @ParameterizedTest
    @ValueSource(strings = {"session", "m2m"})
    void the_source_hears_which_version_was_refused(String what) {
        desk.expire(what);

        assertThat(carrier.find(LINE)).isEqualTo(new TokenRefused<>(SteadyTokens.SECRET, "v1"));
        assertThat(tokens.refusedVersions()).containsExactly("v1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"find", "register"})
    void a_platform_that_is_not_there_was_sent_nothing(String call) {
        simulator.close();

        assertThat(call.equals("find") ? carrier.find(LINE) : carrier.register(new NewDevice(LINE, "")))
                .isInstanceOf(TryLater.class);
    }
}
