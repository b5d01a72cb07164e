package dev.fleetline.callbacksecretrotation;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/**
 * One step of a rotation, as Secrets Manager asks for it; told apart by {@code Step}. The version that is to become
 * current is named by {@code ClientRequestToken}.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "Step")
@JsonSubTypes({
    @JsonSubTypes.Type(value = RotationStep.CreateSecret.class, name = "createSecret"),
    @JsonSubTypes.Type(value = RotationStep.SetSecret.class, name = "setSecret"),
    @JsonSubTypes.Type(value = RotationStep.TestSecret.class, name = "testSecret"),
    @JsonSubTypes.Type(value = RotationStep.FinishSecret.class, name = "finishSecret")
})
public sealed interface RotationStep {

    /** The secret, by its ARN. */
    String secretId();

    /** The version. */
    String versionId();

    /** As Secrets Manager calls it. */
    default String word() {
        return switch (this) {
            case CreateSecret _ -> "createSecret";
            case SetSecret _ -> "setSecret";
            case TestSecret _ -> "testSecret";
            case FinishSecret _ -> "finishSecret";
        };
    }

    /** Make the new value. */
    record CreateSecret(
            @JsonProperty("SecretId") String secretId,
            @JsonProperty("ClientRequestToken") String versionId) implements RotationStep {
        public CreateSecret {
            requireBoth(secretId, versionId);
        }
    }

    /** Tell it to the platform. */
    record SetSecret(
            @JsonProperty("SecretId") String secretId,
            @JsonProperty("ClientRequestToken") String versionId) implements RotationStep {
        public SetSecret {
            requireBoth(secretId, versionId);
        }
    }

    /** Prove that the platform has it. */
    record TestSecret(
            @JsonProperty("SecretId") String secretId,
            @JsonProperty("ClientRequestToken") String versionId) implements RotationStep {
        public TestSecret {
            requireBoth(secretId, versionId);
        }
    }

    /** Make it current. */
    record FinishSecret(
            @JsonProperty("SecretId") String secretId,
            @JsonProperty("ClientRequestToken") String versionId) implements RotationStep {
        public FinishSecret {
            requireBoth(secretId, versionId);
        }
    }

    private static void requireBoth(String secretId, String versionId) {
        if (secretId == null || secretId.isBlank() || versionId == null || versionId.isBlank()) {
            throw new IllegalArgumentException("a step of a rotation needs SecretId and ClientRequestToken");
        }
    }
}
