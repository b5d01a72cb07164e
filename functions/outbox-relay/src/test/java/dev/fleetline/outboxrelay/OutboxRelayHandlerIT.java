package dev.fleetline.outboxrelay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetline.fleetdynamodb.DynamoOutbox;
import dev.fleetline.fleetdynamodb.Tables;
import dev.fleetline.fleetevents.Outgoing;
import dev.fleetline.lambda.EdgeJson;
import dev.fleetline.lambda.Surroundings;
import dev.fleetline.testing.Invocation;
import dev.fleetline.testing.MovableClock;
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
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The function with its own wiring, on the template's outbox. */
@ExtendWith(LocalDynamoExtension.class)
class OutboxRelayHandlerIT {

    private final String stage = "t" + UUID.randomUUID().toString().substring(24);
    private final String busName = "fleetline-" + stage;
    private final MovableClock clock = MovableClock.at("2026-03-02T15:00:00Z");
    private final List<JsonNode> events = new CopyOnWriteArrayList<>();
    private final EventBridgeStandIn bus =
            EventBridgeStandIn.start(clock, UUID::randomUUID, Set.of(busName), events::add);
    private final DynamoOutbox outbox;
    private final OutboxRelayHandler handler;

    OutboxRelayHandlerIT(LocalDynamo dynamo) {
        Template template = Template.read();
        Resolver resolver = Resolver.of(
                template,
                busName,
                Map.of("Stage", stage),
                ResourceAnswers.onLoopback(URI.create("http://127.0.0.1:9324")));
        String table = LocalTables.create(dynamo.client(), template, resolver).tableName("Outbox");
        outbox = new DynamoOutbox(dynamo.client(), new Tables("", "", "", "", "", table, ""));
        handler = new OutboxRelayHandler(new Surroundings(
                Map.of(
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
                        "OUTBOX_TABLE",
                        table,
                        "BUS_NAME",
                        busName),
                clock,
                pause -> {},
                new Random(7)));
    }

    @AfterEach
    void stop() {
        bus.close();
    }

    @Test
    void what_a_crash_left_in_the_outbox_is_on_the_bus_after_the_next_tick_and_gone_from_the_outbox()
            throws IOException {
        outbox.put(List.of(new Outgoing(
                "event-1",
                "fleetline.health-sweep",
                "HealthSweepCompleted",
                clock.instant(),
                "{\"schemaVersion\":1,\"eventId\":\"event-1\"}")));
        clock.forward(Duration.ofMinutes(2));

        assertThat(tick()).isEqualTo("{\"published\":1,\"failed\":0}");
        assertThat(tick()).isEqualTo("{\"published\":0,\"failed\":0}");

        assertThat(events).singleElement().satisfies(event -> assertThat(
                        event.path("detail").path("eventId").asText())
                .isEqualTo("event-1"));
        assertThat(outbox.decidedBefore(clock.instant(), 10)).isEmpty();
    }

    private String tick() throws IOException {
        var reply = new ByteArrayOutputStream();
        handler.handleRequest(new ByteArrayInputStream("{}".getBytes(UTF_8)), reply, Invocation.withLeft(50_000));
        return EdgeJson.JSON.readTree(reply.toByteArray()).toString();
    }
}
