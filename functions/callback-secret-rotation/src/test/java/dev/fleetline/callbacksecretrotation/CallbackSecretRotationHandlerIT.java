package dev.fleetline.callbacksecretrotation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import dev.fleetline.carrier.CallbackListeners.Listener;
import dev.fleetline.carrier.CarrierGateway.Activation;
import dev.fleetline.carrier.CarrierGateway.CarrierDevice;
import dev.fleetline.carrier.CarrierGateway.Line;
import dev.fleetline.carrier.CarrierGateway.NewDevice;
import dev.fleetline.carrier.CarrierReply;
import dev.fleetline.carrier.CarrierReply.Ok;
import dev.fleetline.carrier.CarrierStreams.StreamTarget;
import dev.fleetline.carrier.CarrierStreams.Target;
import dev.fleetline.carrier.OurStreams;
import dev.fleetline.device.Consequences;
import dev.fleetline.device.Device;
import dev.fleetline.device.Iccid;
import dev.fleetline.device.Imei;
import dev.fleetline.device.Lifecycle;
import dev.fleetline.fleetdynamodb.DynamoDeviceRegistry;
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
import dev.fleetline.thingspacecore.CoreGateway;
import dev.fleetline.thingspacecore.CoreStreams;
import dev.fleetline.thingspacem2m.M2mListeners;
import dev.fleetline.thingspacesimulator.SimulatorConfig;
import dev.fleetline.thingspacesimulator.ThingSpaceSimulator;
import dev.fleetline.tokens.TokenRealm;
import dev.fleetline.tokens.TokenSource;
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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** The function with its own wiring: the steps as Secrets Manager sends them, against the simulator's both worlds. */
@ExtendWith(LocalDynamoExtension.class)
class CallbackSecretRotationHandlerIT {

    private static final String VERSION = "00000000-0000-4000-8000-000000000002";
    private static final Imei IMEI = new Imei("999999000000014");

    /** Nobody listens there, and it is known at once. */
    private static final String HOST = "127.0.0.1:9";

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final String stage = "t" + UUID.randomUUID().toString().substring(24);
    private final String secret = "fleetline/" + stage + "/callback";
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
    private final URI core = URI.create(simulator.baseUri() + "/core");
    private final URI m2m = URI.create(simulator.baseUri() + "/thingspace");
    private final String coreToken = desk.userToken();
    private final SimulatorDesk.M2mTokens m2mTokens = desk.m2mTokens();
    private final CoreStreams streams = new CoreStreams(core, tokens(), TIMEOUT);
    private final M2mListeners listeners = new M2mListeners(m2m, m2mTokens.account(), tokens(), TIMEOUT);
    private final LocalDynamo dynamo;
    private final LocalTables tables;
    private final CallbackSecretRotationHandler handler;

    CallbackSecretRotationHandlerIT(LocalDynamo dynamo) {
        this.dynamo = dynamo;
        Template template = Template.read();
        Resolver resolver = Resolver.of(
                template,
                "fleetline-" + stage,
                Map.of("Stage", stage),
                ResourceAnswers.onLoopback(URI.create("http://127.0.0.1:9324")));
        tables = LocalTables.create(dynamo.client(), template, resolver);
        handler = new CallbackSecretRotationHandler(surroundings());
    }

    @BeforeEach
    void the_fleet_is_in_service_since_yesterday() {
        client.createSecret(r -> r.name(secret)
                .secretString("{\"username\":\"cbuser\",\"password\":\"cb-secret-example\","
                        + "\"streamKey\":\"stream-key-example\"}"));
        for (String realm : List.of("core", "m2m")) {
            client.createSecret(r -> r.name(tokenSecret(realm)).secretString(token(realm)));
        }
        String target = yes(streams.createTarget(
                new StreamTarget("fleetline", "http://" + HOST + "/x/stream", "stream-key-example")));
        yes(streams.createSubscription(target, "ts.event", "fleetline-events"));
        yes(listeners.register(new Listener(
                "CarrierService", "http://" + HOST + "/x/callbacks/CarrierService", "cbuser", "cb-secret-example")));
        clock.forward(Duration.ofMinutes(31));
    }

    @AfterEach
    void stop() {
        client.close();
        bus.close();
        secrets.close();
        simulator.close();
    }

    @Test
    void the_four_steps_move_stream_and_listener_and_make_the_version_current() throws IOException {
        begins();

        assertThat(step("createSecret")).contains("a new password and a new stream key were made, for 1 listeners");
        assertThat(step("setSecret")).contains("the new password");
        assertThat(step("testSecret")).contains("the platform has it");
        assertThat(step("finishSecret")).contains("the version is current");
        assertThat(step("finishSecret")).contains("already");

        var current = client.getSecretValue(r -> r.secretId(secret));
        assertThat(current.versionId()).isEqualTo(VERSION);
        String password =
                EdgeJson.JSON.readTree(current.secretString()).path("password").asText();
        assertThat(password).hasSize(40).isNotEqualTo("cb-secret-example");
        assertThat(yes(listeners.listeners())).singleElement().satisfies(listener -> {
            assertThat(listener.password()).isEqualTo(password);
            assertThat(listener.url()).isEqualTo("http://" + HOST + "/x/callbacks/CarrierService");
        });
        List<Target> targets = yes(streams.targets());
        assertThat(targets).extracting(Target::name).containsExactly(OurStreams.nameOf(VERSION));
        assertThat(dynamo.client()
                        .scan(r -> r.tableName(tables.tableName("Claims")))
                        .items())
                .as("how it was called, should the platform write over it")
                .singleElement()
                .satisfies(note -> assertThat(note)
                        .containsEntry(
                                "claim",
                                AttributeValue.fromS("answer#stream-target#"
                                        + targets.getFirst().id()))
                        .containsEntry("answer", AttributeValue.fromS(OurStreams.nameOf(VERSION))));
    }

    @Test
    void where_the_platform_moves_nothing_what_was_reported_meanwhile_is_fetched_and_kept() throws IOException {
        hasADevice();
        desk.faults("{\"patchSubscription\":\"refused\"}");
        desk.reports(IMEI, 8);
        begins();
        step("createSecret");

        assertThat(step("setSecret"))
                .contains("asked=1, failed=0, leftOut=false")
                .doesNotContain("stored=0");

        assertThat(dynamo.client()
                        .scan(r -> r.tableName(tables.tableName("Callbacks")))
                        .items())
                .isNotEmpty()
                .allSatisfy(item -> assertThat(item).containsEntry("kind", AttributeValue.fromS("ts.event")));
        assertThat(step("testSecret")).contains("the platform has it");
    }

    @Test
    void a_dead_token_is_told_renewed_by_who_hears_of_it_and_the_step_goes_on() throws IOException {
        for (String realm : List.of("core", "m2m")) {
            client.putSecretValue(r -> r.secretId(tokenSecret(realm))
                    .secretString(token(realm).replace(coreToken, "dead").replace(m2mTokens.bearer(), "dead")));
        }
        begins();

        assertThat(step("createSecret")).contains("for 1 listeners");
        assertThat(step("setSecret")).contains("the new password");
        assertThat(step("testSecret")).contains("the platform has it");

        assertThat(told)
                .extracting(
                        event -> event.path("source").asText(),
                        event -> event.path("detail-type").asText(),
                        event -> event.at("/detail/realm").asText())
                .containsExactly(
                        tuple("fleetline.callback-secret-rotation", "TokenRejected", "m2m"),
                        tuple("fleetline.callback-secret-rotation", "TokenRejected", "core"));
        assertThat(dynamo.client()
                        .scan(r -> r.tableName(tables.tableName("Outbox")))
                        .items())
                .isEmpty();
    }

    @Test
    void a_test_alone_as_at_the_setting_up_of_a_schedule_succeeds_and_changes_nothing() throws IOException {
        begins();

        assertThat(step("testSecret")).contains("nothing was set");

        assertThat(yes(streams.targets())).extracting(Target::name).containsExactly("fleetline");
        assertThat(client.getSecretValue(r -> r.secretId(secret)).secretString())
                .contains("cb-secret-example");
    }

    @ParameterizedTest
    @ValueSource(strings = {"createSecret", "setSecret", "testSecret", "finishSecret"})
    void while_rotation_is_off_no_step_does_anything(String step) {
        assertThatThrownBy(() -> step(step)).hasMessageContaining("rotation of secret " + secret + " is off");
    }

    @Test
    void a_secret_as_it_is_deployed_is_named_with_the_field_that_it_misses() {
        client.putSecretValue(r -> r.secretId(secret).secretString("{}"));
        begins();

        assertThatThrownBy(() -> step("createSecret"))
                .hasMessageContaining("secret " + secret + ": field username is missing")
                .hasMessageContaining("infra/secrets");
    }

    @Test
    void a_step_that_nobody_knows_is_refused_by_its_name() {
        assertThatThrownBy(() -> step("polishSecret"))
                .isInstanceOf(InvalidTypeIdException.class)
                .hasMessageContaining("polishSecret")
                .hasMessageContaining("createSecret");
        assertThatThrownBy(() -> invoke("{\"SecretId\":\"x\",\"ClientRequestToken\":\"y\"}"))
                .hasMessageContaining("Step");
        assertThatThrownBy(() -> invoke("{\"Step\":\"createSecret\",\"SecretId\":\"x\"}"))
                .hasMessageContaining("needs SecretId and ClientRequestToken");
    }

    /** As token-refresh does it. */
    private void hears(JsonNode event) {
        told.add(event);
        String realm = event.at("/detail/realm").asText();
        client.putSecretValue(r -> r.secretId(tokenSecret(realm)).secretString(token(realm)));
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
                + ",\"obtainedAt\":\"2026-03-02T15:00:00Z\",\"expiresIn\":3600}";
    }

    private void hasADevice() {
        var gateway = new CoreGateway(core, tokens(), TIMEOUT);
        Iccid iccid = new Iccid("89148000009999900014");
        String account = "0999000001-00001";
        CarrierDevice registered =
                yes(gateway.register(new NewDevice(new Line(IMEI, iccid, account, Optional.empty()), "tracker 14")));
        yes(gateway.activate(new Activation(
                account,
                Optional.empty(),
                Optional.empty(),
                List.of(new Line(IMEI, iccid, account, registered.uid())))));
        desk.forward(Duration.ofMinutes(2));
        Device device = Device.requested(
                        IMEI,
                        new Device.Order("order-1", iccid, "0999000001-00001", "core"),
                        new Device.Profile(
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty()),
                        clock.instant())
                .knownAs(registered.uid().orElseThrow())
                .in(new Lifecycle.Registered(clock.instant()));
        new DynamoDeviceRegistry(
                        dynamo.client(),
                        new Tables(
                                tables.tableName("Devices"),
                                tables.tableName("Identities"),
                                "",
                                "",
                                tables.tableName("History"),
                                tables.tableName("Outbox"),
                                ""))
                .save(device, Consequences.NONE);
    }

    private void begins() {
        client.rotateSecret(r -> r.secretId(secret)
                .clientRequestToken(VERSION)
                .rotationLambdaARN("arn:aws:lambda:us-east-1:000000000000:function:rotation:live"));
    }

    private String step(String name) throws IOException {
        return invoke("{\"Step\":\"" + name + "\",\"SecretId\":\"" + SecretsManagerStandIn.arn(secret)
                + "\",\"ClientRequestToken\":\"" + VERSION + "\",\"RotationToken\":\"a-token\"}");
    }

    private String invoke(String event) throws IOException {
        var reply = new ByteArrayOutputStream();
        handler.handleRequest(new ByteArrayInputStream(event.getBytes(UTF_8)), reply, Invocation.withLeft(240_000));
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
                "CALLBACK_SECRET",
                secret,
                "CALLBACK_HOST",
                HOST,
                "THINGSPACE_CORE_URL",
                core.toString(),
                "CORE_TOKEN_SECRET",
                tokenSecret("core"),
                "THINGSPACE_M2M_URL",
                m2m.toString(),
                "M2M_TOKEN_SECRET",
                tokenSecret("m2m"),
                "ACCOUNT",
                m2mTokens.account(),
                "CARRIER_TIMEOUT",
                "PT10S",
                "DEVICES_TABLE",
                tables.tableName("Devices"),
                "CALLBACKS_TABLE",
                tables.tableName("Callbacks")));
        environment.putAll(Map.of(
                "CLAIMS_TABLE",
                tables.tableName("Claims"),
                "OUTBOX_TABLE",
                tables.tableName("Outbox"),
                "BUS_NAME",
                "fleetline-" + stage,
                "GAP_DEVICES",
                "500"));
        return new Surroundings(environment, clock, _ -> {}, new MadeUpRandom(new Random(7)));
    }

    private TokenSource tokens() {
        return new TokenSource() {
            @Override
            public Usable token(TokenRealm realm) {
                return switch (realm) {
                    case CORE -> new Usable.Token("fleetline/test/core/token", "v1", coreToken);
                    case M2M ->
                        new Usable.Token(
                                "fleetline/test/m2m/token",
                                "v1",
                                m2mTokens.bearer(),
                                Optional.of(m2mTokens.session()),
                                List.of());
                    case EDGE -> throw new IllegalArgumentException("no rotation has to do with 5G Edge");
                };
            }

            @Override
            public void refused(TokenRealm realm, String versionId) {
                throw new AssertionError("the token of " + realm + " was refused");
            }
        };
    }

    private static <T> T yes(CarrierReply<T> reply) {
        if (reply instanceof Ok<T>(var value)) {
            return value;
        }
        throw new AssertionError("expected yes, but the platform answered " + reply);
    }
}
