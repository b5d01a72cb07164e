package dev.fleetline.streamsubscription;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import dev.fleetline.fleetdynamodb.DynamoHearing;
import dev.fleetline.fleetdynamodb.Tables;
import dev.fleetline.lambda.EdgeJson;
import dev.fleetline.lambda.Surroundings;
import dev.fleetline.testing.Invocation;
import dev.fleetline.testing.MadeUpRandom;
import dev.fleetline.testing.MovableClock;
import dev.fleetline.testing.SimulatorDesk;
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
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** The function with its own wiring, against the simulator's both worlds. */
@ExtendWith(LocalDynamoExtension.class)
class StreamSubscriptionHandlerIT {

    /** Nobody listens there. */
    private static final String URL = "http://127.0.0.1:9/unguessable";

    private final String stage = "t" + UUID.randomUUID().toString().substring(24);
    private final MovableClock clock = MovableClock.at("2026-03-02T15:00:00Z");
    private final List<JsonNode> told = new CopyOnWriteArrayList<>();
    private final SecretsManagerStandIn secrets = SecretsManagerStandIn.start(clock);
    private final EventBridgeStandIn bus =
            EventBridgeStandIn.start(clock, UUID::randomUUID, Set.of("fleetline-" + stage), this::hears);
    private final SecretsManagerClient client =
            LoopbackAws.aim(SecretsManagerClient.builder(), secrets.endpoint()).build();
    private final ThingSpaceSimulator simulator =
            ThingSpaceSimulator.start(SimulatorConfig.onFreePort().standingAt(clock.instant()));
    private final SimulatorDesk desk = new SimulatorDesk(simulator.baseUri());
    private final String coreToken = desk.userToken();
    private final SimulatorDesk.M2mTokens m2mTokens = desk.m2mTokens();
    private final LocalDynamo dynamo;
    private final LocalTables tables;
    private final StreamSubscriptionHandler handler;

    StreamSubscriptionHandlerIT(LocalDynamo dynamo) {
        this.dynamo = dynamo;
        Template template = Template.read();
        Resolver resolver = Resolver.of(
                template,
                "fleetline-" + stage,
                Map.of("Stage", stage),
                ResourceAnswers.onLoopback(URI.create("http://127.0.0.1:9324")));
        tables = LocalTables.create(dynamo.client(), template, resolver);
        handler = new StreamSubscriptionHandler(surroundings());
    }

    @BeforeEach
    void people_have_filled_in_the_secrets_and_there_are_tokens() {
        client.createSecret(r -> r.name("fleetline/" + stage + "/callback")
                .secretString("{\"username\":\"cbuser\",\"password\":\"cb-secret-example\","
                        + "\"streamKey\":\"stream-key-example\"}"));
        client.createSecret(r -> r.name(signingKeys()).secretString("{\"state\":\"none\"}"));
        for (String realm : List.of("core", "m2m")) {
            client.createSecret(r -> r.name(tokenSecret(realm)).secretString(token(realm)));
        }
    }

    @AfterEach
    void stop() {
        client.close();
        bus.close();
        secrets.close();
        simulator.close();
    }

    @Test
    void a_new_token_sets_everything_up_and_a_repair_finds_it_in_order_until_it_is_torn_down() throws IOException {
        assertThat(outcomes("{\"task\":\"dry-run\"}")).hasSize(4).containsOnly("differs");
        assertThat(outcomes("{\"task\":\"refreshed\",\"event\":{\"realm\":\"core\"}}"))
                .containsExactly("repaired");
        assertThat(outcomes("{\"task\":\"refreshed\",\"event\":{\"realm\":\"m2m\"}}"))
                .containsExactly("repaired", "repaired", "repaired");
        assertThat(keys()).containsOnlyKeys("Diagnostics", "Location");
        assertThat(outcomes("{\"task\":\"repair\"}")).hasSize(4).containsOnly("in-order");
        assertThat(outcomes("{\"task\":\"watch\"}")).hasSize(4).containsOnly("in-order");

        String torn = invoke("{\"task\":\"tear-down\"}");
        assertThat(torn)
                .contains(
                        "delete subscription ts.event",
                        "deregister CarrierService",
                        "deregister Diagnostics",
                        "deregister Location");
        assertThat(keys()).isEqualTo(Map.of("state", "none"));
        for (String task : List.of("watch", "nightly")) {
            assertThat(outcomes("{\"task\":\"" + task + "\"}")).containsExactly("torn-down");
        }
        assertThat(outcomes("{\"task\":\"repair\"}")).hasSize(4).containsOnly("repaired");
        assertThat(outcomes("{\"task\":\"nightly\"}")).hasSize(4).containsOnly("in-order");
    }

    @Test
    void a_key_is_kept_in_its_secret_and_is_in_no_reply_and_no_event() throws IOException {
        String replies = invoke("{\"task\":\"repair\"}");
        Map<String, String> first = keys();
        desk.faults("{\"sharedKeyHeader\":\"X-Secret\"}");
        client.putSecretValue(r -> r.secretId(signingKeys()).secretString("{\"state\":\"none\"}"));

        replies += invoke("{\"task\":\"repair\"}");
        assertThat(replies).contains("the header that SIGNING_KEY_HEADER names");
        assertThat(keys()).isEqualTo(Map.of("state", "none"));
        assertThat(outcomes("{\"task\":\"watch\"}")).containsExactly("in-order", "in-order", "broken", "broken");

        desk.faults("{}");
        replies += invoke("{\"task\":\"repair\"}");
        assertThat(keys()).containsOnlyKeys("Diagnostics", "Location");
        assertThat(keys().values()).doesNotContainAnyElementsOf(first.values());
        assertThat(outcomes("{\"task\":\"watch\"}")).containsOnly("in-order");
        assertThat(told)
                .extracting(event -> event.path("detail-type").asText())
                .containsExactly("StreamBroken", "StreamBroken", "StreamRepaired", "StreamRepaired");
        assertThat(replies + told).doesNotContain(first.values()).doesNotContain(keys().values());
    }

    @Test
    void a_stream_that_falls_silent_is_told_and_so_is_its_end() throws IOException {
        invoke("{\"task\":\"repair\"}");
        var hearing =
                new DynamoHearing(dynamo.client(), new Tables("", "", "", "", "", "", tables.tableName("Claims")));
        Instant begin = clock.instant();
        for (int hour = 0; hour <= 4 * 24; hour++) {
            hearing.heard("stream", begin.plus(Duration.ofHours(hour)));
        }
        clock.forward(Duration.ofDays(5));

        invoke("{\"task\":\"watch\"}");
        invoke("{\"task\":\"watch\"}");
        hearing.heard("stream", clock.instant());
        invoke("{\"task\":\"watch\"}");

        assertThat(told)
                .extracting(event -> event.path("detail-type").asText(), event -> event.at("/detail/stream")
                        .asText())
                .containsExactly(tuple("StreamBroken", "core/ts.event"), tuple("StreamRepaired", "core/ts.event"));
        assertThat(dynamo.client()
                        .scan(r -> r.tableName(tables.tableName("Outbox")))
                        .items())
                .isEmpty();
    }

    @Test
    void a_dead_token_is_told_and_renewed_by_who_hears_of_it() throws IOException {
        client.putSecretValue(
                r -> r.secretId(tokenSecret("core")).secretString(token("core").replace(coreToken, "dead")));

        assertThat(outcomes("{\"task\":\"repair\"}")).containsOnly("repaired");

        assertThat(told).extracting(event -> event.path("detail-type").asText()).containsExactly("TokenRejected");
    }

    @Test
    void a_secret_as_it_is_deployed_is_named_with_the_field_that_it_misses() {
        client.putSecretValue(
                r -> r.secretId("fleetline/" + stage + "/callback").secretString("{}"));

        assertThatThrownBy(() -> invoke("{\"task\":\"repair\"}"))
                .hasMessageContaining("field username is missing")
                .hasMessageContaining("infra/secrets");
    }

    @Test
    void signing_keys_that_are_no_object_fail_their_own_parts_and_are_in_no_reply() throws IOException {
        client.putSecretValue(r -> r.secretId(signingKeys()).secretString("\"a-key-alone\""));

        assertThat(outcomes("{\"task\":\"repair\"}")).containsExactly("repaired", "repaired", "failed", "failed");
        assertThat(outcomes("{\"task\":\"watch\"}")).containsExactly("in-order", "in-order", "unknown", "unknown");
        assertThat(invoke("{\"task\":\"repair\"}"))
                .contains(signingKeys() + " is not a JSON object")
                .doesNotContain("a-key-alone");
    }

    @Test
    void a_task_that_nobody_knows_is_refused_by_its_name() {
        assertThatThrownBy(() -> invoke("{\"task\":\"polish\"}"))
                .isInstanceOf(InvalidTypeIdException.class)
                .hasMessageContaining("polish");
    }

    /** As token-refresh does it. */
    private void hears(JsonNode event) {
        told.add(event);
        if (event.path("detail-type").asText().equals("TokenRejected")) {
            String realm = event.at("/detail/realm").asText();
            client.putSecretValue(r -> r.secretId(tokenSecret(realm)).secretString(token(realm)));
        }
    }

    private String signingKeys() {
        return "fleetline/" + stage + "/callback/hmac";
    }

    private String tokenSecret(String realm) {
        return "fleetline/" + stage + "/" + realm + "/token";
    }

    private String token(String realm) {
        return "{\"state\":\"valid\","
                + (realm.equals("core")
                        ? "\"accessToken\":\"" + coreToken + "\""
                        : "\"accessToken\":\"" + m2mTokens.bearer() + "\",\"sessionToken\":\"" + m2mTokens.session()
                                + "\"")
                + ",\"obtainedAt\":\"2026-03-02T15:00:00Z\",\"expiresIn\":2592000}";
    }

    /** What the secret of signing keys holds. */
    private Map<String, String> keys() throws IOException {
        return EdgeJson.JSON.readValue(
                client.getSecretValue(r -> r.secretId(signingKeys())).secretString(), new TypeReference<>() {});
    }

    private List<String> outcomes(String event) throws IOException {
        return EdgeJson.JSON
                .readTree(invoke(event))
                .path("parts")
                .valueStream()
                .map(part -> part.path("outcome").asText())
                .toList();
    }

    private String invoke(String event) throws IOException {
        var reply = new ByteArrayOutputStream();
        handler.handleRequest(new ByteArrayInputStream(event.getBytes(UTF_8)), reply, Invocation.withLeft(30_000));
        return reply.toString(UTF_8);
    }

    private Surroundings surroundings() {
        var environment = new HashMap<>(Map.of(
                "AWS_REGION",
                LoopbackAws.REGION,
                "AWS_ACCESS_KEY_ID",
                "loopback",
                "AWS_SECRET_ACCESS_KEY",
                "loopback",
                "AWS_ENDPOINT_URL_DYNAMODB",
                dynamo.endpoint().toString(),
                "AWS_ENDPOINT_URL_SECRETS_MANAGER",
                secrets.endpoint().toString(),
                "AWS_ENDPOINT_URL_EVENTBRIDGE",
                bus.endpoint().toString()));
        environment.putAll(Map.of(
                "CALLBACK_HMAC_SECRET", signingKeys(),
                "SIGNING_SERVICES", "Diagnostics,Location",
                "SIGNING_KEY_HEADER", "Shared-Key"));
        environment.putAll(Map.of(
                "CALLBACK_URL", URL,
                "CALLBACK_SECRET", "fleetline/" + stage + "/callback",
                "CALLBACK_SERVICES", "CarrierService",
                "STREAM_FROM", "core",
                "STREAM_KINDS", "ts.event",
                "SILENT_AFTER", "PT1H",
                "CARRIER_TIMEOUT", "PT10S"));
        environment.putAll(Map.of(
                "THINGSPACE_CORE_URL", simulator.baseUri() + "/core",
                "CORE_TOKEN_SECRET", tokenSecret("core"),
                "THINGSPACE_M2M_URL", simulator.baseUri() + "/thingspace",
                "M2M_TOKEN_SECRET", tokenSecret("m2m"),
                "ACCOUNT", m2mTokens.account(),
                "CLAIMS_TABLE", tables.tableName("Claims"),
                "OUTBOX_TABLE", tables.tableName("Outbox"),
                "BUS_NAME", "fleetline-" + stage));
        return new Surroundings(environment, clock, _ -> {}, new MadeUpRandom(new Random(7)));
    }
}
