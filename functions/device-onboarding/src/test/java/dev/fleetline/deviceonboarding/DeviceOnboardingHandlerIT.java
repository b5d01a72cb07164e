package dev.fleetline.deviceonboarding;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.device.Consequences;
import dev.fleetline.device.Device;
import dev.fleetline.device.Device.Order;
import dev.fleetline.device.Iccid;
import dev.fleetline.device.Imei;
import dev.fleetline.device.Lifecycle;
import dev.fleetline.device.Lifecycle.Activating;
import dev.fleetline.device.Lifecycle.Failed;
import dev.fleetline.device.Lifecycle.Failure;
import dev.fleetline.device.Mender;
import dev.fleetline.fleetdynamodb.DynamoDeviceRegistry;
import dev.fleetline.fleetdynamodb.Tables;
import dev.fleetline.lambda.EdgeJson;
import dev.fleetline.lambda.Surroundings;
import dev.fleetline.testing.Invocation;
import dev.fleetline.testing.MovableClock;
import dev.fleetline.testing.SimulatorDesk;
import dev.fleetline.testing.SimulatorDesk.M2mTokens;
import dev.fleetline.testing.aws.EventBridgeStandIn;
import dev.fleetline.testing.aws.LocalDynamo;
import dev.fleetline.testing.aws.LocalDynamoExtension;
import dev.fleetline.testing.aws.LoopbackAws;
import dev.fleetline.testing.aws.SecretsManagerStandIn;
import dev.fleetline.testing.template.LocalTables;
import dev.fleetline.testing.template.Resolver;
import dev.fleetline.testing.template.ResourceAnswers;
import dev.fleetline.testing.template.Template;
import dev.fleetline.thingspacesimulator.SimulatorConfig;
import dev.fleetline.thingspacesimulator.ThingSpaceSimulator;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
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

/** The function with its own wiring and the template's own variables, on the template's tables. */
@ExtendWith(LocalDynamoExtension.class)
class DeviceOnboardingHandlerIT {

    private static final Imei DEVICE = Messages.imei(1);
    private static final Imei OTHER = Messages.imei(2);
    private static final Iccid OF_THE_OTHER = Messages.iccid(1);
    private static final Iccid ITS_OWN = Messages.iccid(2);

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
    private final DynamoDeviceRegistry devices;
    private final DeviceOnboardingHandler handler;

    DeviceOnboardingHandlerIT(LocalDynamo dynamo) {
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
                        names.tableName("Claims")));
        try (SecretsManagerClient client = LoopbackAws.aim(SecretsManagerClient.builder(), secrets.endpoint())
                .build()) {
            client.createSecret(r -> r.name("fleetline/" + stage + "/core/token")
                    .secretString("{\"state\":\"valid\",\"accessToken\":\""
                            + new SimulatorDesk(simulator.baseUri()).userToken()
                            + "\",\"obtainedAt\":\"2026-03-02T15:00:00Z\",\"expiresIn\":2592000}"));
            M2mTokens m2m = new SimulatorDesk(simulator.baseUri()).m2mTokens();
            client.createSecret(r -> r.name("fleetline/" + stage + "/m2m/token")
                    .secretString("{\"state\":\"valid\",\"accessToken\":\"" + m2m.bearer() + "\",\"sessionToken\":\""
                            + m2m.session() + "\",\"obtainedAt\":\"2026-03-02T15:00:00Z\",\"expiresIn\":3600}"));
        }
        handler = new DeviceOnboardingHandler(
                new Surroundings(environment(dynamo.endpoint()), clock, _ -> {}, new Random(7)));
    }

    @AfterEach
    void stop() {
        bus.close();
        secrets.close();
        simulator.close();
    }

    @Test
    void a_corrected_order_frees_the_sim_of_another_device_and_both_are_activated() throws IOException {
        deviceFailedWith(OF_THE_OTHER);

        assertThat(deliver("order-2", DEVICE, ITS_OWN)).isEqualTo("{\"batchItemFailures\":[]}");
        assertThat(devices.whoHas(OF_THE_OTHER)).isEmpty();
        assertThat(deliver("order-3", OTHER, OF_THE_OTHER)).isEqualTo("{\"batchItemFailures\":[]}");

        assertThat(devices.whoHas(ITS_OWN)).contains(DEVICE);
        assertThat(devices.whoHas(OF_THE_OTHER)).contains(OTHER);
        assertThat(told)
                .extracting(event -> event.path("detail-type").asText())
                .containsExactly(
                        "DeviceRegistered",
                        "DeviceActivationRequested",
                        "DeviceRegistered",
                        "DeviceActivationRequested");
    }

    @Test
    void a_late_copy_of_an_order_that_ended_before_another_one_is_told_so() throws IOException {
        deviceFailedWith(OF_THE_OTHER);
        deliver("order-2", DEVICE, ITS_OWN);
        deviceIs(new Lifecycle.Deactivated(clock.instant()));

        assertThat(deliver("order-1", DEVICE, OF_THE_OTHER)).isEqualTo("{\"batchItemFailures\":[]}");

        assertThat(devices.find(DEVICE).orElseThrow().lifecycle()).isInstanceOf(Lifecycle.Deactivated.class);
        assertThat(told.getLast().path("detail-type").asText()).isEqualTo("DeviceOrderedAlready");
        assertThat(told.getLast().at("/detail/state").asText()).isEqualTo("FAILED");
    }

    @Test
    void lines_of_m2m_are_added_and_activated_together() throws IOException {
        assertThat(deliver(Messages.line(1, "m2m_4G"), Messages.line(2, "m2m_4G")))
                .isEqualTo("{\"batchItemFailures\":[]}");

        Device first = devices.find(DEVICE).orElseThrow();
        Device second = devices.find(OTHER).orElseThrow();
        assertThat(first.lifecycle()).isInstanceOfSatisfying(Activating.class, it -> assertThat(it.accepted())
                .isTrue());
        assertThat(first.progress().requestId())
                .isPresent()
                .isEqualTo(second.progress().requestId());
        assertThat(told)
                .extracting(event -> event.path("detail-type").asText())
                .containsExactlyInAnyOrder(
                        "DeviceRegistered",
                        "DeviceRegistered",
                        "DeviceActivationRequested",
                        "DeviceActivationRequested");
    }

    private void deviceFailedWith(Iccid iccid) {
        var order = new Order("order-1", iccid, "0999000001-00001", "core");
        var nothing = new Device.Profile(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        devices.save(
                Device.requested(DEVICE, order, nothing, clock.instant())
                        .in(new Failed(
                                new Failure("BAD_REQUEST", "the SIM is in another device", Mender.SENDER),
                                clock.instant())),
                Consequences.NONE);
    }

    private void deviceIs(Lifecycle state) {
        devices.save(devices.find(DEVICE).orElseThrow().in(state), Consequences.NONE);
    }

    private String deliver(String onboardingId, Imei imei, Iccid iccid) throws IOException {
        return deliver(Messages.order(onboardingId, imei.digits(), iccid.digits()));
    }

    private String deliver(String... bodies) throws IOException {
        ObjectNode batch = EdgeJson.JSON.createObjectNode();
        ArrayNode records = batch.putArray("Records");
        for (String body : bodies) {
            records.addObject()
                    .put("messageId", "message-" + records.size())
                    .put("receiptHandle", "receipt")
                    .put("body", body)
                    .put("eventSource", "aws:sqs");
        }
        var reply = new ByteArrayOutputStream();
        handler.handleRequest(
                new ByteArrayInputStream(EdgeJson.JSON.writeValueAsBytes(batch)), reply, Invocation.withLeft(120_000));
        return reply.toString(UTF_8);
    }

    private Map<String, String> environment(URI dynamo) {
        Map<String, String> environment = LoopbackAws.environment(
                resolver,
                "DeviceOnboarding",
                Map.of(
                        "DYNAMODB", dynamo,
                        "SECRETS_MANAGER", secrets.endpoint(),
                        "EVENTBRIDGE", bus.endpoint()));
        environment.put("ACCOUNT", "0999000001-00001");
        environment.put("THINGSPACE_CORE_URL", simulator.baseUri() + "/core");
        environment.put("THINGSPACE_M2M_URL", simulator.baseUri() + "/thingspace");
        return environment;
    }
}
