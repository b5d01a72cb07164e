package dev.fleetline.thingspacecore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetline.carrier.CarrierGateway;
import dev.fleetline.carrier.CarrierGateway.Line;
import dev.fleetline.carrier.CarrierGateway.NewDevice;
import dev.fleetline.carrier.CarrierReply.TryLater;
import dev.fleetline.carrier.CarrierReply.Unclear;
import dev.fleetline.device.Iccid;
import dev.fleetline.device.Imei;
import dev.fleetline.testing.CarrierGatewayContract;
import dev.fleetline.testing.SimulatorDesk;
import dev.fleetline.thingspacesimulator.SimulatorConfig;
import dev.fleetline.thingspacesimulator.ThingSpaceSimulator;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CoreGatewayIT extends CarrierGatewayContract {

    private static final Imei IMEI = new Imei("999999000000014");
    private static final Line LINE =
            new Line(IMEI, new Iccid("89148000009999900014"), "0999000001-00001", Optional.empty());

    private final ThingSpaceSimulator simulator =
            ThingSpaceSimulator.start(SimulatorConfig.onFreePort().standingAt(Instant.parse("2026-03-02T15:00:00Z")));
    private final SimulatorDesk desk = new SimulatorDesk(simulator.baseUri());
    private final OneToken tokens = new OneToken(desk.userToken());
    private final CoreGateway carrier =
            new CoreGateway(URI.create(simulator.baseUri() + "/core"), tokens, Duration.ofSeconds(10));

    @AfterEach
    void close() {
        simulator.close();
    }

    @Override
    protected CarrierGateway carrier() {
        return carrier;
    }

    @Override
    protected void checksIn(Imei imei) {
        desk.forward(Duration.ofMinutes(2));
    }

    @Override
    protected void losesNextAnswer() {
        desk.faults("{\"lostAnswer\":1}");
    }

    @Override
    protected void refusesTheToken() {
        desk.expireTokens();
    }

    @Override
    protected int registrations(Imei imei) {
        return desk.registrations(imei);
    }

    @Override
    protected int activations(Imei imei) {
        return desk.activations(imei);
    }

    @Test
    void the_source_hears_which_version_was_refused() {
        desk.expireTokens();

        carrier.find(LINE);

        assertThat(tokens.refusedVersions()).containsExactly("v1");
    }

    @Test
    void a_registration_whose_connection_broke_is_unclear_and_is_sent_once() {
        carrier.find(LINE); // so that there is a connection to be used again
        desk.faults("{\"lostAnswer\":1,\"lostAnswerBy\":\"close\"}");

        assertThat(carrier.register(new NewDevice(LINE, "tracker"))).isInstanceOf(Unclear.class);
        assertThat(desk.registrations(IMEI)).isEqualTo(1);
    }

    @Test
    void a_platform_that_is_not_there_was_sent_nothing() {
        simulator.close();

        assertThat(carrier.register(new NewDevice(LINE, "tracker"))).isInstanceOf(TryLater.class);
    }
}
