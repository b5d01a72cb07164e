package dev.fleetline.tokenssecretsmanager;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.tokens.TokenStore.BadSecret;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueRequest;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;

/**
 * One version of a secret, its fields read with complaints that name secret and field and never a value.
 *
 * @param shape the fields that people are told to put there
 */
record Secret(String name, String versionId, Instant createdAt, String shape, ObjectNode fields) {

    static final String CURRENT = "AWSCURRENT";

    private static final JsonMapper JSON = new JsonMapper();

    /** The version with this label; empty when no version has it, and when there is no such secret. */
    static Optional<Secret> find(SecretsManagerClient client, String name, String label, String shape) {
        return read(client, name, shape, r -> r.versionStage(label));
    }

    /** The version with this id; empty when it has no value (yet), and when there is none of it. */
    static Optional<Secret> version(SecretsManagerClient client, String name, String versionId, String shape) {
        return read(client, name, shape, r -> r.versionId(versionId));
    }

    private static Optional<Secret> read(
            SecretsManagerClient client, String name, String shape, Consumer<GetSecretValueRequest.Builder> which) {
        GetSecretValueResponse answer;
        try {
            answer = client.getSecretValue(r -> which.accept(r.secretId(name)));
        } catch (ResourceNotFoundException thereIsNone) {
            return Optional.empty();
        }
        return Optional.of(
                new Secret(name, answer.versionId(), answer.createdDate(), shape, parse(name, shape, answer)));
    }

    /** The current version; a secret that has none is a bad one. */
    static Secret current(SecretsManagerClient client, String name, String shape) {
        return find(client, name, CURRENT, shape)
                .orElseThrow(() -> new BadSecret("secret " + name + " does not exist or has no value: " + fix(shape)));
    }

    String text(String field) {
        return required(field, optional(field));
    }

    String required(String field, Optional<String> text) {
        return text.orElseThrow(() -> bad(field, "is missing or empty"));
    }

    /** Empty when absent, null or blank. */
    Optional<String> optional(String field) {
        JsonNode value = fields.path(field);
        if (value.isContainerNode()) {
            throw bad(field, "is no text");
        }
        return value.isNull() ? Optional.empty() : Optional.of(value.asText()).filter(text -> !text.isBlank());
    }

    /** One that goes into a header, where the JDK would refuse other characters with the value in its complaint. */
    Optional<String> token(String field) {
        Optional<String> text = optional(field);
        if (text.filter(it -> !it.chars().allMatch(Secret::isVisibleAscii)).isPresent()) {
            throw bad(field, "has a character that is not visible ASCII, a line break for instance");
        }
        return text;
    }

    private static boolean isVisibleAscii(int character) {
        return character > ' ' && character <= '~';
    }

    BadSecret bad(String field, String what) {
        return new BadSecret("secret " + name + ": field " + field + " " + what + ": " + fix(shape));
    }

    /** The parser's own message is left out: it may quote what it read. */
    private static ObjectNode parse(String name, String shape, GetSecretValueResponse answer) {
        String text = Optional.ofNullable(answer.secretString()).orElse("");
        try {
            if (JSON.readTree(text) instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonProcessingException notJson) {
            // told below, in words without the value
        }
        throw new BadSecret("secret " + name + " is not a JSON object: " + fix(shape));
    }

    private static String fix(String shape) {
        return "put a new value " + shape + " with infra/secrets";
    }
}
