package dev.fleetline.thingspacecore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetline.carrier.CarrierGateway.Activation;
import dev.fleetline.carrier.CarrierGateway.CarrierDevice;
import dev.fleetline.carrier.CarrierGateway.Line;
import dev.fleetline.carrier.CarrierGateway.NewDevice;
import dev.fleetline.carrier.CarrierReply.TokenRefused;
import dev.fleetline.carrier.CarrierStreams;
import dev.fleetline.device.DeviceId;
import dev.fleetline.device.Iccid;
import dev.fleetline.device.Imei;
import dev.fleetline.testing.CarrierStreamsContract;
import dev.fleetline.testing.SimulatorDesk;
import dev.fleetline.thingspacesimulator.SimulatorConfig;
import dev.fleetline.thingspacesimulator.ThingSpaceSimulator;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CoreStreamsIT extends CarrierStreamsContract {

    private static final Imei IMEI = new Imei("999999000000014");
    private static final String ACCOUNT = "0999000001-00001";

    private final ThingSpaceSimulator simulator =
            ThingSpaceSimulator.start(SimulatorConfig.onFreePort().standingAt(NOW));
    private final SimulatorDesk desk = new SimulatorDesk(simulator.baseUri());
    private final OneToken tokens = new OneToken(desk.userToken());
    private final URI core = URI.create(simulator.baseUri() + "/core");
    private final CoreStreams streams = new CoreStreams(core, tokens, Duration.ofSeconds(10));

    @AfterEach
    void close() {
        simulator.close();
    }

    @Override
    protected CarrierStreams streams() {
        return streams;
    }

    @Override
    protected void refusesToMove() {
        desk.faults("{\"patchSubscription\":\"refused\"}");
    }

    @Override
    protected DeviceId deviceThatReported(int times) {
        var gateway = new CoreGateway(core, tokens, Duration.ofSeconds(10));
        CarrierDevice device = yes(gateway.register(new NewDevice(line(Optional.empty()), "tracker 14")));
        yes(gateway.activate(new Activation(ACCOUNT, Optional.empty(), Optional.empty(), List.of(line(device.uid())))));
        desk.forward(Duration.ofMinutes(2));
        for (int time = 0; time < times; time++) {
            desk.forward(Duration.ofMinutes(1));
            desk.reports(IMEI, 50 + time);
        }
        return device.uid().orElseThrow();
    }

    private static Line line(Optional<DeviceId> uid) {
        return new Line(IMEI, new Iccid("89148000009999900014"), ACCOUNT, uid);
    }

    @Test
    void a_refused_token_is_named_and_nothing_is_done() {
        desk.expireTokens();

        assertThat(streams.targets()).isEqualTo(new TokenRefused<>(OneToken.SECRET, "v1"));
        assertThat(tokens.refusedVersions()).containsExactly("v1");
    }
}
