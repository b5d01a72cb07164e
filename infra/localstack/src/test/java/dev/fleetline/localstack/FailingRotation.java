package dev.fleetline.localstack;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.Runtime;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/**
 * LocalStack begins a rotation only with a function that it can call, and gives up after the first step that failed: so it
 * gets one that always fails, and the version stays pending and without a value, as Secrets Manager leaves it before the
 * first step.
 */
final class FailingRotation {

    private FailingRotation() {}

    static void begin(SecretsManagerClient secrets, LambdaClient lambda, String secret, String versionId) {
        String function = "fails-" + UUID.randomUUID();
        String arn = lambda.createFunction(create -> create.functionName(function)
                        .runtime(Runtime.fromValue("java25"))
                        .handler("none.Such::handleRequest")
                        .role("arn:aws:iam::000000000000:role/any")
                        .code(code -> code.zipFile(SdkBytes.fromByteArray(emptyArchive()))))
                .functionArn();
        lambda.waiter().waitUntilFunctionActiveV2(get -> get.functionName(function));
        secrets.rotateSecret(rotate -> rotate.secretId(secret)
                .clientRequestToken(versionId)
                .rotationLambdaARN(arn)
                .rotationRules(rules -> rules.automaticallyAfterDays(30L)));
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
