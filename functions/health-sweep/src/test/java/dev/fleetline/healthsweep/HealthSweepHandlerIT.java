package dev.fleetline.healthsweep;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetline.device.Consequences;
import dev.fleetline.device.Device;
import dev.fleetline.device.DeviceRegistry.Saved;
import dev.fleetline.device.Imei;
import dev.fleetline.fleetdynamodb.DynamoDeviceRegistry;
import dev.fleetline.fleetdynamodb.Tables;
import dev.fleetline.lambda.EdgeJson;
import dev.fleetline.lambda.Surroundings;
import dev.fleetline.testing.aws.EventBridgeStandIn;
import dev.fleetline.testing.aws.LocalDynamo;
import dev.fleetline.testing.aws.LocalDynamoExtension;
import dev.fleetline.testing.aws.LoopbackAws;
import dev.fleetline.testing.template.LocalTables;
import dev.fleetline.testing.template.Resolver;
import dev.fleetline.testing.template.ResourceAnswers;
import dev.fleetline.testing.template.Template;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The function with its own wiring and the template's own variables, on the template's tables. */
@ExtendWith(LocalDynamoExtension.class)
class HealthSweepHandlerIT {

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
    private final DynamoDeviceRegistry devices;
    private final HealthSweepHandler handler;

    HealthSweepHandlerIT(LocalDynamo dynamo) {
        LocalTables tables = LocalTables.create(dynamo.client(), template, resolver);
        devices = new DynamoDeviceRegistry(
                dynamo.client(),
                new Tables(
                        tables.tableName("Devices"),
                        tables.tableName("Identities"),
                        "",
                        "",
                        tables.tableName("History"),
                        tables.tableName("Outbox"),
                        ""));
        var environment = new HashMap<>(Map.of(
                "AWS_REGION",
                LoopbackAws.REGION,
                "AWS_ACCESS_KEY_ID",
                "loopback",
                "AWS_SECRET_ACCESS_KEY",
                "loopback",
                "AWS_ENDPOINT_URL_DYNAMODB",
                dynamo.endpoint().toString(),
                "AWS_ENDPOINT_URL_EVENTBRIDGE",
                bus.endpoint().toString()));
        resolver.properties(template.resource("HealthSweep"))
                .path("Environment")
                .path("Variables")
                .properties()
                .forEach(variable ->
                        environment.put(variable.getKey(), variable.getValue().asText()));
        handler = new HealthSweepHandler(new Surroundings(environment, fleet.clock, pause -> {}, new Random(7)));
    }

    @AfterEach
    void stop() {
        bus.close();
    }

    @Test
    void a_sweep_raises_the_alert_of_a_silent_device_and_a_later_one_ends_it_when_nobody_else_has() throws IOException {
        Imei imei = fleet.has(1, Duration.ofHours(4));
        stored(fleet.devices.find(imei).orElseThrow().at(0));

        fleet.clock.forward(Duration.ofHours(9));
        assertThat(sweep().path("candidates").asInt()).isEqualTo(1);

        // the report was merged, and whoever merged it died before judging
        stored(fleet.reporting(devices.find(imei).orElseThrow()));
        fleet.clock.forward(Duration.ofMinutes(15));
        assertThat(sweep().path("candidates").asInt()).isZero();

        assertThat(events)
                .extracting(event -> event.path("detail-type").asText())
                .containsExactly(
                        "DeviceAlertRaised", "HealthSweepCompleted", "DeviceAlertCleared", "HealthSweepCompleted");
    }

    private void stored(Device device) {
        assertThat(devices.save(device, Consequences.NONE)).isInstanceOf(Saved.Stored.class);
    }

    private JsonNode sweep() throws IOException {
        var reply = new ByteArrayOutputStream();
        handler.handleRequest(
                new ByteArrayInputStream("{\"task\":\"sweep\"}".getBytes(UTF_8)), reply, Invocation.withLeft(60_000));
        return EdgeJson.JSON.readTree(reply.toByteArray());
    }
}
