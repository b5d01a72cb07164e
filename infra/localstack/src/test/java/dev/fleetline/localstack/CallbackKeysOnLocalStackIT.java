package dev.fleetline.localstack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetline.callback.CallbackKeys.Login;
import dev.fleetline.callback.CallbackSecret;
import dev.fleetline.testing.aws.LoopbackAws;
import dev.fleetline.tokenssecretsmanager.SecretsManagerCallbackKeys;
import dev.fleetline.tokenssecretsmanager.SecretsManagerCallbackSecretVersions;
import java.net.URI;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** What the receiver knows at each stage of a rotation, on LocalStack's Secrets Manager: of no version that counts may it say no. */
@Tag("localstack")
@ExtendWith(OneLocalStack.class)
class CallbackKeysOnLocalStackIT {

    private static final String FIRST = "00000000-0000-4000-8000-000000000001";
    private static final String SECOND = "00000000-0000-4000-8000-000000000002";
    private static final String THIRD = "00000000-0000-4000-8000-000000000003";

    private final String secret = "fleetline/" + UUID.randomUUID() + "/callback";
    private final SecretsManagerClient client;
    private final LambdaClient lambda;
    private final SecretsManagerCallbackSecretVersions versions;

    CallbackKeysOnLocalStackIT(URI localstack) {
        client = LoopbackAws.aim(SecretsManagerClient.builder(), localstack).build();
        lambda = LoopbackAws.aim(LambdaClient.builder(), localstack).build();
        versions = new SecretsManagerCallbackSecretVersions(client, secret);
        client.createSecret(create -> create.name(secret)
                .clientRequestToken(FIRST)
                .secretString("{\"username\":\"u\",\"password\":\"p-one\",\"streamKey\":\"one\"}"));
    }

    @AfterEach
    void stop() {
        client.close();
        lambda.close();
    }

    @Test
    void the_first_value_counts_alone() {
        assertKnown("one");
    }

    @Test
    void a_pending_version_without_a_value_is_passed_over() {
        FailingRotation.begin(client, lambda, secret, SECOND);

        assertThat(versions.labels().pending()).contains(SECOND);
        assertKnown("one");
    }

    @Test
    void the_coming_the_present_and_the_former_value_count_from_stage_to_stage() {
        FailingRotation.begin(client, lambda, secret, SECOND);
        versions.stage(SECOND, value("two"));
        assertKnown("one", "two");

        versions.makeCurrent(SECOND, FIRST);
        assertKnown("one", "two");

        FailingRotation.begin(client, lambda, secret, THIRD);
        assertKnown("one", "two");

        versions.stage(THIRD, value("three"));
        assertKnown("one", "two", "three");

        versions.makeCurrent(THIRD, SECOND);
        assertKnown("two", "three");
    }

    private static CallbackSecret value(String which) {
        return new CallbackSecret("u", "p-" + which, which, Map.of());
    }

    /** To a receiver that starts now. */
    private void assertKnown(String... which) {
        var keys = new SecretsManagerCallbackKeys(client, secret, InstantSource.system());
        assertThat(keys.streamKeys()).containsExactlyInAnyOrder(which);
        assertThat(keys.logins()).extracting(Login::password).containsExactlyInAnyOrder(passwords(which));
    }

    private static String[] passwords(String... which) {
        return Stream.of(which).map(it -> "p-" + it).toArray(String[]::new);
    }
}
