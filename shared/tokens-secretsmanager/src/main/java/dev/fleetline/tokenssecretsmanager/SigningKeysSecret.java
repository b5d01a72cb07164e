package dev.fleetline.tokenssecretsmanager;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/**
 * The value of the secret of signing keys, as it is written and as it is read: {@code {"<service>": "<key>", "previous":
 * {"<service>": "<key>"}}}, {@code {"state":"none"}} while there is none. What was before is in the value itself, because
 * the secret's previous version is another service's when two are registered one after the other.
 */
record SigningKeysSecret(Secret secret) {

    private static final String SHAPE = "{\"<service>\": \"<key>\"}";
    private static final String STATE = "state";
    private static final String PREVIOUS = "previous";

    /** Names of fields that no service has. */
    private static final Set<String> RESERVED = Set.of(STATE, PREVIOUS);

    static SigningKeysSecret read(SecretsManagerClient client, String name) {
        return new SigningKeysSecret(Secret.current(client, name, SHAPE));
    }

    /** The current key of the service and the one before it. */
    List<String> of(String service) {
        return RESERVED.contains(service)
                ? List.of()
                : Stream.of(secret.optional(service), previous(service))
                        .flatMap(Optional::stream)
                        .distinct()
                        .toList();
    }

    /** Those that have a current key. */
    Set<String> services() {
        return secret.fields()
                .propertyStream()
                .map(Map.Entry::getKey)
                .filter(name ->
                        !RESERVED.contains(name) && secret.optional(name).isPresent())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The value with the service's key moved to where previous ones are. */
    String withCurrentBeforeAsPrevious(String service) {
        ObjectNode fields = fields();
        String key = secret.text(service);
        fields.remove(service);
        fields.withObject(PREVIOUS).put(service, key);
        return fields.toString();
    }

    /** The value with that key as the service's current one. */
    String with(String service, String key) {
        ObjectNode fields = fields();
        fields.remove(STATE);
        return fields.put(service, key).toString();
    }

    /** The value without any key of the service. */
    String without(String service) {
        ObjectNode fields = fields();
        fields.remove(service);
        if (fields.get(PREVIOUS) instanceof ObjectNode previous) {
            previous.remove(service);
            if (previous.isEmpty()) {
                fields.remove(PREVIOUS);
            }
        }
        return fields.isEmpty() ? fields.put(STATE, "none").toString() : fields.toString();
    }

    private Optional<String> previous(String service) {
        return Optional.of(secret.fields().path(PREVIOUS).path(service))
                .filter(JsonNode::isTextual)
                .map(JsonNode::textValue)
                .filter(key -> !key.isBlank());
    }

    private ObjectNode fields() {
        return secret.fields().deepCopy();
    }

    /** A service's name stands in a field of its own, so none may be called as ours are. */
    static String checked(String service) {
        if (!service.matches("[A-Za-z]{1,60}") || RESERVED.contains(service)) {
            throw new IllegalArgumentException("no service is called so: " + service);
        }
        return service;
    }

    /** Without the keys. */
    @Override
    public String toString() {
        return "SigningKeysSecret[" + services() + "]";
    }
}
