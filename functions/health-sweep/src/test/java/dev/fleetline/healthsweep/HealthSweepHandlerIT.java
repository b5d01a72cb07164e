package dev.fleetline.healthsweep;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetline.callback.Delivery;
import dev.fleetline.carrier.CarrierGateway.Activation;
import dev.fleetline.carrier.CarrierGateway.CarrierDevice;
import dev.fleetline.carrier.CarrierGateway.Line;
import dev.fleetline.carrier.CarrierGateway.NewDevice;
import dev.fleetline.carrier.CarrierReply.Ok;
import dev.fleetline.device.Consequences;
import dev.fleetline.device.Device;
import dev.fleetline.device.DeviceRegistry.Saved;
import dev.fleetline.device.Imei;
import dev.fleetline.fleetdynamodb.DynamoCallbackInbox;
import dev.fleetline.fleetdynamodb.DynamoClaims;
import dev.fleetline.fleetdynamodb.DynamoDeviceRegistry;
import dev.fleetline.fleetdynamodb.Tables;
import dev.fleetline.lambda.EdgeJson;
import dev.fleetline.lambda.Surroundings;
import dev.fleetline.testing.Invocation;
import dev.fleetline.testing.SimulatorDesk;
import dev.fleetline.testing.TurningTokens;
import dev.fleetline.testing.aws.EventBridgeStandIn;
import dev.fleetline.testing.aws.LocalDynamo;
import dev.fleetline.testing.aws.LocalDynamoExtension;
import dev.fleetline.testing.aws.LoopbackAws;
import dev.fleetline.testing.aws.S3StandIn;
import dev.fleetline.testing.aws.SecretsManagerStandIn;
import dev.fleetline.testing.template.LocalTables;
import dev.fleetline.testing.template.Resolver;
import dev.fleetline.testing.template.ResourceAnswers;
import dev.fleetline.testing.template.Template;
import dev.fleetline.thingspacecore.CoreGateway;
import dev.fleetline.thingspacesimulator.SimulatorConfig;
import dev.fleetline.thingspacesimulator.ThingSpaceSimulator;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
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
class HealthSweepHandlerIT {

    private static final String ACCOUNT = "0999000001-00001";

    private final Template template = Template.read();
    private final String stage = "t" + UUID.randomUUID().toString().substring(24);
    private final Resolver resolver = Resolver.of(
            template,
            "fleetline-" + stage,
            Map.of("Stage", stage),
            ResourceAnswers.onLoopback(URI.create("http://127.0.0.1:9324")));
    private final Fleet fleet = new Fleet();
    private final List<JsonNode> events = new CopyOnWriteArrayList<>();
    private final EventBridgeStandIn bus =
            EventBridgeStandIn.start(fleet.clock, UUID::randomUUID, Set.of("fleetline-" + stage), events::add);
    private final SecretsManagerStandIn secrets = SecretsManagerStandIn.start(fleet.clock);
    private final ThingSpaceSimulator simulator =
            ThingSpaceSimulator.start(SimulatorConfig.onFreePort().standingAt(fleet.clock.instant()));
    private final SimulatorDesk platform = new SimulatorDesk(simulator.baseUri());
    private final String token = platform.userToken();
    private final S3StandIn s3;
    private final DynamoDeviceRegistry devices;
    private final DynamoCallbackInbox inbox;
    private final DynamoClaims claims;
    private final HealthSweepHandler handler;

    HealthSweepHandlerIT(LocalDynamo dynamo) {
        LocalTables tables = LocalTables.create(dynamo.client(), template, resolver);
        var stores = new Tables(
                tables.tableName("Devices"),
                tables.tableName("Identities"),
                tables.tableName("Callbacks"),
                tables.tableName("Alerts"),
                tables.tableName("History"),
                tables.tableName("Outbox"),
                tables.tableName("Claims"));
        devices = new DynamoDeviceRegistry(dynamo.client(), stores);
        inbox = new DynamoCallbackInbox(dynamo.client(), stores);
        claims = new DynamoClaims(dynamo.client(), stores);
        var environment = new HashMap<String, String>();
        resolver.properties(template.resource("HealthSweep"))
                .path("Environment")
                .path("Variables")
                .properties()
                .forEach(variable ->
                        environment.put(variable.getKey(), variable.getValue().asText()));
        s3 = S3StandIn.start(fleet.clock, UUID::randomUUID, Set.of(environment.get("FILES_BUCKET")), _ -> {});
        environment.putAll(Map.of(
                "AWS_REGION",
                LoopbackAws.REGION,
                "AWS_ACCESS_KEY_ID",
                "loopback",
                "AWS_SECRET_ACCESS_KEY",
                "loopback",
                "AWS_ENDPOINT_URL_DYNAMODB",
                dynamo.endpoint().toString(),
                "AWS_ENDPOINT_URL_EVENTBRIDGE",
                bus.endpoint().toString(),
                "AWS_ENDPOINT_URL_SECRETS_MANAGER",
                secrets.endpoint().toString(),
                "AWS_ENDPOINT_URL_S3",
                s3.endpoint().toString()));
        environment.put("ACCOUNT", ACCOUNT);
        environment.put("THINGSPACE_CORE_URL", simulator.baseUri() + "/core");
        environment.put("THINGSPACE_M2M_URL", simulator.baseUri() + "/thingspace");
        try (SecretsManagerClient client = LoopbackAws.aim(SecretsManagerClient.builder(), secrets.endpoint())
                .build()) {
            client.createSecret(r -> r.name("fleetline/" + stage + "/core/token")
                    .secretString("{\"state\":\"valid\",\"accessToken\":\"" + token
                            + "\",\"obtainedAt\":\"2026-03-02T15:00:00Z\",\"expiresIn\":2592000}"));
            client.createSecret(r -> r.name("fleetline/" + stage + "/m2m/token").secretString("{\"state\":\"none\"}"));
        }
        handler = new HealthSweepHandler(new Surroundings(environment, fleet.clock, _ -> {}, new Random(7)));
    }

    @AfterEach
    void stop() {
        s3.close();
        simulator.close();
        secrets.close();
        bus.close();
    }

    @Test
    void a_pass_raises_the_alert_of_a_silent_device_and_the_next_one_ends_it_when_nobody_else_has() throws IOException {
        Imei imei = fleet.has(1, Duration.ofHours(4));
        stored(fleet.devices.find(imei).orElseThrow().at(0));

        fleet.clock.forward(Duration.ofHours(9));
        assertThat(run("{\"task\":\"sweep\"}").at("/counts/verification/lost").asInt())
                .isEqualTo(1);

        // the report was merged, and whoever merged it died before judging
        stored(fleet.reporting(devices.find(imei).orElseThrow()));
        fleet.clock.forward(Duration.ofHours(5));
        assertThat(run("{\"task\":\"overdue\"}").at("/counts/verification/lost").asInt())
                .isZero();

        assertThat(told())
                .containsExactly(
                        "DeviceAlertRaised", "HealthSweepCompleted", "DeviceAlertCleared", "HealthSweepCompleted");
        assertThat(run("{\"task\":\"overdue\"}").path("outcome").asText()).isEqualTo("already done");
    }

    @Test
    void what_is_due_is_found_by_the_index_and_moved_on() throws IOException {
        Imei imei = fleet.has(1, Duration.ofHours(4));
        stored(fleet.devices.find(imei).orElseThrow().at(0));
        fleet.clock.forward(Duration.ofHours(4));
        stored(fleet.reporting(devices.find(imei).orElseThrow()));
        fleet.clock.forward(Duration.ofHours(4).plusMinutes(30));
        assertThat(devices.overdue(fleet.clock.instant(), 10)).containsExactly(imei);

        assertThat(run("{\"task\":\"overdue\"}").at("/counts/coverage/judged").asInt())
                .isEqualTo(1);

        assertThat(devices.overdue(fleet.clock.instant(), 10)).isEmpty();
        assertThat(devices.overdue(fleet.clock.instant().plus(Duration.ofHours(4)), 10))
                .containsExactly(imei);
        assertThat(told()).containsExactly("HealthSweepCompleted");
    }

    @Test
    void a_site_that_is_lost_is_told_once_and_its_devices_are_kept_untold() throws IOException {
        fleet.hasAt("yard", 1, 5, Duration.ofHours(4));
        for (int number = 1; number <= 5; number++) {
            stored(fleet.devices.find(Fleet.imei(number)).orElseThrow().at(0));
        }
        fleet.clock.forward(Duration.ofHours(9));

        assertThat(run("{\"task\":\"sweep\"}").at("/counts/verification/lost").asInt())
                .isEqualTo(5);

        assertThat(told()).containsExactly("SiteAlertRaised", "HealthSweepCompleted");
    }

    @Test
    void a_report_that_only_the_platform_has_is_fetched_and_kept() throws IOException {
        Device silent = onThePlatform();
        fleet.clock.forward(Duration.ofHours(5));
        platform.forward(Duration.ofHours(5));
        platform.reports(silent.imei(), 77);
        fleet.clock.forward(Duration.ofHours(4));
        platform.forward(Duration.ofHours(4));

        JsonNode reply = run("{\"task\":\"sweep\"}");

        assertThat(reply.at("/counts/verification/missedReports").asInt()).isEqualTo(1);
        assertThat(inbox.of("uid#" + silent.uid().orElseThrow().value()))
                .singleElement()
                .satisfies(delivery -> assertThat(delivery.source()).isEqualTo(Delivery.ASKED));
        assertThat(told()).containsExactly("HealthSweepCompleted");
    }

    @Test
    void a_stream_that_was_told_to_be_broken_keeps_losses_untold_until_it_is_repaired() throws IOException {
        Imei imei = fleet.has(1, Duration.ofHours(4));
        stored(fleet.devices.find(imei).orElseThrow().at(0));
        claims.lease(
                "telling#stream#core/ts.event",
                "SILENT#2026-03-02T15:00:00Z#watch",
                fleet.clock.instant(),
                Duration.ofDays(3_000));
        fleet.clock.forward(Duration.ofHours(9));

        run("{\"task\":\"overdue\"}");

        assertThat(told()).containsExactly("PlatformAlertRaised", "HealthSweepCompleted");
    }

    /** A tracker of ours that the platform has, too, and that has just reported to both. */
    private Device onThePlatform() {
        Device ordered = fleet.devices
                .find(fleet.has(1, Duration.ofHours(4)))
                .orElseThrow()
                .at(0);
        var carrier = new CoreGateway(
                URI.create(simulator.baseUri() + "/core"), new TurningTokens(token), Duration.ofSeconds(10));
        var line = new Line(ordered.imei(), ordered.order().iccid(), ACCOUNT, Optional.empty());
        CarrierDevice registered = ((Ok<CarrierDevice>) carrier.register(new NewDevice(line, "tracker 1"))).value();
        carrier.activate(new Activation(
                ACCOUNT,
                Optional.empty(),
                Optional.empty(),
                List.of(new Line(ordered.imei(), ordered.order().iccid(), ACCOUNT, registered.uid()))));
        platform.forward(Duration.ofMinutes(5));
        Device known = ordered.knownAs(registered.uid().orElseThrow());
        stored(known);
        return known;
    }

    private void stored(Device device) {
        assertThat(devices.save(device, Consequences.NONE)).isInstanceOf(Saved.Stored.class);
    }

    private List<String> told() {
        return events.stream().map(event -> event.path("detail-type").asText()).toList();
    }

    private JsonNode run(String event) throws IOException {
        var reply = new ByteArrayOutputStream();
        handler.handleRequest(new ByteArrayInputStream(event.getBytes(UTF_8)), reply, Invocation.withLeft(600_000));
        return EdgeJson.JSON.readTree(reply.toByteArray());
    }
}
