package dev.fleetline.tokenrefresh;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.WireMockServer;
import dev.fleetline.lambda.EdgeJson;
import dev.fleetline.lambda.Surroundings;
import dev.fleetline.lambda.Wired;
import dev.fleetline.testing.Invocation;
import dev.fleetline.testing.MovableClock;
import dev.fleetline.testing.aws.EventBridgeStandIn;
import dev.fleetline.testing.aws.LocalDynamo;
import dev.fleetline.testing.aws.LocalDynamoExtension;
import dev.fleetline.testing.aws.LoopbackAws;
import dev.fleetline.testing.aws.SecretsManagerStandIn;
import io.micronaut.context.ApplicationContext;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
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
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** JSON in and out through the real wiring, against the stand-ins. */
@ExtendWith(LocalDynamoExtension.class)
class TokenRefreshHandlerIT {

    private static final String TOKEN_SECRET = "fleetline/test/core/token";
    private static final String CLIENT_SECRET = "fleetline/test/core/client";
    private static final String BUS = "fleetline-test";

    private final MovableClock clock = MovableClock.at("2026-03-30T15:00:00Z");
    private final List<JsonNode> events = new CopyOnWriteArrayList<>();
    private final SecretsManagerStandIn secrets = SecretsManagerStandIn.start(clock);
    private final EventBridgeStandIn bus = EventBridgeStandIn.start(clock, UUID::randomUUID, Set.of(BUS), events::add);
    private final WireMockServer core =
            new WireMockServer(options().dynamicPort().bindAddress("127.0.0.1"));
    private final SecretsManagerClient client =
            LoopbackAws.aim(SecretsManagerClient.builder(), secrets.endpoint()).build();
    private final LocalDynamo dynamo;
    private final String stage = "t" + UUID.randomUUID().toString().substring(24);
    private final String outbox = "fleetline-" + stage + "-outbox";
    private final String claims = "fleetline-" + stage + "-claims";

    TokenRefreshHandlerIT(LocalDynamo dynamo) {
        this.dynamo = dynamo;
    }

    @BeforeEach
    void the_platform_answers_and_the_token_ends_in_two_days() {
        core.start();
        core.stubFor(post("/core/oauth2/token")
                .willReturn(aResponse()
                        .withBody("{\"access_token\":\"new-token\",\"refresh_token\":\"new-refresh\","
                                + "\"expires_in\":2592000,\"token_type\":\"bearer\"}")));
        core.stubFor(get(urlPathEqualTo("/core/oauth2/token/info"))
                .willReturn(aResponse()
                        .withBody("{\"grant_type\":\"refresh_token\",\"expires_in\":2592000,"
                                + "\"created_at\":\"2026-03-30T15:00:00.123456789Z\",\"scope\":[\"ts.device\"]}")));
        client.createSecret(r -> r.name(CLIENT_SECRET)
                .secretString("{\"clientId\":\"11111111-1111-4111-8111-111111111111\",\"clientSecret\":\"hush\"}"));
        client.createSecret(r -> r.name(TOKEN_SECRET)
                .secretString("{\"state\":\"valid\",\"accessToken\":\"old-token\",\"refreshToken\":\"old-refresh\","
                        + "\"scopes\":[\"ts.device\"],\"obtainedAt\":\"2026-03-02T15:00:00Z\",\"expiresIn\":2592000}"));
        for (String realm : List.of("m2m", "edge")) {
            client.createSecret(
                    r -> r.name("fleetline/test/" + realm + "/client").secretString("{}"));
            client.createSecret(
                    r -> r.name("fleetline/test/" + realm + "/token").secretString("{\"state\":\"none\"}"));
        }
        client.createSecret(r -> r.name("fleetline/test/m2m/user").secretString("{}"));
        table(dynamo.client(), outbox, "eventId");
        table(dynamo.client(), claims, "claim");
    }

    @AfterEach
    void stop() {
        client.close();
        secrets.close();
        bus.close();
        core.stop();
    }

    @Test
    void a_tick_renews_the_token_and_a_late_rejection_of_the_old_one_changes_nothing() throws IOException {
        String old = client.getSecretValue(r -> r.secretId(TOKEN_SECRET)).versionId();
        try (ApplicationContext wiring = Wired.start("token-refresh", surroundings(Map.of()))) {
            var handler = new TokenRefreshHandler(wiring);

            assertThat(invoke(handler, "{\"task\":\"refresh\"}"))
                    .isEqualTo("{\"realms\":[{\"realm\":\"core\",\"outcome\":\"renewed\"},"
                            + "{\"realm\":\"m2m\",\"outcome\":\"not-set-up\"},"
                            + "{\"realm\":\"edge\",\"outcome\":\"not-set-up\"}]}");
            assertThat(invoke(
                            handler,
                            "{\"task\":\"rejected\",\"event\":{\"schemaVersion\":1,\"eventId\":\"e\","
                                    + "\"realm\":\"core\","
                                    + "\"secret\":\"" + TOKEN_SECRET + "\",\"versionId\":\"" + old + "\"}}"))
                    .isEqualTo("{\"realms\":[{\"realm\":\"core\",\"outcome\":\"newer-is-current\"}]}");
        }

        assertThat(client.getSecretValue(r -> r.secretId(TOKEN_SECRET)).secretString())
                .contains("new-token", "new-refresh");
        core.verify(1, postRequestedFor(urlEqualTo("/core/oauth2/token")));
        assertThat(events).singleElement().satisfies(event -> {
            assertThat(event.path("detail-type").asText()).isEqualTo("TokenRefreshed");
            assertThat(event.path("source").asText()).isEqualTo("fleetline.token-refresh");
            assertThat(event.path("detail").path("expiresAt").asText()).isEqualTo("2026-04-29T15:00:00Z");
            assertThat(event.toString()).doesNotContain("new-token", "new-refresh", "hush");
        });
        assertThat(dynamo.client().scan(r -> r.tableName(outbox)).items()).isEmpty();
    }

    @Test
    void a_task_that_it_does_not_know_is_refused() throws IOException {
        try (ApplicationContext wiring = Wired.start("token-refresh", surroundings(Map.of()))) {
            var handler = new TokenRefreshHandler(wiring);

            assertThatThrownBy(() -> invoke(handler, "{\"task\":\"revoke\"}")).hasMessageContaining("revoke");
            assertThatThrownBy(() -> invoke(handler, "{\"task\":\"rejected\",\"event\":{\"realm\":\"core\"}}"))
                    .hasMessageContaining("TokenRejected needs realm and versionId");
        }
    }

    @Test
    void it_does_not_start_with_a_setting_out_of_bounds() {
        assertThatThrownBy(() -> new TokenRefreshHandler(surroundings(Map.of("RENEW_BEFORE", "P90D"))))
                .hasStackTraceContaining("setting RENEW_BEFORE of token-refresh is out of bounds");
    }

    private static String invoke(TokenRefreshHandler handler, String event) throws IOException {
        var out = new ByteArrayOutputStream();
        handler.handleRequest(new ByteArrayInputStream(event.getBytes(UTF_8)), out, Invocation.withLeft(30_000));
        return EdgeJson.JSON.readTree(out.toByteArray()).toString();
    }

    private Surroundings surroundings(Map<String, String> changes) {
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
                "CORE_TOKEN_SECRET", TOKEN_SECRET,
                "CORE_CLIENT_SECRET", CLIENT_SECRET,
                "THINGSPACE_CORE_URL", core.baseUrl() + "/core",
                "RENEW_BEFORE", "P3D",
                "REVOKE_REPLACED", "true",
                "CARRIER_TIMEOUT", "PT10S",
                "BUS_NAME", BUS,
                "OUTBOX_TABLE", outbox,
                "CLAIMS_TABLE", claims));
        environment.putAll(Map.of(
                "M2M_CLIENT_SECRET", "fleetline/test/m2m/client",
                "M2M_USER_SECRET", "fleetline/test/m2m/user",
                "M2M_TOKEN_SECRET", "fleetline/test/m2m/token",
                "THINGSPACE_M2M_URL", core.baseUrl() + "/thingspace",
                "ACCOUNT", "0999000001-00001",
                "EDGE_CLIENT_SECRET", "fleetline/test/edge/client",
                "EDGE_TOKEN_SECRET", "fleetline/test/edge/token",
                "EDGE_ACCESS", "limited",
                "THINGSPACE_EDGE_URL", core.baseUrl() + "/5gedge"));
        environment.putAll(changes);
        return new Surroundings(environment, clock, duration -> {}, new Random(7));
    }

    private static void table(DynamoDbClient dynamo, String name, String key) {
        dynamo.createTable(r -> r.tableName(name)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(List.of(AttributeDefinition.builder()
                        .attributeName(key)
                        .attributeType(ScalarAttributeType.S)
                        .build()))
                .keySchema(List.of(KeySchemaElement.builder()
                        .attributeName(key)
                        .keyType(KeyType.HASH)
                        .build())));
    }
}
