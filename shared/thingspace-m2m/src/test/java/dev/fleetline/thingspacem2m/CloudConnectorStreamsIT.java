package dev.fleetline.thingspacem2m;

import static org.assertj.core.api.Assumptions.assumeThat;

import dev.fleetline.carrier.CarrierGateway.Activation;
import dev.fleetline.carrier.CarrierGateway.CarrierDevice;
import dev.fleetline.carrier.CarrierGateway.Line;
import dev.fleetline.carrier.CarrierGateway.NewDevice;
import dev.fleetline.carrier.CarrierReply.Ok;
import dev.fleetline.carrier.CarrierStreams;
import dev.fleetline.device.DeviceId;
import dev.fleetline.device.Iccid;
import dev.fleetline.device.Imei;
import dev.fleetline.testing.CarrierStreamsContract;
import dev.fleetline.testing.SimulatorDesk;
import dev.fleetline.testing.SimulatorDesk.M2mTokens;
import dev.fleetline.testing.TurningTokens;
import dev.fleetline.thingspacecore.CoreGateway;
import dev.fleetline.thingspacesimulator.SimulatorConfig;
import dev.fleetline.thingspacesimulator.ThingSpaceSimulator;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The contract on the simulator's Cloud Connector, as soon as it has one. */
class CloudConnectorStreamsIT extends CarrierStreamsContract {

    private static final Imei IMEI = new Imei("999999000000014");
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final ThingSpaceSimulator simulator =
            ThingSpaceSimulator.start(SimulatorConfig.onFreePort().standingAt(NOW));
    private final SimulatorDesk desk = new SimulatorDesk(simulator.baseUri());
    private final M2mTokens login = desk.m2mTokens();
    private final CloudConnectorStreams streams = new CloudConnectorStreams(
            URI.create(simulator.baseUri() + "/thingspace"),
            login.account(),
            SteadyTokens.of(login.bearer(), login.session()),
            TIMEOUT);

    @BeforeEach
    void there_is_a_cloud_connector() {
        assumeThat(streams.targets())
                .as("the simulator has no Cloud Connector yet")
                .isInstanceOf(Ok.class);
    }

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

    /** Registered and activated by Core's way, since both know the same devices. */
    @Override
    protected DeviceId deviceThatReported(int times) {
        var gateway = new CoreGateway(
                URI.create(simulator.baseUri() + "/core"), new TurningTokens(desk.userToken()), TIMEOUT);
        Iccid sim = new Iccid("89148000009999900014");
        CarrierDevice device = yes(
                gateway.register(new NewDevice(new Line(IMEI, sim, login.account(), Optional.empty()), "tracker 14")));
        yes(gateway.activate(new Activation(
                login.account(),
                Optional.empty(),
                Optional.empty(),
                List.of(new Line(IMEI, sim, login.account(), device.uid())))));
        desk.forward(Duration.ofMinutes(2));
        for (int time = 0; time < times; time++) {
            desk.forward(Duration.ofMinutes(1));
            desk.reports(IMEI, 50 + time);
        }
        return device.uid().orElseThrow();
    }
}
