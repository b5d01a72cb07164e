package dev.fleetline.localstack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetline.callback.CallbackSecretVersions;
import dev.fleetline.testing.CallbackSecretVersionsContract;
import dev.fleetline.testing.aws.LoopbackAws;
import dev.fleetline.tokenssecretsmanager.SecretsManagerCallbackSecretVersions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.Runtime;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/**
 * The version stages of a rotation on LocalStack's Secrets Manager. It begins a rotation only with a function that it can
 * call, and gives up after the first step that failed: so it gets one that always fails, and the version stays pending and
 * without a value, as Secrets Manager leaves it before the first step. The steps are done here.
 */
@Tag("localstack")
@ExtendWith(OneLocalStack.class)
class RotationOnLocalStackIT extends CallbackSecretVersionsContract {

    private static final String SECOND = "00000000-0000-4000-8000-000000000002";

    private final String secret = "fleetline/" + UUID.randomUUID() + "/callback";
    private final SecretsManagerClient client;
    private final LambdaClient lambda;

    RotationOnLocalStackIT(URI localstack) {
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
        String function = "fails-" + UUID.randomUUID();
        String arn = lambda.createFunction(create -> create.functionName(function)
                        .runtime(Runtime.fromValue("java25"))
                        .handler("none.Such::handleRequest")
                        .role("arn:aws:iam::000000000000:role/any")
                        .code(code -> code.zipFile(SdkBytes.fromByteArray(emptyArchive()))))
                .functionArn();
        lambda.waiter().waitUntilFunctionActiveV2(get -> get.functionName(function));
        client.rotateSecret(rotate -> rotate.secretId(secret)
                .clientRequestToken(versionId)
                .rotationLambdaARN(arn)
                .rotationRules(rules -> rules.automaticallyAfterDays(30L)));
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

    private static byte[] emptyArchive() {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("nothing.txt"));
            zip.write("nothing".getBytes(UTF_8));
            zip.closeEntry();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
