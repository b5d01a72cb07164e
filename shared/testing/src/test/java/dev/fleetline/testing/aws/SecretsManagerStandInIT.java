package dev.fleetline.testing.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.InvalidParameterException;
import software.amazon.awssdk.services.secretsmanager.model.InvalidRequestException;
import software.amazon.awssdk.services.secretsmanager.model.ResourceExistsException;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;
import software.amazon.awssdk.services.secretsmanager.model.SecretVersionsListEntry;
import software.amazon.awssdk.services.secretsmanager.model.SecretsManagerException;

/** The rules of Secrets Manager that keep two refreshers from harm, as the real SDK client sees them. */
class SecretsManagerStandInIT {

    private static final Instant NOW = Instant.parse("2026-03-02T15:00:00Z");
    private static final String SECRET = "fleetline/test/core/token";
    private static final String V1 = "00000000-0000-4000-8000-000000000001";
    private static final String V2 = "00000000-0000-4000-8000-000000000002";
    private static final String V3 = "00000000-0000-4000-8000-000000000003";

    private final SecretsManagerStandIn standIn = SecretsManagerStandIn.start(InstantSource.fixed(NOW));
    private final SecretsManagerClient client = LoopbackAws.aim(SecretsManagerClient.builder(), standIn.endpoint())
            .overrideConfiguration(settings -> settings.retryStrategy(AwsRetryStrategy.doNotRetry()))
            .build();

    @BeforeEach
    void the_secret_has_a_first_version() {
        client.createSecret(r -> r.name(SECRET).clientRequestToken(V1).secretString("one"));
    }

    @AfterEach
    void stop() {
        client.close();
        standIn.close();
    }

    @Test
    void the_first_value_is_current_and_found_by_name_by_arn_and_by_arn_without_its_last_characters() {
        GetSecretValueResponse byName = get(SECRET);

        assertThat(byName.secretString()).isEqualTo("one");
        assertThat(byName.versionId()).isEqualTo(V1);
        assertThat(byName.versionStages()).containsExactly("AWSCURRENT");
        assertThat(byName.createdDate()).isEqualTo(NOW);
        assertThat(byName.arn())
                .isEqualTo(SecretsManagerStandIn.arn(SECRET))
                .matches(".*:secret:" + SECRET + "-\\w{6}");
        assertThat(get(byName.arn()).versionId()).isEqualTo(V1);
        assertThat(get(byName.arn().substring(0, byName.arn().length() - 7)).versionId())
                .isEqualTo(V1);
    }

    @Test
    void a_secret_created_without_a_value_has_none() {
        client.createSecret(r -> r.name("empty"));

        assertThatThrownBy(() -> get("empty")).isInstanceOf(ResourceNotFoundException.class);
    }

    @Test
    void a_secret_is_created_once() {
        client.createSecret(r -> r.name(SECRET).clientRequestToken(V1).secretString("one"));

        assertThatThrownBy(() -> client.createSecret(
                        r -> r.name(SECRET).clientRequestToken(V2).secretString("two")))
                .isInstanceOf(ResourceExistsException.class);
        assertThat(get(SECRET).secretString()).isEqualTo("one");
    }

    @Test
    void a_new_value_becomes_current_and_the_old_one_previous() {
        client.putSecretValue(r -> r.secretId(SECRET).clientRequestToken(V2).secretString("two"));

        assertThat(get(SECRET).versionId()).isEqualTo(V2);
        assertThat(labelled("AWSPREVIOUS").versionId()).isEqualTo(V1);
    }

    @Test
    void a_value_staged_under_a_label_of_our_own_leaves_the_current_one_alone() {
        stage(V2, "two");

        assertThat(get(SECRET).versionId()).isEqualTo(V1);
        assertThat(labelled("CANDIDATE").secretString()).isEqualTo("two");
    }

    @Test
    void the_first_version_ever_is_current_whatever_label_it_was_given() {
        client.createSecret(r -> r.name("empty"));
        client.putSecretValue(r -> r.secretId("empty").secretString("first").versionStages("CANDIDATE"));

        assertThat(get("empty").versionStages()).containsExactly("AWSCURRENT", "CANDIDATE");
    }

    @Test
    void the_same_put_again_changes_nothing() {
        stage(V2, "two");
        stage(V2, "two");

        assertThat(client.describeSecret(r -> r.secretId(SECRET)).versionIdsToStages())
                .containsEntry(V1, List.of("AWSCURRENT"))
                .containsEntry(V2, List.of("CANDIDATE"))
                .hasSize(2);
    }

    @Test
    void a_token_that_was_used_for_another_value_is_refused() {
        stage(V2, "two");

        assertThatThrownBy(() -> stage(V2, "another"))
                .isInstanceOf(ResourceExistsException.class)
                .hasMessageContaining(V2);
        assertThat(labelled("CANDIDATE").secretString()).isEqualTo("two");
    }

    @Test
    void a_token_must_have_at_least_32_characters() {
        assertThatThrownBy(() -> stage("short", "two")).isInstanceOf(InvalidParameterException.class);
    }

    @Test
    void current_moves_from_the_version_that_holds_it_and_leaves_previous_behind() {
        stage(V2, "two");

        moveCurrent(V1, V2);

        assertThat(client.describeSecret(r -> r.secretId(SECRET)).versionIdsToStages())
                .containsEntry(V1, List.of("AWSPREVIOUS"))
                .containsEntry(V2, List.of("AWSCURRENT", "CANDIDATE"));
    }

    @Test
    void current_does_not_move_from_a_version_that_no_longer_holds_it() {
        stage(V2, "two");
        stage(V3, "three");
        moveCurrent(V1, V2);

        assertThatThrownBy(() -> moveCurrent(V1, V3))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageContaining("RemoveFromVersionId")
                .hasMessageContaining(V2);
        assertThat(get(SECRET).versionId()).isEqualTo(V2);
    }

    @Test
    void current_does_not_move_when_nobody_says_from_where() {
        stage(V2, "two");

        assertThatThrownBy(() -> client.updateSecretVersionStage(
                        r -> r.secretId(SECRET).versionStage("AWSCURRENT").moveToVersionId(V2)))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageContaining("can't be empty");
        assertThat(get(SECRET).versionId()).isEqualTo(V1);
    }

    @Test
    void moving_back_swaps_current_and_previous() {
        stage(V2, "two");
        moveCurrent(V1, V2);

        moveCurrent(V2, V1);

        assertThat(get(SECRET).versionId()).isEqualTo(V1);
        assertThat(labelled("AWSPREVIOUS").versionId()).isEqualTo(V2);
    }

    @Test
    void current_cannot_be_removed_but_another_label_can() {
        stage(V2, "two");

        assertThatThrownBy(() -> client.updateSecretVersionStage(
                        r -> r.secretId(SECRET).versionStage("AWSCURRENT").removeFromVersionId(V1)))
                .isInstanceOf(InvalidParameterException.class);
        client.updateSecretVersionStage(
                r -> r.secretId(SECRET).versionStage("CANDIDATE").removeFromVersionId(V2));

        assertThatThrownBy(() -> labelled("CANDIDATE")).isInstanceOf(ResourceNotFoundException.class);
    }

    @Test
    void a_version_without_labels_is_deprecated_but_kept() {
        stage(V2, "two");
        stage(V3, "three");

        assertThat(get(SECRET, V2).secretString()).isEqualTo("two");
        assertThat(get(SECRET, V2).versionStages()).isEmpty();
        assertThat(client.describeSecret(r -> r.secretId(SECRET)).versionIdsToStages())
                .containsOnlyKeys(V1, V3);
        assertThat(client.listSecretVersionIds(r -> r.secretId(SECRET)).versions())
                .extracting(SecretVersionsListEntry::versionId)
                .containsExactly(V1, V3);
        assertThat(client.listSecretVersionIds(r -> r.secretId(SECRET).includeDeprecated(true))
                        .versions())
                .extracting(SecretVersionsListEntry::versionId)
                .containsExactly(V1, V2, V3);
    }

    @Test
    void a_rotation_begins_with_a_pending_version_that_has_no_value_until_one_is_put() {
        assertThat(client.describeSecret(r -> r.secretId(SECRET)).rotationEnabled())
                .isNull();

        beginRotation(V2);

        var begun = client.describeSecret(r -> r.secretId(SECRET));
        assertThat(begun.rotationEnabled()).isTrue();
        assertThat(begun.versionIdsToStages()).containsEntry(V2, List.of("AWSPENDING"));
        assertThatThrownBy(() -> get(SECRET, V2)).isInstanceOf(ResourceNotFoundException.class);

        client.putSecretValue(r ->
                r.secretId(SECRET).clientRequestToken(V2).secretString("two").versionStages("AWSPENDING"));
        assertThat(labelled("AWSPENDING").secretString()).isEqualTo("two");
        assertThat(get(SECRET).versionId()).isEqualTo(V1);
    }

    @Test
    void a_rotation_does_not_begin_while_another_is_not_complete() {
        beginRotation(V2);

        assertThatThrownBy(() -> beginRotation(V3))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("A previous rotation isn't complete");
        beginRotation(V2);

        client.putSecretValue(r ->
                r.secretId(SECRET).clientRequestToken(V2).secretString("two").versionStages("AWSPENDING"));
        moveCurrent(V1, V2);
        beginRotation(V3);
        assertThat(client.describeSecret(r -> r.secretId(SECRET)).versionIdsToStages())
                .containsEntry(V3, List.of("AWSPENDING"));
    }

    @Test
    void without_a_function_there_is_no_rotation() {
        assertThatThrownBy(() -> client.rotateSecret(r -> r.secretId(SECRET).clientRequestToken(V2)))
                .isInstanceOf(InvalidRequestException.class);
    }

    @Test
    void what_is_not_there_is_said_not_to_be_there() {
        assertThatThrownBy(() -> get("unknown")).isInstanceOf(ResourceNotFoundException.class);
        assertThatThrownBy(() -> get(SECRET, V3)).isInstanceOf(ResourceNotFoundException.class);
        assertThatThrownBy(() -> labelled("AWSPENDING")).isInstanceOf(ResourceNotFoundException.class);
        assertThatThrownBy(() -> moveCurrent(V1, V3)).isInstanceOf(ResourceNotFoundException.class);
        assertThatThrownBy(() -> client.getSecretValue(
                        r -> r.secretId(SECRET).versionId(V1).versionStage("AWSPENDING")))
                .isInstanceOf(InvalidRequestException.class);
    }

    @Test
    void an_operation_that_nobody_uses_is_refused_by_name() {
        assertThatThrownBy(() -> client.deleteSecret(r -> r.secretId(SECRET)))
                .isInstanceOf(SecretsManagerException.class)
                .hasMessageContaining("UnsupportedOperation: DeleteSecret")
                .hasMessageContaining("add it to SecretsManagerStandIn with its contract test");
        assertThatIllegalArgumentException().isThrownBy(() -> standIn.calls("DeleteSecret"));
    }

    @Test
    void a_parameter_that_nobody_uses_is_refused_by_name() {
        assertThatThrownBy(() -> client.createSecret(
                        r -> r.name("keyed").kmsKeyId("alias/key").secretString("x")))
                .isInstanceOf(SecretsManagerException.class)
                .hasMessageContaining("CreateSecret with KmsKeyId");
    }

    @Test
    void calls_fail_as_armed_and_then_work_again() {
        standIn.failNext(1);
        assertThatThrownBy(() -> get(SECRET))
                .isInstanceOfSatisfying(SecretsManagerException.class, e -> assertThat(e.statusCode())
                        .isEqualTo(500));

        standIn.failNext(1, Fault.THROTTLED);
        assertThatThrownBy(() -> get(SECRET))
                .isInstanceOfSatisfying(SecretsManagerException.class, e -> assertThat(e.isThrottlingException())
                        .isTrue());

        assertThat(get(SECRET).secretString()).isEqualTo("one");
        assertThat(standIn.calls("GetSecretValue")).isEqualTo(3);
    }

    @Test
    void an_answer_can_be_lost_after_the_call_took_effect() {
        standIn.failNext("PutSecretValue", 1, Fault.ANSWER_LOST);

        assertThat(get(SECRET).versionId()).isEqualTo(V1);
        assertThatThrownBy(() -> stage(V2, "two")).isInstanceOf(SecretsManagerException.class);
        assertThat(labelled("CANDIDATE").versionId()).isEqualTo(V2);
    }

    private void beginRotation(String versionId) {
        client.rotateSecret(r -> r.secretId(SECRET)
                .clientRequestToken(versionId)
                .rotationLambdaARN("arn:aws:lambda:us-east-1:000000000000:function:rotation"));
    }

    private void stage(String versionId, String value) {
        client.putSecretValue(r -> r.secretId(SECRET)
                .clientRequestToken(versionId)
                .secretString(value)
                .versionStages("CANDIDATE"));
    }

    private void moveCurrent(String from, String to) {
        client.updateSecretVersionStage(r -> r.secretId(SECRET)
                .versionStage("AWSCURRENT")
                .removeFromVersionId(from)
                .moveToVersionId(to));
    }

    private GetSecretValueResponse get(String secretId) {
        return client.getSecretValue(r -> r.secretId(secretId));
    }

    private GetSecretValueResponse get(String secretId, String versionId) {
        return client.getSecretValue(r -> r.secretId(secretId).versionId(versionId));
    }

    private GetSecretValueResponse labelled(String label) {
        return client.getSecretValue(r -> r.secretId(SECRET).versionStage(label));
    }
}
