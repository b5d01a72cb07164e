package dev.fleetline.localstack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetline.callback.CallbackSecretVersions;
import dev.fleetline.callbacksecretrotation.CallbackSecretRotationHandler;
import dev.fleetline.lambda.Surroundings;
import dev.fleetline.testing.CallbackSecretVersionsContract;
import dev.fleetline.testing.Invocation;
import dev.fleetline.testing.MadeUpRandom;
import dev.fleetline.testing.SimulatorDesk;
import dev.fleetline.testing.SimulatorDesk.M2mTokens;
import dev.fleetline.testing.aws.LoopbackAws;
import dev.fleetline.thingspacesimulator.SimulatorConfig;
import dev.fleetline.thingspacesimulator.ThingSpaceSimulator;
import dev.fleetline.tokenssecretsmanager.SecretsManagerCallbackSecretVersions;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** The version stages of a rotation on LocalStack's Secrets Manager; its steps are done here. */
@Tag("localstack")
@ExtendWith(OneLocalStack.class)
class RotationOnLocalStackIT extends CallbackSecretVersionsContract {

    private static final String SECOND = "00000000-0000-4000-8000-000000000002";

    /** What people put there must be half an hour old. */
    private static final InstantSource AN_HOUR_LATER = () -> Instant.now().plus(Duration.ofHours(1));

    /** Named as in a deployment, since the function's calls are recorded. */
    private final String stage = "t" + UUID.randomUUID().toString().substring(24);

    private final String secret = "fleetline/" + stage + "/callback";
    private final SecretsManagerClient client;
    private final LambdaClient lambda;
    private final URI localstack;

    RotationOnLocalStackIT(URI localstack) {
        this.localstack = localstack;
        client = LoopbackAws.aim(SecretsManagerClient.builder(), localstack).build();
        lambda = LoopbackAws.aim(LambdaClient.builder(), localstack).build();
    }

    @AfterEach
    void stop() {
        client.close();
        lambda.close();
    }

    @Override
    protected CallbackSecretVersions secretOfPeople() {
        client.createSecret(create -> create.name(secret)
                .clientRequestToken(FIRST)
                .secretString("{\"username\":\"" + PUT_BY_PEOPLE.username() + "\",\"password\":\""
                        + PUT_BY_PEOPLE.password() + "\",\"streamKey\":\"" + PUT_BY_PEOPLE.streamKey() + "\"}"));
        return new SecretsManagerCallbackSecretVersions(client, secret);
    }

    @Override
    protected void begins(String versionId) {
        FailingRotation.begin(client, lambda, secret, versionId);
    }

    @Test
    void after_a_rotation_the_old_version_is_the_previous_one() {
        CallbackSecretVersions versions = secretOfPeople();
        begins(SECOND);
        versions.stage(SECOND, PUT_BY_PEOPLE);
        versions.makeCurrent(SECOND, FIRST);

        assertThat(client.describeSecret(r -> r.secretId(secret)).versionIdsToStages())
                .containsEntry(FIRST, List.of("AWSPREVIOUS"))
                .hasEntrySatisfying(SECOND, labels -> assertThat(labels).contains("AWSCURRENT"));
    }

    /** The function in this process, its secrets on LocalStack, the platform beside it. The steps are asked for here. */
    @Test
    void the_four_steps_of_the_function_move_the_stages_from_version_to_version() throws IOException {
        CallbackSecretVersions versions = secretOfPeople();
        try (ThingSpaceSimulator thingspace = ThingSpaceSimulator.start(SimulatorConfig.onFreePort())) {
            var desk = new SimulatorDesk(thingspace.baseUri());
            M2mTokens m2m = desk.m2mTokens();
            token("core", desk.userToken(), "none");
            token("m2m", m2m.bearer(), m2m.session());
            var function = new CallbackSecretRotationHandler(surroundings(thingspace.baseUri(), m2m.account()));
            begins(SECOND);
            assertThat(stages(SECOND)).containsExactly("AWSPENDING");

            assertThat(step(function, "createSecret")).contains("a new password and a new stream key were made");
            assertThat(versions.version(SECOND)).isPresent();
            step(function, "setSecret");
            step(function, "testSecret");
            assertThat(stages(FIRST)).containsExactly("AWSCURRENT");
            step(function, "finishSecret");
            step(function, "finishSecret");
        }
        assertThat(stages(SECOND)).contains("AWSCURRENT");
        assertThat(stages(FIRST)).containsExactly("AWSPREVIOUS");
    }

    private List<String> stages(String version) {
        return client.describeSecret(r -> r.secretId(secret))
                .versionIdsToStages()
                .getOrDefault(version, List.of());
    }

    private void token(String realm, String token, String session) {
        client.createSecret(create -> create.name("fleetline/" + stage + "/" + realm + "/token")
                .secretString("{\"state\":\"valid\",\"accessToken\":\"" + token + "\",\"sessionToken\":\"" + session
                        + "\",\"obtainedAt\":\"" + AN_HOUR_LATER.instant() + "\",\"expiresIn\":3600}"));
    }

    private String step(CallbackSecretRotationHandler function, String step) throws IOException {
        String event = "{\"Step\":\"" + step + "\",\"SecretId\":\""
                + client.describeSecret(r -> r.secretId(secret)).arn() + "\",\"ClientRequestToken\":\"" + SECOND
                + "\"}";
        var reply = new ByteArrayOutputStream();
        function.handleRequest(new ByteArrayInputStream(event.getBytes(UTF_8)), reply, Invocation.withLeft(240_000));
        return reply.toString(UTF_8);
    }

    private Surroundings surroundings(URI thingspace, String account) {
        Map<String, String> environment = new HashMap<>(Map.of(
                "AWS_REGION", LoopbackAws.REGION,
                "AWS_ACCESS_KEY_ID", "loopback",
                "AWS_SECRET_ACCESS_KEY", "loopback",
                "AWS_ENDPOINT_URL", localstack.toString(),
                "CARRIER_TIMEOUT", "PT10S",
                "DEVICES_TABLE", "no-gap-no-table",
                "CALLBACKS_TABLE", "no-gap-no-table",
                "CLAIMS_TABLE", "no-stream-no-table",
                "GAP_DEVICES", "1"));
        environment.putAll(Map.of(
                "OUTBOX_TABLE",
                "no-news-no-table",
                "BUS_NAME",
                "no-news-no-bus",
                "CALLBACK_SECRET",
                secret,
                "CALLBACK_HOST",
                "rx.example.test",
                "THINGSPACE_CORE_URL",
                thingspace + "/core",
                "CORE_TOKEN_SECRET",
                "fleetline/" + stage + "/core/token",
                "THINGSPACE_M2M_URL",
                thingspace + "/thingspace",
                "M2M_TOKEN_SECRET",
                "fleetline/" + stage + "/m2m/token",
                "ACCOUNT",
                account));
        return new Surroundings(environment, AN_HOUR_LATER, _ -> {}, new MadeUpRandom(new SecureRandom()));
    }
}
