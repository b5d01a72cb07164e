package dev.fleetline.tokenauthorization;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.lambda.EdgeJson;
import dev.fleetline.lambda.Surroundings;
import dev.fleetline.lambda.Wired;
import dev.fleetline.testing.Invocation;
import dev.fleetline.testing.MadeUpRandom;
import dev.fleetline.testing.MovableClock;
import dev.fleetline.testing.RecordedLog;
import dev.fleetline.testing.SimulatorDesk;
import dev.fleetline.testing.aws.EventBridgeStandIn;
import dev.fleetline.testing.aws.LocalDynamo;
import dev.fleetline.testing.aws.LocalDynamoExtension;
import dev.fleetline.testing.aws.LoopbackAws;
import dev.fleetline.testing.aws.SecretsManagerStandIn;
import dev.fleetline.thingspacesimulator.SimulatorConfig;
import dev.fleetline.thingspacesimulator.ThingSpaceSimulator;
import io.micronaut.context.ApplicationContext;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;

/** A person's whole way, with the simulated platform over HTTP and the stand-ins behind the real wiring. */
@ExtendWith(LocalDynamoExtension.class)
class TokenAuthorizationHandlerIT {

    private static final String TOKEN_SECRET = "fleetline/test/core/token";
    private static final String CLIENT_SECRET = "fleetline/test/core/client";
    private static final String HUSH = "22222222-2222-4222-8222-222222222222";
    private static final String CALLBACK = "https://app.example.test/oauth2/callback";
    private static final String BUS = "fleetline-test";

    private final MovableClock clock = MovableClock.at("2026-03-02T15:00:00Z");
    private final ThingSpaceSimulator simulator =
            ThingSpaceSimulator.start(SimulatorConfig.onFreePort().standingAt(Instant.parse("2026-03-02T15:00:00Z")));
    private final List<JsonNode> events = new CopyOnWriteArrayList<>();
    private final SecretsManagerStandIn secrets = SecretsManagerStandIn.start(clock);
    private final EventBridgeStandIn bus = EventBridgeStandIn.start(clock, UUID::randomUUID, Set.of(BUS), events::add);
    private final SecretsManagerClient client =
            LoopbackAws.aim(SecretsManagerClient.builder(), secrets.endpoint()).build();
    private final HttpClient browser = HttpClient.newHttpClient();
    private final LocalDynamo dynamo;
    private final String stage = "t" + UUID.randomUUID().toString().substring(24);
    private final String outbox = "fleetline-" + stage + "-outbox";
    private final String claims = "fleetline-" + stage + "-claims";
    private final RecordedLog log = new RecordedLog();

    @SuppressWarnings("NullAway.Init") // before each test
    private ApplicationContext wiring;

    @SuppressWarnings("NullAway.Init") // before each test
    private TokenAuthorizationHandler handler;

    TokenAuthorizationHandlerIT(LocalDynamo dynamo) {
        this.dynamo = dynamo;
    }

    @BeforeEach
    void the_application_is_registered_and_there_has_never_been_a_token() {
        client.createSecret(r -> r.name(CLIENT_SECRET)
                .secretString("{\"clientId\":\"11111111-1111-4111-8111-111111111111\",\"clientSecret\":\"" + HUSH
                        + "\",\"redirectUri\":\"" + CALLBACK + "\"}"));
        client.createSecret(r -> r.name(TOKEN_SECRET).secretString("{\"state\":\"none\"}"));
        table(dynamo.client(), outbox, "eventId");
        table(dynamo.client(), claims, "claim");
        wiring = Wired.start(TokenAuthorizationHandler.FUNCTION, surroundings(Map.of()));
        handler = new TokenAuthorizationHandler(wiring);
    }

    @AfterEach
    void stop() {
        wiring.close();
        log.close();
        browser.close();
        client.close();
        secrets.close();
        bus.close();
        simulator.close();
    }

    @Test
    void a_person_who_consents_is_told_so_and_the_token_is_current_and_in_no_page_log_or_event() {
        JsonNode begun = get("/authorize", "");
        String link = begun.path("headers").path("location").asText();

        assertThat(begun.path("statusCode").asInt()).isEqualTo(302);
        assertThat(begun.path("headers").path("cache-control").asText()).isEqualTo("no-store");
        assertThat(link)
                .startsWith(simulator.baseUri() + "/core/oauth2/authorization?response_type=code&client_id=11111111")
                .contains("&scope=ts.device%20ts.target%20ts.subscription&")
                .contains("&redirect_uri=https%3A%2F%2Fapp.example.test%2Foauth2%2Fcallback");

        URI sentTo = consent(link);
        assertThat(sentTo.toString()).startsWith(CALLBACK + "?code=");
        JsonNode page = get("/callback", sentTo.getRawQuery());

        assertThat(page.path("statusCode").asInt()).isEqualTo(200);
        assertThat(page.path("headers").path("content-security-policy").asText())
                .startsWith("default-src 'none'; style-src 'unsafe-inline'");
        assertThat(page.path("body").asText())
                .contains("Fleetline is authorised", "ts.subscription", "1 April 2026, 15:00 UTC", "renewed by itself");
        JsonNode stored = json(current().secretString());
        assertThat(stored.path("state").asText()).isEqualTo("valid");
        assertThat(stored.path("scopes")).extracting(JsonNode::asText).contains("ts.device", "ts.target");
        assertThat(issued()).isEqualTo(1);
        assertThat(events).singleElement().satisfies(event -> {
            assertThat(event.path("detail-type").asText()).isEqualTo("TokenRefreshed");
            assertThat(event.path("source").asText()).isEqualTo("fleetline.token-authorization");
            assertThat(event.path("detail").path("versionId").asText())
                    .isEqualTo(current().versionId());
        });
        assertThat(dynamo.client().scan(r -> r.tableName(outbox)).items()).isEmpty();
        for (String secret : List.of(
                stored.path("accessToken").asText(),
                stored.path("refreshToken").asText(),
                HUSH,
                parameter(sentTo.getRawQuery(), "code"),
                parameter(sentTo.getRawQuery(), "state"))) {
            assertThat(secret).hasSizeGreaterThan(30);
            assertThat(page.toString()).doesNotContain(secret);
            assertThat(events.toString()).doesNotContain(secret);
            assertThat(log.lines()).isNotEmpty().noneMatch(line -> line.contains(secret));
            assertThat(claimed()).doesNotContain(secret);
        }
    }

    @Test
    void the_same_address_a_second_time_exchanges_nothing() {
        String query = comeBack();
        get("/callback", query);
        String version = current().versionId();

        JsonNode again = get("/callback", query);

        assertThat(again.path("statusCode").asInt()).isEqualTo(400);
        assertThat(again.path("body").asText()).contains("This link does not count", "Nothing was exchanged");
        assertThat(issued()).isEqualTo(1);
        assertThat(current().versionId()).isEqualTo(version);
    }

    @Test
    void the_same_address_twice_at_once_is_exchanged_once() throws Exception {
        String query = comeBack();
        var start = new CyclicBarrier(2);
        Callable<Integer> person = () -> {
            start.await();
            return get("/callback", query).path("statusCode").asInt();
        };

        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            List<Future<Integer>> answers = threads.invokeAll(List.of(person, person));

            assertThat(List.of(answers.getFirst().get(), answers.getLast().get()))
                    .containsExactlyInAnyOrder(200, 400);
        }
        assertThat(issued()).isEqualTo(1);
    }

    @Test
    void a_code_with_a_state_that_did_not_begin_here_is_not_exchanged() {
        String query = comeBack();
        String foreign = query.replaceFirst("state=[^&]*", "state=" + "A".repeat(43));

        JsonNode page = get("/callback", foreign);

        assertThat(page.path("statusCode").asInt()).isEqualTo(400);
        assertThat(issued()).isZero();
        assertThat(json(current().secretString()).path("state").asText()).isEqualTo("none");
        assertThat(events).isEmpty();
        assertThat(get("/callback", query).path("statusCode").asInt())
                .as("the person's own way is still open")
                .isEqualTo(200);
    }

    @Test
    void a_state_is_too_old_after_ten_minutes() {
        String query = comeBack();
        clock.forward(Duration.ofMinutes(10));

        assertThat(get("/callback", query).path("statusCode").asInt()).isEqualTo(400);
        assertThat(issued()).isZero();
    }

    @Test
    void a_person_who_says_no_is_told_that_nothing_was_stored() {
        String state = parameter(comeBack(), "state");

        JsonNode page = get("/callback", "error=access_denied&state=" + state);

        assertThat(page.path("statusCode").asInt()).isEqualTo(403);
        assertThat(page.path("body").asText()).contains("ThingSpace was told no", "Nothing was stored");
        assertThat(issued()).isZero();
        assertThat(claimed()).doesNotContain("ticket#");
    }

    @Test
    void a_code_that_the_platform_does_not_take_is_told_with_its_reason() {
        String state = parameter(comeBack(), "state");

        JsonNode page = get("/callback", "code=used-before&state=" + state);

        assertThat(page.path("statusCode").asInt()).isEqualTo(400);
        assertThat(page.path("body").asText())
                .contains("ThingSpace did not take the code", "invalid_grant")
                .doesNotContain("used-before");
        assertThat(json(current().secretString()).path("state").asText()).isEqualTo("none");
    }

    @Test
    void a_platform_that_is_out_of_order_is_told_and_nothing_is_stored() {
        String query = comeBack();
        new SimulatorDesk(simulator.baseUri()).faults("{\"tokenErrors\":1}");

        JsonNode page = get("/callback", query);

        assertThat(page.path("statusCode").asInt()).isEqualTo(503);
        assertThat(page.path("body").asText()).contains("ThingSpace gave no usable answer", "begin again");
        assertThat(json(current().secretString()).path("state").asText()).isEqualTo("none");
    }

    @Test
    void a_secret_that_nobody_filled_in_is_named_with_its_field_and_no_state_is_made() {
        client.putSecretValue(r -> r.secretId(CLIENT_SECRET).secretString("{\"clientSecret\":\"" + HUSH + "\"}"));

        JsonNode page = get("/authorize", "");

        assertThat(page.path("statusCode").asInt()).isEqualTo(503);
        assertThat(page.path("body").asText())
                .contains("secret " + CLIENT_SECRET + ": field clientId is missing", "infra/secrets")
                .doesNotContain(HUSH);
        assertThat(claimed()).doesNotContain("ticket#");
    }

    @Test
    void a_table_that_is_gone_is_a_page_and_one_line_in_the_log() {
        dynamo.client().deleteTable(r -> r.tableName(claims));

        JsonNode page = get("/authorize", "");

        assertThat(page.path("statusCode").asInt()).isEqualTo(503);
        assertThat(page.path("body").asText()).contains("Fleetline could not do it");
        assertThat(log.lines()).filteredOn(line -> line.startsWith("ERROR")).hasSize(1);
    }

    @Test
    void nothing_else_is_here() {
        assertThat(call("GET", "/secret-path/oauth2/token", "")
                        .path("statusCode")
                        .asInt())
                .isEqualTo(404);
        assertThat(call("GET", "", "").path("statusCode").asInt()).isEqualTo(404);
        JsonNode posted = call("POST", "/secret-path/oauth2/callback", comeBack());
        assertThat(posted.path("statusCode").asInt()).isEqualTo(405);
        assertThat(posted.path("headers").path("allow").asText()).isEqualTo("GET");
        assertThat(issued()).isZero();
    }

    @Test
    void it_does_not_start_with_scopes_that_open_no_device() {
        assertThatThrownBy(() -> new TokenAuthorizationHandler(surroundings(Map.of("AUTHORIZE_SCOPES", "ts.target"))))
                .hasStackTraceContaining("setting AUTHORIZE_SCOPES of token-authorization is out of bounds");
    }

    /** Begins, consents, and is sent back; what the address then has. */
    private String comeBack() {
        return consent(get("/authorize", "").path("headers").path("location").asText())
                .getRawQuery();
    }

    private URI consent(String link) {
        return URI.create(send(java.net.http.HttpRequest.newBuilder(URI.create(link)))
                .headers()
                .firstValue("location")
                .orElseThrow());
    }

    /** How many tokens the platform has issued for codes. */
    private int issued() {
        return json(send(java.net.http.HttpRequest.newBuilder(
                                simulator.baseUri().resolve("/control/state")))
                        .body())
                .at("/tokens/core/authorization_code")
                .asInt(-1);
    }

    private GetSecretValueResponse current() {
        return client.getSecretValue(r -> r.secretId(TOKEN_SECRET));
    }

    private String claimed() {
        return dynamo.client().scan(r -> r.tableName(claims)).items().toString();
    }

    private JsonNode get(String step, String query) {
        return call("GET", "/secret-path/oauth2" + step, query);
    }

    private JsonNode call(String method, String path, String query) {
        ObjectNode request = EdgeJson.JSON
                .createObjectNode()
                .put("version", "2.0")
                .put("rawPath", path)
                .put("rawQueryString", query);
        request.putObject("requestContext").putObject("http").put("method", method);
        try {
            var out = new ByteArrayOutputStream();
            handler.handleRequest(
                    new ByteArrayInputStream(request.toString().getBytes(UTF_8)), out, Invocation.withLeft(30_000));
            return EdgeJson.JSON.readTree(out.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private java.net.http.HttpResponse<String> send(java.net.http.HttpRequest.Builder request) {
        try {
            return browser.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String parameter(String query, String name) {
        return URLDecoder.decode(query.replaceFirst("(?:.*&)?" + name + "=([^&]*).*", "$1"), UTF_8);
    }

    private static JsonNode json(String text) {
        try {
            return EdgeJson.JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
                "THINGSPACE_CORE_URL", simulator.baseUri() + "/core",
                "CARRIER_TIMEOUT", "PT10S",
                "AUTHORIZE_SCOPES", "ts.device ts.target ts.subscription",
                "BUS_NAME", BUS,
                "OUTBOX_TABLE", outbox,
                "CLAIMS_TABLE", claims));
        environment.putAll(changes);
        return new Surroundings(environment, clock, duration -> {}, new MadeUpRandom(new SecureRandom()));
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
