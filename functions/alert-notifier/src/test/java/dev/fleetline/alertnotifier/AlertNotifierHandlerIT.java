package dev.fleetline.alertnotifier;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import dev.fleetline.lambda.EdgeJson;
import dev.fleetline.lambda.Settings;
import dev.fleetline.lambda.Surroundings;
import dev.fleetline.testing.Invocation;
import dev.fleetline.testing.MovableClock;
import dev.fleetline.testing.RecordedLog;
import dev.fleetline.testing.aws.LocalDynamo;
import dev.fleetline.testing.aws.LocalDynamoExtension;
import dev.fleetline.testing.aws.LoopbackAws;
import dev.fleetline.testing.aws.SecretsManagerStandIn;
import dev.fleetline.testing.aws.SnsStandIn;
import dev.fleetline.testing.template.LocalTables;
import dev.fleetline.testing.template.Resolver;
import dev.fleetline.testing.template.ResourceAnswers;
import dev.fleetline.testing.template.Template;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
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

/** The function with its own wiring and the template's own variables, and SNS, DynamoDB and Secrets Manager on loopback. */
@ExtendWith(LocalDynamoExtension.class)
class AlertNotifierHandlerIT {

    private final Template template = Template.read();
    private final String stage = "t" + UUID.randomUUID().toString().substring(24);
    private final Resolver resolver = Resolver.of(
            template,
            "fleetline-" + stage,
            Map.of("Stage", stage),
            ResourceAnswers.onLoopback(URI.create("http://127.0.0.1:9324"))
                    .orElse((resource, _, _) -> Optional.of(resource.logicalId())));
    private final MovableClock clock = MovableClock.at("2026-03-02T15:00:00Z");
    private final SecretsManagerStandIn secrets = SecretsManagerStandIn.start(clock);
    private final SnsStandIn sns;
    private final HttpServer sqs;
    private final List<String> askedOfSqs = new CopyOnWriteArrayList<>();
    private final RecordedLog log = new RecordedLog();
    private final Map<String, String> environment;
    private final AlertNotifierHandler handler;

    AlertNotifierHandlerIT(LocalDynamo dynamo) throws IOException {
        LocalTables.create(dynamo.client(), template, resolver);
        sns = SnsStandIn.start(Set.of(resolver.ref("AlertTopic"), resolver.ref("AlertEventsTopic")), UUID::randomUUID);
        sqs = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        sqs.createContext("/", exchange -> {
            try (exchange) {
                askedOfSqs.add(exchange.getRequestHeaders().getFirst("X-Amz-Target"));
                exchange.sendResponseHeaders(200, 2);
                exchange.getResponseBody().write("{}".getBytes(UTF_8));
            }
        });
        sqs.start();
        try (SecretsManagerClient client = LoopbackAws.aim(SecretsManagerClient.builder(), secrets.endpoint())
                .build()) {
            client.createSecret(secret -> secret.name("fleetline/" + stage + "/alert-links/key")
                    .secretString("{\"key\":\"" + Desk.KEY.text() + "\"}"));
        }
        environment = environment(dynamo.endpoint());
        handler = new AlertNotifierHandler(new Surroundings(environment, clock, _ -> {}, new Random(7)));
    }

    @AfterEach
    void stop() {
        log.close();
        sqs.stop(0);
        sns.close();
        secrets.close();
    }

    @Test
    void an_alert_reaches_people_with_its_links_and_machines_without() throws IOException {
        assertThat(deliver(300_000, Events.alert("Raised"))).isEqualTo("{\"batchItemFailures\":[]}");

        assertThat(sns.messages(resolver.ref("AlertTopic"))).singleElement().satisfies(message -> {
            assertThat(message.subject()).contains("WARNING BATTERY_LOW: Pump 14 (...0014), north-yard");
            assertThat(message.text())
                    .contains("https://AlertApi.execute-api.us-east-1.amazonaws.com/alert-links/" + Events.ALERT);
            assertThat(message.attributes()).containsEntry("event", "DeviceAlertRaised");
        });
        assertThat(sns.messages(resolver.ref("AlertEventsTopic")))
                .singleElement()
                .satisfies(message -> {
                    assertThat(message.text()).isEqualTo(Events.alert("Raised"));
                    assertThat(message.attributes()).containsEntry("severity", "WARNING");
                });
        assertThat(String.join("\n", log.lines()))
                .contains("told DeviceAlertRaised")
                .doesNotContain("alert-links/", "signature", Desk.KEY.text(), "999999000000014");
    }

    @Test
    void the_same_happening_twice_in_a_batch_is_one_message_for_people() throws IOException {
        deliver(300_000, Events.alert("Raised"), Events.again(Events.alert("Raised")));

        assertThat(sns.messages(resolver.ref("AlertTopic"))).hasSize(1);
        assertThat(sns.messages(resolver.ref("AlertEventsTopic"))).hasSize(2);
    }

    @Test
    void what_there_is_no_time_for_goes_back_to_the_queue_at_once() throws IOException {
        String reply = deliver(
                5_000, Events.alert("Raised"), Events.alert("Cleared", detail -> detail.put("eventId", "another")));

        assertThat(reply).isEqualTo("{\"batchItemFailures\":[{\"itemIdentifier\":\"message-2\"}]}");
        assertThat(askedOfSqs).containsExactly("AmazonSQS.ChangeMessageVisibility");
        assertThat(sns.messages(resolver.ref("AlertTopic"))).hasSize(1);
    }

    @Test
    void a_missing_setting_keeps_the_function_from_starting() {
        var without = new HashMap<>(environment);
        without.remove("ALERT_TOPIC");

        assertThatThrownBy(() -> new AlertNotifierHandler(new Surroundings(without, clock, _ -> {}, new Random(7))))
                .rootCause()
                .isInstanceOf(Settings.BadSetting.class)
                .hasMessageContaining("setting ALERT_TOPIC of alert-notifier is missing");
    }

    private String deliver(int millisLeft, String... bodies) throws IOException {
        ObjectNode batch = EdgeJson.JSON.createObjectNode();
        ArrayNode records = batch.putArray("Records");
        for (String body : bodies) {
            records.addObject()
                    .put("messageId", "message-" + records.size())
                    .put("receiptHandle", "receipt")
                    .put("body", body);
        }
        var reply = new ByteArrayOutputStream();
        handler.handleRequest(
                new ByteArrayInputStream(EdgeJson.JSON.writeValueAsBytes(batch)),
                reply,
                Invocation.withLeft(millisLeft));
        return reply.toString(UTF_8);
    }

    private Map<String, String> environment(URI dynamo) {
        return LoopbackAws.environment(
                resolver,
                "AlertNotifier",
                Map.of(
                        "DYNAMODB", dynamo,
                        "SECRETS_MANAGER", secrets.endpoint(),
                        "SNS", sns.endpoint(),
                        "SQS", URI.create("http://127.0.0.1:" + sqs.getAddress().getPort())));
    }
}
