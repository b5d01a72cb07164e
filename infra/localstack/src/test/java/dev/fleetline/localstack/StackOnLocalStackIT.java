package dev.fleetline.localstack;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.dockerjava.api.model.ContainerNetwork;
import dev.fleetline.device.Imei;
import dev.fleetline.lambda.EdgeJson;
import dev.fleetline.local.Platform;
import dev.fleetline.localstack.DeployedStack.Reply;
import dev.fleetline.testing.SimulatorDesk;
import dev.fleetline.testing.aws.LoopbackAws;
import dev.fleetline.testing.template.Resource;
import dev.fleetline.testing.template.Template;
import dev.fleetline.thingspacecore.CoreStreams;
import dev.fleetline.thingspaceoauth.CoreTokenIssuer;
import dev.fleetline.thingspacesimulator.SimulatorConfig;
import dev.fleetline.thingspacesimulator.ThingSpaceSimulator;
import dev.fleetline.tokens.TokenRealm;
import dev.fleetline.tokenssecretsmanager.CachedTokenSource;
import dev.fleetline.tokenssecretsmanager.SecretsManagerClientCredentials;
import dev.fleetline.tokenssecretsmanager.SecretsManagerTokenStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testcontainers.localstack.LocalStackContainer;
import software.amazon.awssdk.services.cloudformation.model.StackResource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.Target;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * The template deployed by CloudFormation in LocalStack, and a device's life played through it with the functions in
 * containers of their own. The chapters come in their order, as on the day of a first deployment. Permissions are not
 * enforced there; {@code PermissionsIT} is where those are proved.
 */
@Tag("localstack")
@ExtendWith(OneLocalStack.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class StackOnLocalStackIT {

    private static final Imei PUMP = Imei.parse("999999000000014");
    private static final String STREAM_KEY = "a-key-for-this-test";

    /** What LocalStack's free edition knows by name only: no HTTP API, no dashboard. Nothing in the story needs them. */
    private static final Set<String> EMPTY_SHELLS = Set.of(
            "AWS::ApiGatewayV2::Api",
            "AWS::ApiGatewayV2::Integration",
            "AWS::ApiGatewayV2::Route",
            "AWS::ApiGatewayV2::Stage",
            "AWS::CloudWatch::Dashboard");

    private final URI localstack;
    private final DynamoDbClient dynamo;
    private final Template template = Template.read();
    private final HttpClient http = HttpClient.newHttpClient();
    private final SqsClient sqs;
    private final EventBridgeClient eventBridge;
    private final SecretsManagerClient secrets;
    private final SnsClient sns;
    private final ThingSpaceSimulator thingspace;
    private final SimulatorDesk desk;
    private final List<JsonNode> onTheBus = new CopyOnWriteArrayList<>();
    private final List<JsonNode> alerts = new CopyOnWriteArrayList<>();
    private final DeployedStack stack;
    private final Ingress ingress;
    private final String busWitness;
    private final String alertQueue;

    StackOnLocalStackIT(LocalStackContainer container, DynamoDbClient dynamo) throws IOException {
        localstack = container.getEndpoint();
        this.dynamo = dynamo;
        sqs = LoopbackAws.aim(SqsClient.builder(), localstack).build();
        eventBridge = LoopbackAws.aim(EventBridgeClient.builder(), localstack).build();
        secrets = LoopbackAws.aim(SecretsManagerClient.builder(), localstack).build();
        sns = LoopbackAws.aim(SnsClient.builder(), localstack).build();
        thingspace = ThingSpaceSimulator.start(SimulatorConfig.onFreePort().listeningAt(reachableFrom(container)));
        desk = new SimulatorDesk(thingspace.baseUri());
        stack = DeployedStack.create(
                localstack,
                project(),
                Map.of(
                        "Stage",
                        "local",
                        "Architecture",
                        "x86_64",
                        "Account",
                        "0999000001-00001",
                        "ThingSpaceCoreUrl",
                        thingspace.baseUri() + "/core",
                        "ThingSpaceM2mUrl",
                        thingspace.baseUri() + "/thingspace",
                        "ThingSpaceEdgeUrl",
                        thingspace.baseUri() + "/5gedge"));
        ingress = Ingress.to(event ->
                stack.invoke(stack.physicalId("CallbackReceiver"), event).answer());
        busWitness = queue("bus-witness");
        alertQueue = queue("alerts-for-a-pager");
    }

    @BeforeAll
    void listen() {
        eventBridge.putRule(
                put -> put.name("witness").eventBusName(bus()).eventPattern("{\"detail-type\":[{\"exists\":true}]}"));
        Target everything = Target.builder().id("witness").arn(arn(busWitness)).build();
        eventBridge.putTargets(put -> put.rule("witness").eventBusName(bus()).targets(everything));
        sns.subscribe(subscribe -> subscribe
                .topicArn(stack.physicalId("AlertTopic"))
                .protocol("sqs")
                .endpoint(arn(alertQueue))
                .attributes(Map.of("RawMessageDelivery", "true")));
    }

    @AfterAll
    void stop() {
        ingress.close();
        stack.close();
        thingspace.close();
        sns.close();
        secrets.close();
        eventBridge.close();
        sqs.close();
        http.close();
    }

    @Test
    @Order(1)
    void every_resource_that_localstack_supports_is_really_there_and_the_others_are_known_by_name() {
        Map<Boolean, Set<String>> byShell = stack.resources().stream()
                .collect(Collectors.partitioningBy(
                        resource -> resource.physicalResourceId().equals("unknown"),
                        Collectors.mapping(StackResource::resourceType, Collectors.toSet())));
        assertThat(byShell.get(true)).isEqualTo(EMPTY_SHELLS);
        assertThat(byShell.get(false)).doesNotContainAnyElementsOf(EMPTY_SHELLS);
        assertThat(stack.resources().stream().map(StackResource::logicalResourceId))
                .containsAll(template.resources().values().stream()
                        .filter(resource -> resource.condition().isEmpty())
                        .map(Resource::logicalId)
                        .toList());
    }

    @Test
    @Order(2)
    void before_anybody_filled_in_the_secrets_the_functions_say_which_is_missing() throws Exception {
        assertThat(post("/stream", "{}")).isEqualTo(503);
        await().atMost(60, SECONDS).untilAsserted(() -> assertThat(logOf("CallbackReceiver"))
                .anyMatch(line -> line.contains("fleetline/local/callback")));
        Reply refresh = stack.invoke(stack.physicalId("TokenRefresh"), json("{\"task\":\"refresh\"}"));
        assertThat(refresh.answer().at("/realms/0"))
                .isEqualTo(json("{\"realm\":\"core\",\"outcome\":\"needs-person\"}"));
        assertThat(refresh.answer().at("/realms/1")).isEqualTo(json("{\"realm\":\"m2m\",\"outcome\":\"not-set-up\"}"));
        awaitOnTheBus("TokenReauthorizationNeeded");
    }

    @Test
    @Order(3)
    void an_order_on_the_bus_goes_through_queue_and_function_and_is_sent_once() {
        fillInTheSecrets();
        agreeWithThePlatform();
        send("DeviceOnboardingAsked", order("near-miss", "999999000000022", "89148000009999900022"));
        send("DeviceOnboardingRequested", order("order-1", PUMP.digits(), "89148000009999900014"));
        send("DeviceOnboardingRequested", order("order-1", PUMP.digits(), "89148000009999900014"));

        awaitOnTheBus("DeviceActivationRequested");
        await().atMost(60, SECONDS).until(() -> desk.activations(PUMP) == 1);
        // the device takes its time to come up; only its report says that it did
        desk.forward(Duration.ofMinutes(5));

        assertThat(desk.registrations(PUMP)).isEqualTo(1);
        assertThat(desk.activations(PUMP)).isEqualTo(1);
        assertThat(desk.registrations(Imei.parse("999999000000022"))).isZero();
        assertThat(eventsOnTheBus("DeviceRegistered")).hasSize(1);
    }

    @Test
    @Order(4)
    void a_report_of_an_empty_battery_makes_the_device_active_and_comes_out_as_one_alert_on_a_queue() throws Exception {
        control(
                "/control/reports",
                "{\"imei\":\"" + PUMP.digits() + "\",\"battery\":8,\"at\":\"" + Instant.now() + "\"}");

        awaitOnTheBus("DeviceActivated");

        await().atMost(90, SECONDS).untilAsserted(() -> {
            drain(alertQueue, alerts);
            assertThat(alerts)
                    .extracting(alert -> alert.path("detail-type").asText() + " "
                            + alert.path("detail").path("condition").asText() + " "
                            + alert.at("/detail/device/imei").asText())
                    .containsOnlyOnce("DeviceAlertRaised BATTERY_LOW " + PUMP.digits());
        });
    }

    /** callback-processor marks what it applied; that is a change of the table, and no delivery. */
    @Test
    @Order(5)
    void what_the_processor_writes_into_its_own_stream_does_not_wake_it() {
        int deliveries = dynamo.scan(
                        scan -> scan.tableName(stack.physicalId("Callbacks")).consistentRead(true))
                .count();
        assertThat(logOf("CallbackProcessor").stream().filter(line -> line.startsWith("START ")))
                .isNotEmpty()
                .hasSizeLessThanOrEqualTo(deliveries);
    }

    /** A schedule is not waited for: its function gets the input that it would be sent. */
    @Test
    @Order(6)
    void what_each_schedule_sends_is_understood_by_its_function() {
        Map<String, Reply> replies = new LinkedHashMap<>();
        for (Resource function : template.resourcesOf("AWS::Serverless::Function")) {
            for (JsonNode event : function.properties().path("Events")) {
                if (event.path("Type").asText().startsWith("Schedule")) {
                    replies.put(
                            function.logicalId(),
                            stack.invoke(
                                    stack.physicalId(function.logicalId()),
                                    json(event.at("/Properties/Input").asText())));
                }
            }
        }
        assertThat(replies).isNotEmpty().allSatisfy((function, reply) -> assertThat(reply.isError())
                .as("%s answered %s", function, reply.answer())
                .isFalse());
    }

    /** The schedule's own input, but for the time that it would name. */
    @Test
    @Order(7)
    void the_state_machine_judges_the_whole_fleet_in_parts_and_concludes_once() {
        String machine = stack.physicalId("FleetSweep");
        JsonNode input = json("{\"at\":\"2026-03-03T08:30:00Z\",\"concurrency\":2,\"tolerated\":25}");

        JsonNode first = stack.execute(machine, input);
        JsonNode second = stack.execute(machine, input);

        assertThat(first.path("status").asText()).as("%s", first).isEqualTo("SUCCEEDED");
        assertThat(second.path("status").asText()).as("%s", second).isEqualTo("SUCCEEDED");
        await().atMost(60, SECONDS).untilAsserted(() -> {
            drain(busWitness, onTheBus);
            assertThat(eventsOnTheBus("HealthSweepCompleted"))
                    .filteredOn(event -> event.at("/detail/kind").asText().equals("fleet"))
                    .singleElement()
                    .satisfies(event -> {
                        assertThat(event.at("/detail/coverage/judged").asInt()).isEqualTo(1);
                        assertThat(event.at("/detail/coverage/failedSegments").asInt())
                                .isZero();
                    });
        });
    }

    private void fillInTheSecrets() {
        put(
                "fleetline/local/core/client",
                Platform.credentials(thingspace.baseUri()).path("core"));
        put(
                "fleetline/local/callback",
                EdgeJson.JSON
                        .createObjectNode()
                        .put("username", "thingspace")
                        .put("password", "a-password-for-this-test")
                        .put("streamKey", STREAM_KEY));
    }

    private void agreeWithThePlatform() {
        URI core = URI.create(thingspace.baseUri() + "/core");
        Duration timeout = Duration.ofSeconds(10);
        var store = new SecretsManagerTokenStore(secrets, Map.of(TokenRealm.CORE, "fleetline/local/core/token"));
        var credentials = new SecretsManagerClientCredentials(secrets, "fleetline/local/core/client");
        var platform = new Platform(
                thingspace.baseUri(),
                new Platform.Adapters(
                        new CoreTokenIssuer(core, credentials::read, InstantSource.system(), timeout),
                        store,
                        new CoreStreams(
                                core,
                                new CachedTokenSource(store, InstantSource.system(), Duration.ofNanos(1)),
                                timeout)),
                UUID::randomUUID);
        var _ = platform.authorize();
        var _ = platform.subscribe(ingress.at("/stream"), STREAM_KEY);
    }

    private void put(String secret, JsonNode value) {
        secrets.putSecretValue(put -> put.secretId(secret).secretString(value.toString()));
    }

    private static JsonNode order(String id, String imei, String iccid) {
        return EdgeJson.JSON
                .createObjectNode()
                .put("schemaVersion", 1)
                .put("onboardingId", id)
                .put("imei", imei)
                .put("iccid", iccid);
    }

    private void send(String detailType, JsonNode detail) {
        PutEventsRequestEntry entry = PutEventsRequestEntry.builder()
                .eventBusName(bus())
                .source("onboarding.example.test")
                .detailType(detailType)
                .detail(detail.toString())
                .build();
        assertThat(eventBridge.putEvents(put -> put.entries(entry)).failedEntryCount())
                .isZero();
    }

    private void awaitOnTheBus(String detailType) {
        await().atMost(90, SECONDS).untilAsserted(() -> {
            drain(busWitness, onTheBus);
            assertThat(onTheBus)
                    .extracting(event -> event.path("detail-type").asText())
                    .contains(detailType);
        });
    }

    private List<JsonNode> eventsOnTheBus(String detailType) {
        return onTheBus.stream()
                .filter(event -> event.path("detail-type").asText().equals(detailType))
                .toList();
    }

    private void drain(String queue, List<JsonNode> into) {
        sqs.receiveMessage(receive ->
                        receive.queueUrl(queue).maxNumberOfMessages(10).waitTimeSeconds(1))
                .messages()
                .forEach(message -> {
                    into.add(json(message.body()));
                    sqs.deleteMessage(delete -> delete.queueUrl(queue).receiptHandle(message.receiptHandle()));
                });
    }

    /** What a function wrote; empty as long as it never ran. Read without the SDK: it is the only call of its kind. */
    private List<String> logOf(String function) {
        ObjectNode question =
                EdgeJson.JSON.createObjectNode().put("logGroupName", "/aws/lambda/" + stack.physicalId(function));
        HttpRequest request = HttpRequest.newBuilder(localstack)
                .header("content-type", "application/x-amz-json-1.1")
                .header("x-amz-target", "Logs_20140328.FilterLogEvents")
                .POST(BodyPublishers.ofString(question.toString()))
                .build();
        try {
            return json(http.send(request, BodyHandlers.ofString()).body())
                    .path("events")
                    .valueStream()
                    .map(event -> event.path("message").asText().replace("\\/", "/"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while reading a log", e);
        }
    }

    private int post(String path, String body) throws IOException, InterruptedException {
        return http.send(
                        HttpRequest.newBuilder(ingress.at(path))
                                .header("authorization", STREAM_KEY)
                                .POST(BodyPublishers.ofString(body))
                                .build(),
                        BodyHandlers.discarding())
                .statusCode();
    }

    private void control(String path, String body) throws IOException, InterruptedException {
        int status = http.send(
                        HttpRequest.newBuilder(thingspace.baseUri().resolve(path))
                                .header("content-type", "application/json")
                                .POST(BodyPublishers.ofString(body))
                                .build(),
                        BodyHandlers.discarding())
                .statusCode();
        assertThat(status).isEqualTo(200);
    }

    private String bus() {
        return stack.physicalId("Bus");
    }

    private String queue(String name) {
        return sqs.createQueue(create -> create.queueName(name)).queueUrl();
    }

    private String arn(String queue) {
        return Objects.requireNonNull(
                sqs.getQueueAttributes(get -> get.queueUrl(queue).attributeNames(QueueAttributeName.QUEUE_ARN))
                        .attributes()
                        .get(QueueAttributeName.QUEUE_ARN));
    }

    /** Where a container finds this machine: Docker's bridge. */
    private static String reachableFrom(LocalStackContainer container) {
        Map<String, ContainerNetwork> networks =
                container.getContainerInfo().getNetworkSettings().getNetworks();
        return Objects.requireNonNull(Objects.requireNonNull(networks.get("bridge"), "not on the bridge")
                .getGateway());
    }

    private static Path project() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("template.yaml"))) {
            folder = Objects.requireNonNull(folder.getParent(), "no template.yaml above");
        }
        return folder;
    }

    private static JsonNode json(String text) {
        try {
            return EdgeJson.JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("no JSON: " + text, e);
        }
    }
}
