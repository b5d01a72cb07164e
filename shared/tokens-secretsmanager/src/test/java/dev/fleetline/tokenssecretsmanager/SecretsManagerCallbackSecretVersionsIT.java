package dev.fleetline.tokenssecretsmanager;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetline.callback.CallbackSecretVersions;
import dev.fleetline.callback.CallbackSecretVersions.Moved;
import dev.fleetline.callback.CallbackSecretVersions.Version;
import dev.fleetline.testing.CallbackSecretVersionsContract;
import dev.fleetline.testing.MovableClock;
import dev.fleetline.testing.aws.Fault;
import dev.fleetline.testing.aws.LoopbackAws;
import dev.fleetline.testing.aws.SecretsManagerStandIn;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

class SecretsManagerCallbackSecretVersionsIT extends CallbackSecretVersionsContract {

    private static final String SECRET = "fleetline/test/callback";
    private static final String SECOND = "00000000-0000-4000-8000-000000000002";
    private static final String VALUE =
            "{\"username\":\"cbuser\",\"password\":\"cb-secret-example\",\"streamKey\":\"stream-key-example\"}";

    private final MovableClock clock = MovableClock.at("2026-03-02T15:00:00Z");
    private final SecretsManagerStandIn standIn = SecretsManagerStandIn.start(clock);
    private final SecretsManagerClient client =
            LoopbackAws.aim(SecretsManagerClient.builder(), standIn.endpoint()).build();

    @AfterEach
    void stop() {
        client.close();
        standIn.close();
    }

    @Override
    protected CallbackSecretVersions secretOfPeople() {
        return secretWith(VALUE);
    }

    @Override
    protected void begins(String versionId) {
        client.rotateSecret(r -> r.secretId(SECRET)
                .clientRequestToken(versionId)
                .rotationLambdaARN("arn:aws:lambda:us-east-1:000000000000:function:rotation"));
    }

    private CallbackSecretVersions secretWith(String value) {
        client.createSecret(r -> r.name(SECRET).clientRequestToken(FIRST).secretString(value));
        return new SecretsManagerCallbackSecretVersions(client, SECRET);
    }

    @Test
    void a_version_says_when_it_got_its_value() {
        assertThat(secretOfPeople().version(FIRST))
                .map(Version::createdAt)
                .contains(Instant.parse("2026-03-02T15:00:00Z"));
    }

    @Test
    void a_rotation_that_came_to_its_end_says_when() {
        CallbackSecretVersions versions = secretOfPeople();
        begins(SECOND);
        versions.stage(SECOND, PUT_BY_PEOPLE.renewed("two", "two", Map.of()));
        clock.forward(Duration.ofHours(2));
        assertThat(versions.labels().lastRotatedAt()).isEmpty();

        versions.makeCurrent(SECOND, FIRST);

        assertThat(versions.labels().lastRotatedAt()).contains(Instant.parse("2026-03-02T17:00:00Z"));
    }

    @Test
    void a_move_whose_answer_got_lost_is_found_to_have_happened() {
        CallbackSecretVersions versions = secretOfPeople();
        begins(SECOND);
        versions.stage(SECOND, PUT_BY_PEOPLE.renewed("two", "two", Map.of()));
        // the SDK asks again by itself, and is then refused
        standIn.failNext("UpdateSecretVersionStage", 1, Fault.ANSWER_LOST);

        assertThat(versions.makeCurrent(SECOND, FIRST)).isEqualTo(Moved.CURRENT);
    }
}
