package dev.fleetline.tokenssecretsmanager;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.callback.CallbackSecret;
import dev.fleetline.callback.CallbackSecretVersions;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.DescribeSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.InvalidParameterException;
import software.amazon.awssdk.services.secretsmanager.model.ResourceExistsException;

/** The callback secret's versions in AWS Secrets Manager, as its rotation protocol has them. */
public final class SecretsManagerCallbackSecretVersions implements CallbackSecretVersions {

    private static final String PENDING = "AWSPENDING";
    private static final JsonMapper JSON = new JsonMapper();

    private final SecretsManagerClient client;
    private final String secretName;

    public SecretsManagerCallbackSecretVersions(SecretsManagerClient client, String secretName) {
        this.client = client;
        this.secretName = secretName;
    }

    @Override
    public String secret() {
        return secretName;
    }

    @Override
    public Labels labels() {
        DescribeSecretResponse description = client.describeSecret(r -> r.secretId(secretName));
        return new Labels(
                description.arn(),
                Boolean.TRUE.equals(description.rotationEnabled()),
                holder(description, Secret.CURRENT),
                holder(description, PENDING),
                Optional.ofNullable(description.lastRotatedDate()));
    }

    @Override
    public Optional<Version> version(String versionId) {
        return Secret.version(client, secretName, versionId, SecretsManagerCallbackKeys.SHAPE)
                .map(secret -> new Version(secret.versionId(), secret.createdAt(), value(secret)));
    }

    @Override
    public void stage(String versionId, CallbackSecret value) {
        if (version(versionId).isPresent()) {
            return;
        }
        String text = write(value);
        try {
            client.putSecretValue(r -> r.secretId(secretName)
                    .clientRequestToken(versionId)
                    .versionStages(PENDING)
                    .secretString(text));
        } catch (ResourceExistsException hasAnotherValue) {
            // somebody was there first, and what is there counts; LocalStack would have taken a second value
        }
    }

    @Override
    public Moved makeCurrent(String versionId, String insteadOf) {
        try {
            client.updateSecretVersionStage(r -> r.secretId(secretName)
                    .versionStage(Secret.CURRENT)
                    .moveToVersionId(versionId)
                    .removeFromVersionId(insteadOf));
            return Moved.CURRENT;
        } catch (InvalidParameterException refused) {
            // also what a repetition is told whose first answer got lost, so the store says which of the two it is
            Optional<String> now = labels().current();
            if (now.equals(Optional.of(versionId))) {
                return Moved.CURRENT;
            }
            if (now.equals(Optional.of(insteadOf))) {
                throw refused;
            }
            return Moved.LOST_RACE;
        }
    }

    private static Optional<String> holder(DescribeSecretResponse description, String label) {
        return description.versionIdsToStages().entrySet().stream()
                .filter(version -> version.getValue().contains(label))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private static CallbackSecret value(Secret secret) {
        return new CallbackSecret(
                secret.text("username"), secret.text("password"), secret.text("streamKey"), services(secret));
    }

    private static Map<String, String> services(Secret secret) {
        return secret.fields()
                .path("services")
                .propertyStream()
                .filter(service -> service.getValue().isTextual())
                .collect(Collectors.toMap(
                        Map.Entry::getKey, service -> service.getValue().textValue()));
    }

    private static String write(CallbackSecret value) {
        ObjectNode fields = JSON.createObjectNode()
                .put("username", value.username())
                .put("password", value.password())
                .put("streamKey", value.streamKey());
        if (!value.services().isEmpty()) {
            new TreeMap<>(value.services()).forEach(fields.putObject("services")::put);
        }
        return fields.toString();
    }
}
