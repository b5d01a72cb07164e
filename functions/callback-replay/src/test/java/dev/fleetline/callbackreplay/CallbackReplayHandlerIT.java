package dev.fleetline.callbackreplay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetline.callback.Deliveries;
import dev.fleetline.callback.Delivery;
import dev.fleetline.callback.Delivery.Status;
import dev.fleetline.device.Consequences;
import dev.fleetline.device.Iccid;
import dev.fleetline.fleetdynamodb.DynamoCallbackInbox;
import dev.fleetline.fleetdynamodb.DynamoDeviceRegistry;
import dev.fleetline.fleetdynamodb.Tables;
import dev.fleetline.lambda.EdgeJson;
import dev.fleetline.lambda.Surroundings;
import dev.fleetline.testing.Invocation;
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
import java.time.Instant;
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

/** The function with its own wiring and the template's own variables, on the template's tables. */
@ExtendWith(LocalDynamoExtension.class)
class CallbackReplayHandlerIT {

    private static final Instant AT = Instant.parse("2026-03-02T16:05:26Z");

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
    private final DynamoCallbackInbox inbox;
    private final CallbackReplayHandler handler;

    CallbackReplayHandlerIT(LocalDynamo dynamo) {
        LocalTables names = LocalTables.create(dynamo.client(), template, resolver);
        var tables = new Tables(
                names.tableName("Devices"),
                names.tableName("Identities"),
                names.tableName("Callbacks"),
                "",
                names.tableName("History"),
                names.tableName("Outbox"),
                "");
        devices = new DynamoDeviceRegistry(dynamo.client(), tables);
        inbox = new DynamoCallbackInbox(dynamo.client(), tables);
        Map<String, String> environment = LoopbackAws.environment(
                resolver, "CallbackReplay", Map.of("DYNAMODB", dynamo.endpoint(), "EVENTBRIDGE", bus.endpoint()));
        handler = new CallbackReplayHandler(new Surroundings(environment, fleet.clock, pause -> {}, new Random(7)));
    }

    @AfterEach
    void stop() {
        bus.close();
    }

    @Test
    void what_waited_for_its_device_is_applied_once_and_playing_it_again_changes_nothing() throws IOException {
        inbox.put(report("e1").in(new Status.Quarantined("UNKNOWN_DEVICE", "no device with this id was ordered here")));
        fleet.hasTracker(Fleet.activating());
        devices.save(fleet.tracker().at(0), Consequences.NONE);

        JsonNode first = play("""
            {"task":"bound","event":{"imei":"999999000000014","iccid":"89148000009999900014",
             "uid":"d0c1e0a1-0000-6abc-f001-0123456789ab"}}\
            """);
        JsonNode second = play("{\"task\":\"device\",\"device\":\"89148000009999900014\"}");
        JsonNode third = play("{\"task\":\"time\",\"from\":\"2026-03-02T00:00:00Z\",\"to\":\"2026-03-03T00:00:00Z\"}");

        assertThat(first.path("applied").asInt()).isOne();
        assertThat(first.at("/alerts/raised").asInt()).isOne();
        assertThat(second.path("unchanged").asInt()).isOne();
        assertThat(third.path("unchanged").asInt()).isOne();
        assertThat(events)
                .extracting(event -> event.path("detail-type").asText())
                .containsExactly("DeviceActivated", "DeviceAlertRaised");
    }

    @Test
    void what_is_set_aside_is_found_by_its_reason_and_what_can_be_read_by_now_is_kept_anew() throws IOException {
        Delivery good = report("e1");
        inbox.put(new Delivery(
                new Delivery.DeliveryId("unknown#digest", Optional.empty(), "digest"),
                good.source(),
                "unreadable",
                AT,
                good.payload(),
                new Status.Quarantined("BEYOND_BOUNDS", "an older version said so")));

        assertThat(play("{\"task\":\"reason\",\"reason\":\"BEYOND_BOUNDS\"}")
                        .path("takenApart")
                        .asInt())
                .isOne();
        assertThat(inbox.of(good.id().device()))
                .containsExactly(Deliveries.streamed(good.payload().strip(), good.receivedAt()));
        assertThat(play("{\"task\":\"reason\",\"reason\":\"BEYOND_BOUNDS\"}")
                        .path("played")
                        .asInt())
                .isZero();
    }

    @Test
    void what_is_still_bad_is_marked_with_its_reason_and_told() throws IOException {
        inbox.put(report("e1"));

        JsonNode reply = play("{\"task\":\"time\",\"from\":\"2026-03-02T00:00:00Z\",\"to\":\"2026-03-03T00:00:00Z\"}");

        assertThat(reply.at("/setAside/UNKNOWN_DEVICE").asInt()).isOne();
        assertThat(events)
                .extracting(event -> event.path("detail-type").asText())
                .containsExactly("CallbackQuarantined");
    }

    @Test
    void a_sim_that_was_changed_is_changed_once_and_the_old_one_is_free() throws IOException {
        fleet.hasTracker(Fleet.activating());
        devices.save(fleet.tracker().at(0), Consequences.NONE);
        String body = "{\"deviceIds\":[{\"id\":\"999999000000014\",\"kind\":\"imei\"}],\"deviceResponse\":"
                + "{\"changeIdentifierResponse\":{\"deviceIds\":[{\"id\":\"89148000009999900022\",\"kind\":\"iccid\"}]}}}";
        inbox.put(Deliveries.calledBack("CarrierService", body.getBytes(UTF_8), AT));

        JsonNode first = play("{\"task\":\"device\",\"device\":\"999999000000014\"}");
        JsonNode second = play("{\"task\":\"device\",\"device\":\"999999000000014\"}");

        assertThat(first.path("applied").asInt()).isOne();
        assertThat(second.path("unchanged").asInt()).isOne();
        assertThat(devices.whoHas(new Iccid("89148000009999900014"))).isEmpty();
        assertThat(devices.whoHas(new Iccid("89148000009999900022"))).contains(Fleet.TRACKER);
    }

    @Test
    void what_is_played_days_later_is_kept_and_not_told() throws IOException {
        fleet.hasTracker(Fleet.activating());
        devices.save(fleet.tracker().at(0), Consequences.NONE);
        String gone = Fleet.report("e1", AT, "\"battery\":\"8\"")
                .replace("\"fields\"", "\"diagnostic\":{\"NW\":{\"SST\":\"No Service\"}},\"fields\"");
        inbox.put(Deliveries.streamed(gone, AT));
        fleet.clock.forward(Duration.ofDays(2));

        JsonNode reply = play("{\"task\":\"device\",\"device\":\"999999000000014\"}");

        assertThat(reply.at("/alerts/raised").asInt()).isEqualTo(2);
        assertThat(events)
                .extracting(event -> event.path("detail-type").asText())
                .containsExactly("DeviceActivated");
    }

    private static Delivery report(String id) {
        return Deliveries.streamed(Fleet.report(id, AT, "\"battery\":\"8\""), AT);
    }

    private JsonNode play(String task) throws IOException {
        var reply = new ByteArrayOutputStream();
        handler.handleRequest(new ByteArrayInputStream(task.getBytes(UTF_8)), reply, Invocation.withLeft(60_000));
        return EdgeJson.JSON.readTree(reply.toByteArray());
    }
}
