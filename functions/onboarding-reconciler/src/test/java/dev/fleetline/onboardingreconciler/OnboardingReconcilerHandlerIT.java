package dev.fleetline.onboardingreconciler;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetline.carrier.CarrierGateway.Activation;
import dev.fleetline.carrier.CarrierGateway.CarrierDevice;
import dev.fleetline.carrier.CarrierGateway.Line;
import dev.fleetline.carrier.CarrierGateway.NewDevice;
import dev.fleetline.carrier.CarrierReply;
import dev.fleetline.carrier.CarrierReply.Ok;
import dev.fleetline.device.Consequences;
import dev.fleetline.device.Device;
import dev.fleetline.device.DeviceRegistry.Saved;
import dev.fleetline.device.Lifecycle;
import dev.fleetline.device.Lifecycle.Activating;
import dev.fleetline.device.Lifecycle.ActiveUnseen;
import dev.fleetline.fleetdynamodb.DynamoDeviceRegistry;
import dev.fleetline.fleetdynamodb.Tables;
import dev.fleetline.lambda.EdgeJson;
import dev.fleetline.lambda.Surroundings;
import dev.fleetline.testing.Invocation;
import dev.fleetline.testing.MovableClock;
import dev.fleetline.testing.SampleFleet;
import dev.fleetline.testing.SimulatorDesk;
import dev.fleetline.testing.SimulatorDesk.M2mTokens;
import dev.fleetline.testing.TurningTokens;
import dev.fleetline.testing.aws.EventBridgeStandIn;
import dev.fleetline.testing.aws.LocalDynamo;
import dev.fleetline.testing.aws.LocalDynamoExtension;
import dev.fleetline.testing.aws.LoopbackAws;
import dev.fleetline.testing.aws.SecretsManagerStandIn;
import dev.fleetline.testing.template.LocalTables;
import dev.fleetline.testing.template.Resolver;
import dev.fleetline.testing.template.ResourceAnswers;
import dev.fleetline.testing.template.Template;
import dev.fleetline.thingspacecore.CoreGateway;
import dev.fleetline.thingspacem2m.M2mGateway;
import dev.fleetline.thingspacesimulator.SimulatorConfig;
import dev.fleetline.thingspacesimulator.ThingSpaceSimulator;
import dev.fleetline.tokens.TokenRealm;
import dev.fleetline.tokens.TokenSource;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** The function with its own wiring and the template's own variables, on the template's tables and the simulator. */
@ExtendWith(LocalDynamoExtension.class)
class OnboardingReconcilerHandlerIT {

    private static final String ACCOUNT = "0999000001-00001";

    private final Template template = Template.read();
    private final String stage = "t" + UUID.randomUUID().toString().substring(24);
    private final Resolver resolver = Resolver.of(
            template,
            "fleetline-" + stage,
            Map.of("Stage", stage),
            ResourceAnswers.onLoopback(URI.create("http://127.0.0.1:9324")));
    private final MovableClock clock = MovableClock.at("2026-03-02T15:00:00Z");
    private final List<JsonNode> told = new CopyOnWriteArrayList<>();
    private final SecretsManagerStandIn secrets = SecretsManagerStandIn.start(clock);
    private final EventBridgeStandIn bus =
            EventBridgeStandIn.start(clock, UUID::randomUUID, Set.of("fleetline-" + stage), told::add);
    private final ThingSpaceSimulator simulator =
            ThingSpaceSimulator.start(SimulatorConfig.onFreePort().standingAt(clock.instant()));
    private final SimulatorDesk platform = new SimulatorDesk(simulator.baseUri());
    private final String token = platform.userToken();
    private final CoreGateway carrier = new CoreGateway(
            URI.create(simulator.baseUri() + "/core"), new TurningTokens(token), Duration.ofSeconds(10));
    private final M2mTokens m2m = platform.m2mTokens();
    private final M2mGateway lines = new M2mGateway(
            URI.create(simulator.baseUri() + "/thingspace"),
            new OneSession(m2m),
            Duration.ofSeconds(10),
            Optional::empty);
    private final DynamoDeviceRegistry devices;
    private final OnboardingReconcilerHandler handler;

    OnboardingReconcilerHandlerIT(LocalDynamo dynamo) {
        LocalTables names = LocalTables.create(dynamo.client(), template, resolver);
        devices = new DynamoDeviceRegistry(
                dynamo.client(),
                new Tables(
                        names.tableName("Devices"),
                        names.tableName("Identities"),
                        "",
                        "",
                        names.tableName("History"),
                        names.tableName("Outbox"),
                        ""));
        try (SecretsManagerClient client = LoopbackAws.aim(SecretsManagerClient.builder(), secrets.endpoint())
                .build()) {
            client.createSecret(r -> r.name("fleetline/" + stage + "/core/token")
                    .secretString("{\"state\":\"valid\",\"accessToken\":\"" + token
                            + "\",\"obtainedAt\":\"2026-03-02T15:00:00Z\",\"expiresIn\":2592000}"));
            client.createSecret(r -> r.name("fleetline/" + stage + "/m2m/token")
                    .secretString("{\"state\":\"valid\",\"accessToken\":\"" + m2m.bearer() + "\",\"sessionToken\":\""
                            + m2m.session() + "\",\"obtainedAt\":\"2026-03-02T15:00:00Z\",\"expiresIn\":2592000}"));
        }
        handler = new OnboardingReconcilerHandler(
                new Surroundings(environment(dynamo.endpoint()), clock, _ -> {}, new Random(7)));
    }

    @AfterEach
    void stop() {
        bus.close();
        secrets.close();
        simulator.close();
    }

    @Test
    void an_order_whose_try_died_after_its_call_ends_when_the_device_has_checked_in() throws IOException {
        Device device = sending();
        yes(carrier.activate(new Activation(ACCOUNT, Optional.empty(), Optional.empty(), List.of(line(device)))));

        clock.forward(Duration.ofMinutes(10));
        assertThat(run("waiting").path("moved").asInt()).isEqualTo(1);
        assertThat(lifecycle(device)).isInstanceOf(Lifecycle.Unclear.class);
        clock.forward(Duration.ofMinutes(30));
        run("waiting");
        assertThat(lifecycle(device)).isEqualTo(new Activating(true, clock.instant()));
        platform.forward(Duration.ofDays(1));
        clock.forward(Duration.ofMinutes(10));
        run("waiting");

        assertThat(lifecycle(device)).isInstanceOf(ActiveUnseen.class);
        assertThat(platform.activations(device.imei())).isEqualTo(1);
        assertThat(types()).containsExactly("DeviceActivationRequested", "DeviceActivated");
    }

    @Test
    void an_order_whose_try_died_before_its_call_is_asked_for_again() throws IOException {
        Device device = sending();

        clock.forward(Duration.ofMinutes(10));
        run("waiting");
        clock.forward(Duration.ofMinutes(30));
        run("waiting");

        assertThat(lifecycle(device)).isInstanceOf(Lifecycle.Registered.class);
        assertThat(types()).containsExactly("DeviceOnboardingRequested");
    }

    @Test
    void a_line_that_the_carrier_has_deactivated_a_day_later_has_failed_and_holds_its_sim_no_longer()
            throws IOException {
        Device ordered = Device.requested(
                SampleFleet.imei(3),
                new Device.Order(
                        "order-3", SampleFleet.iccid(3), ACCOUNT, "m2m", Optional.of("m2m_4G"), Optional.of("98801")),
                SampleFleet.ordered(3).profile(),
                clock.instant());
        yes(lines.register(new NewDevice(line(ordered), "tracker 3")));
        Activating sending = new Activating(false, clock.instant());
        Device device = stored(
                ordered.activating(sending, Optional.empty()).accepted(sending.wasAccepted(), Optional.empty(), true));
        platform.editsLine("{\"imei\":\"" + device.imei().digits() + "\",\"state\":\"deactive\"}");

        clock.forward(Duration.ofHours(25));
        run("waiting");

        assertThat(lifecycle(device)).isInstanceOf(Lifecycle.Failed.class);
        assertThat(devices.whoHas(device.order().iccid())).isEmpty();
        assertThat(types()).containsExactly("DeviceOnboardingFailed");
    }

    @Test
    void at_night_a_device_that_the_carrier_has_not_is_found() throws IOException {
        sending();
        Device lost = stored(SampleFleet.inService(2));

        assertThat(run("drift").path("told").asInt()).isEqualTo(1);

        assertThat(lifecycle(lost)).isInstanceOf(Lifecycle.Drifted.class);
        assertThat(types()).containsExactly("DeviceDrifted");
    }

    private Device sending() {
        Device ordered = Device.requested(
                SampleFleet.imei(1),
                SampleFleet.ordered(1).order(),
                SampleFleet.ordered(1).profile(),
                clock.instant());
        CarrierDevice registered = yes(carrier.register(new NewDevice(line(ordered), "tracker 1")));
        Device known = ordered.knownAs(registered.uid().orElseThrow());
        CarrierDevice shown = yes(carrier.find(line(known))).orElseThrow();
        return stored(known.activating(new Activating(false, clock.instant()), shown.revision()));
    }

    private Device stored(Device device) {
        if (devices.save(device, Consequences.NONE) instanceof Saved.Stored(var stored)) {
            return stored;
        }
        throw new AssertionError("not stored");
    }

    private static Line line(Device device) {
        return new Line(device.imei(), device.order().iccid(), ACCOUNT, device.uid());
    }

    private static <T> T yes(CarrierReply<T> reply) {
        return ((Ok<T>) reply).value();
    }

    private Lifecycle lifecycle(Device device) {
        return devices.find(device.imei()).orElseThrow().lifecycle();
    }

    private List<String> types() {
        return told.stream().map(event -> event.path("detail-type").asText()).toList();
    }

    private JsonNode run(String task) throws IOException {
        var reply = new ByteArrayOutputStream();
        handler.handleRequest(
                new ByteArrayInputStream(("{\"task\":\"" + task + "\"}").getBytes(UTF_8)),
                reply,
                Invocation.withLeft(120_000));
        return EdgeJson.JSON.readTree(reply.toByteArray());
    }

    private Map<String, String> environment(URI dynamo) {
        Map<String, String> environment = LoopbackAws.environment(
                resolver,
                "OnboardingReconciler",
                Map.of(
                        "DYNAMODB", dynamo,
                        "SECRETS_MANAGER", secrets.endpoint(),
                        "EVENTBRIDGE", bus.endpoint()));
        environment.put("ACCOUNT", ACCOUNT);
        environment.put("THINGSPACE_CORE_URL", simulator.baseUri() + "/core");
        environment.put("THINGSPACE_M2M_URL", simulator.baseUri() + "/thingspace");
        return environment;
    }

    /** The bearer and the session that the simulator gave, for good. */
    private record OneSession(M2mTokens tokens) implements TokenSource {
        @Override
        public Usable token(TokenRealm realm) {
            return new Usable.Token("m2m", "v1", tokens.bearer(), Optional.of(tokens.session()), List.of());
        }

        @Override
        public void refused(TokenRealm realm, String versionId) {
            throw new AssertionError("the simulator refused its own token");
        }
    }
}
