package dev.fleetline.alertdesk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.alert.Alert;
import dev.fleetline.alert.Alert.Care;
import dev.fleetline.alert.AlertBook.Basis;
import dev.fleetline.alert.Subject;
import dev.fleetline.alertlinks.AlertAction;
import dev.fleetline.alertlinks.AlertLink;
import dev.fleetline.alertlinks.AlertLinks;
import dev.fleetline.device.Condition;
import dev.fleetline.device.Consequences;
import dev.fleetline.device.Finding.Cause;
import dev.fleetline.device.Severity;
import dev.fleetline.fleetdynamodb.DynamoAlertBook;
import dev.fleetline.fleetdynamodb.DynamoDeviceRegistry;
import dev.fleetline.fleetdynamodb.Tables;
import dev.fleetline.lambda.EdgeJson;
import dev.fleetline.lambda.Surroundings;
import dev.fleetline.testing.Invocation;
import dev.fleetline.testing.MovableClock;
import dev.fleetline.testing.RecordedLog;
import dev.fleetline.testing.SampleFleet;
import dev.fleetline.testing.aws.EventBridgeStandIn;
import dev.fleetline.testing.aws.LocalDynamo;
import dev.fleetline.testing.aws.LocalDynamoExtension;
import dev.fleetline.testing.aws.LoopbackAws;
import dev.fleetline.testing.aws.SecretsManagerStandIn;
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
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** The function with its own wiring and the template's own variables, on the template's tables. */
@ExtendWith(LocalDynamoExtension.class)
class AlertDeskHandlerIT {

    private final Template template = Template.read();
    private final String stage = "t" + UUID.randomUUID().toString().substring(24);
    private final Resolver resolver = Resolver.of(
            template,
            "fleetline-" + stage,
            Map.of("Stage", stage),
            ResourceAnswers.onLoopback(URI.create("http://127.0.0.1:9324"))
                    .orElse((resource, _, _) -> Optional.of(resource.logicalId())));
    private final MovableClock clock = MovableClock.at("2026-03-11T15:00:00Z");
    private final List<JsonNode> told = new CopyOnWriteArrayList<>();
    private final SecretsManagerStandIn secrets = SecretsManagerStandIn.start(clock);
    private final EventBridgeStandIn bus =
            EventBridgeStandIn.start(clock, UUID::randomUUID, Set.of("fleetline-" + stage), told::add);
    private final AlertLinks links = new AlertLinks(Desk.keys(Desk.LINK_KEY));
    private final RecordedLog log = new RecordedLog();
    private final DynamoAlertBook alerts;
    private final AlertDeskHandler handler;

    AlertDeskHandlerIT(LocalDynamo dynamo) {
        LocalTables names = LocalTables.create(dynamo.client(), template, resolver);
        var tables = new Tables(
                names.tableName("Devices"),
                names.tableName("Identities"),
                "",
                names.tableName("Alerts"),
                names.tableName("History"),
                names.tableName("Outbox"),
                "");
        new DynamoDeviceRegistry(dynamo.client(), tables).save(SampleFleet.inService(1), Consequences.NONE);
        alerts = new DynamoAlertBook(dynamo.client(), tables);
        try (SecretsManagerClient client = LoopbackAws.aim(SecretsManagerClient.builder(), secrets.endpoint())
                .build()) {
            client.createSecret(secret -> secret.name("fleetline/" + stage + "/alert-links/key")
                    .secretString("{\"key\":\"" + Desk.LINK_KEY + "\"}"));
        }
        handler = new AlertDeskHandler(new Surroundings(environment(dynamo.endpoint()), clock, _ -> {}, new Random(7)));
    }

    @AfterEach
    void stop() {
        log.close();
        bus.close();
        secrets.close();
    }

    @Test
    void a_link_shows_its_alert_and_its_form_is_done_once_and_nothing_of_the_link_is_in_an_event_or_a_log()
            throws IOException {
        Alert.Open alert = opened(Condition.NETWORK_LOST);
        String link = links.sign(new AlertLink(
                alert.alertId(), AlertAction.ACKNOWLEDGE, clock.instant().plus(Duration.ofDays(1))));

        JsonNode page = call("GET", link, "", false);
        assertThat(page.path("statusCode").asInt()).isEqualTo(200);
        assertThat(page.path("body").asText()).contains("Pump 1", "<form method=\"post\"");
        assertThat(told).isEmpty();

        for (String headline : List.of("<h1>Done</h1>", "<h1>It was so already</h1>")) {
            assertThat(call("POST", link, "by=Ada&why=on+my+way", false)
                            .path("body")
                            .asText())
                    .contains(headline);
        }

        assertThat(((Alert.Open) stored(alert)).care())
                .isEqualTo(new Care.Acknowledged("Ada", "on my way", clock.instant()));
        assertThat(told).singleElement().satisfies(event -> {
            assertThat(event.path("detail-type").asText()).isEqualTo("DeviceAlertAcknowledged");
            assertThat(event.at("/detail/person/by").asText()).isEqualTo("Ada");
            assertThat(event.path("source").asText()).isEqualTo("fleetline.alert-desk");
        });
        String signature = link.replaceFirst("^.*signature=", "");
        assertThat(told.toString() + log.lines())
                .doesNotContain("alert-links", signature, Desk.LINK_KEY)
                .contains("by link: 200");
        assertThat(log.lines().toString())
                .doesNotContain("Ada", "on my way", SampleFleet.imei(1).digits());
    }

    @Test
    void a_login_lists_silences_and_resolves_what_people_may_end() throws IOException {
        Alert.Open conflict = opened(Condition.IDENTITY_CONFLICT);

        JsonNode listed = json(call("GET", "/alerts", "", true));
        assertThat(listed.at("/alerts/0/alertId").asText()).isEqualTo(conflict.alertId());

        String path = "/alerts/" + conflict.alertId();
        assertThat(json(call("POST", path + "/snooze", "{\"why\":\"w\",\"for\":\"P1D\"}", true))
                        .path("outcome")
                        .asText())
                .isEqualTo("done");
        assertThat(json(call("POST", path + "/resolve", "{\"why\":\"SIM moved on purpose\"}", true))
                        .path("outcome")
                        .asText())
                .isEqualTo("done");

        assertThat(stored(conflict)).isInstanceOf(Alert.Ended.class);
        assertThat(told)
                .extracting(event -> event.path("detail-type").asText())
                .containsExactly("DeviceAlertSnoozed", "DeviceAlertCleared");
        assertThat(told.getLast().at("/detail/person/by").asText()).isEqualTo("grace");
    }

    @Test
    void a_store_that_is_down_is_told_in_words_and_not_as_a_failed_invocation() throws IOException {
        secrets.close();
        Alert.Open alert = opened(Condition.NETWORK_LOST);
        String link = links.sign(new AlertLink(
                alert.alertId(), AlertAction.ACKNOWLEDGE, clock.instant().plus(Duration.ofDays(1))));

        JsonNode page = call("GET", link, "", false);

        assertThat(page.path("statusCode").asInt()).isEqualTo(503);
        assertThat(page.path("body").asText()).contains("Fleetline could not do it");
        assertThat(log.lines().toString()).doesNotContain("signature=");
    }

    @Test
    void an_event_of_no_api_is_turned_away() throws IOException {
        var reply = new ByteArrayOutputStream();
        handler.handleRequest(new ByteArrayInputStream("{}".getBytes(UTF_8)), reply, Invocation.withLeft(30_000));

        assertThat(EdgeJson.JSON
                        .readTree(reply.toString(UTF_8))
                        .path("statusCode")
                        .asInt())
                .isEqualTo(403);
    }

    private Alert.Open opened(Condition condition) {
        Instant begun = clock.instant().minus(Duration.ofHours(1));
        alerts.write(
                new Alert.Open(
                        new Subject.OfDevice(SampleFleet.imei(1)),
                        condition,
                        1,
                        1,
                        begun,
                        new Alert.Holding(Severity.WARNING, begun, Cause.UNKNOWN, Optional.empty()),
                        Optional.of(Alert.Told.first(Severity.WARNING, begun)),
                        new Care.None(),
                        Optional.empty(),
                        Alert.Flapping.CALM,
                        Optional.empty(),
                        0),
                new Basis.OnWord(),
                Consequences.NONE);
        return alerts.open().stream()
                .filter(alert -> alert.condition() == condition)
                .findFirst()
                .orElseThrow();
    }

    private Alert stored(Alert.Open alert) {
        return alerts.of(alert.subject()).stream()
                .filter(one -> one.condition() == alert.condition())
                .findFirst()
                .orElseThrow();
    }

    private JsonNode call(String method, String address, String body, boolean isLoggedIn) throws IOException {
        int mark = address.indexOf('?');
        ObjectNode event = EdgeJson.JSON
                .createObjectNode()
                .put("version", "2.0")
                .put("rawPath", mark < 0 ? address : address.substring(0, mark))
                .put("rawQueryString", mark < 0 ? "" : address.substring(mark + 1))
                .put("body", body)
                .put("isBase64Encoded", false);
        event.putObject("headers")
                .put("content-type", "application/x-www-form-urlencoded")
                .put("sec-fetch-site", "same-origin");
        ObjectNode context = event.putObject("requestContext");
        context.putObject("http").put("method", method);
        if (isLoggedIn) {
            context.putObject("authorizer").putObject("iam").put("userArn", "arn:aws:iam::000000000000:user/grace");
        }
        var reply = new ByteArrayOutputStream();
        handler.handleRequest(
                new ByteArrayInputStream(EdgeJson.JSON.writeValueAsBytes(event)), reply, Invocation.withLeft(30_000));
        return EdgeJson.JSON.readTree(reply.toString(UTF_8));
    }

    private static JsonNode json(JsonNode reply) throws IOException {
        return EdgeJson.JSON.readTree(reply.path("body").asText());
    }

    private Map<String, String> environment(URI dynamo) {
        return LoopbackAws.environment(
                resolver,
                "AlertDesk",
                Map.of(
                        "DYNAMODB", dynamo,
                        "SECRETS_MANAGER", secrets.endpoint(),
                        "EVENTBRIDGE", bus.endpoint()));
    }
}
