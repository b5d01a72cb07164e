package dev.fleetline.testing.aws;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.CRC32;

/**
 * Secrets Manager as far as values, versions and staging labels go.
 *
 * <p>The labels follow AWS's rules, because two refreshers are kept from harm by them alone: a label sits on one
 * version at most, it moves only from the version that the caller names as its holder, and where AWSCURRENT leaves a
 * version, AWSPREVIOUS arrives. One call is carried out at a time. A version without labels is deprecated: kept,
 * readable by its id, listed only on request.
 */
public final class SecretsManagerStandIn extends StandIn {

    private static final String CURRENT = "AWSCURRENT";
    private static final String PREVIOUS = "AWSPREVIOUS";
    private static final String PENDING = "AWSPENDING";
    private static final int MOST_LABELS = 20;

    /** A version that a rotation began with has no value until somebody puts one. */
    private record Version(String id, Optional<String> value, Instant created) {}

    private static final class Secret {

        private final String name;
        private final Instant created;
        private final Map<String, Version> versions = new LinkedHashMap<>();
        private final Map<String, String> holders = new LinkedHashMap<>();
        private Instant changed;
        private Optional<Instant> rotated = Optional.empty();
        private boolean rotates;

        Secret(String name, Instant created) {
            this.name = name;
            this.created = created;
            this.changed = created;
        }

        String arn() {
            return SecretsManagerStandIn.arn(name);
        }

        Optional<String> holder(String label) {
            return Optional.ofNullable(holders.get(label));
        }

        Optional<Version> version(String id) {
            return Optional.ofNullable(versions.get(id));
        }

        Set<String> labels(String versionId) {
            var labels = new TreeSet<String>();
            holders.forEach((label, holder) -> {
                if (holder.equals(versionId)) {
                    labels.add(label);
                }
            });
            return labels;
        }

        void attach(String label, String versionId) {
            Optional<String> before = Optional.ofNullable(holders.put(label, versionId));
            if (label.equals(CURRENT)) {
                before.filter(old -> !old.equals(versionId)).ifPresent(old -> holders.put(PREVIOUS, old));
            }
        }
    }

    private final InstantSource clock;
    private final Map<String, Secret> secrets = new LinkedHashMap<>();
    private final Map<String, Operation> operations = Map.of(
            "CreateSecret",
            new Operation(Set.of("Name", "Description", "SecretString", "ClientRequestToken"), this::createSecret),
            "GetSecretValue",
            new Operation(Set.of("SecretId", "VersionId", "VersionStage"), this::getSecretValue),
            "PutSecretValue",
            new Operation(
                    Set.of("SecretId", "SecretString", "ClientRequestToken", "VersionStages"), this::putSecretValue),
            "UpdateSecretVersionStage",
            new Operation(
                    Set.of("SecretId", "VersionStage", "MoveToVersionId", "RemoveFromVersionId"),
                    this::updateSecretVersionStage),
            "RotateSecret",
            new Operation(
                    Set.of("SecretId", "ClientRequestToken", "RotationLambdaARN", "RotationRules", "RotateImmediately"),
                    this::rotateSecret),
            "DescribeSecret",
            new Operation(Set.of("SecretId"), this::describeSecret),
            "ListSecretVersionIds",
            new Operation(Set.of("SecretId", "IncludeDeprecated"), this::listSecretVersionIds));

    private SecretsManagerStandIn(InstantSource clock) {
        super(new JsonProtocol("secretsmanager"));
        this.clock = requireNonNull(clock, "clock");
    }

    /** Starts without any secret; dates come from the clock. */
    public static SecretsManagerStandIn start(InstantSource clock) {
        var secretsManager = new SecretsManagerStandIn(clock);
        secretsManager.open();
        return secretsManager;
    }

    /** The ARN that a secret of this name has on loopback. Its last six characters, random at AWS, are a checksum. */
    public static String arn(String name) {
        var checksum = new CRC32();
        checksum.update(name.getBytes(StandardCharsets.UTF_8));
        String suffix = HexFormat.of().toHexDigits(checksum.getValue(), 6);
        return partialArn(name) + "-" + suffix;
    }

    private static String partialArn(String name) {
        return LoopbackAws.arn("secretsmanager", "secret:" + name);
    }

    @Override
    Map<String, Operation> operations() {
        return operations;
    }

    private synchronized ObjectNode createSecret(AwsCall call) {
        String name = call.required("Name", "InvalidParameterException");
        if (!name.matches("[\\w/+=.@-]{1,512}")) {
            throw invalid("Invalid name. Must be 1 to 512 characters of letters, digits and /_+=.@-");
        }
        String token = token(call);
        Optional<String> value = call.optional("SecretString");
        Secret secret = secrets.get(name);
        if (secret == null) {
            secret = new Secret(name, clock.instant());
            secrets.put(name, secret);
            if (value.isPresent()) {
                add(secret, token, value.get(), Set.of(CURRENT));
            }
        } else if (!secret.version(token).flatMap(Version::value).equals(value)) {
            throw AwsRefusal.sender(
                    "ResourceExistsException", "The operation failed because the secret " + name + " already exists.");
        }
        ObjectNode result = named(call, secret);
        return value.isPresent() ? result.put("VersionId", token) : result;
    }

    private synchronized ObjectNode getSecretValue(AwsCall call) {
        Secret secret = secret(call);
        Optional<String> id = call.optional("VersionId");
        Optional<String> label = call.optional("VersionStage");
        Version version = id.isPresent()
                ? versionById(secret, id.get())
                : secret.holder(label.orElse(CURRENT))
                        .flatMap(secret::version)
                        .orElseThrow(() -> notFound("value for staging label: " + label.orElse(CURRENT)));
        String value = version.value().orElseThrow(() -> notFound("value for VersionId: " + version.id()));
        if (label.isPresent() && !secret.labels(version.id()).contains(label.get())) {
            throw AwsRefusal.sender(
                    "InvalidRequestException",
                    "You provided a VersionStage that is not associated to the provided VersionId.");
        }
        ObjectNode result = named(call, secret)
                .put("VersionId", version.id())
                .put("SecretString", value)
                .put("CreatedDate", epochSeconds(version.created()));
        secret.labels(version.id()).forEach(result.putArray("VersionStages")::add);
        return result;
    }

    private synchronized ObjectNode putSecretValue(AwsCall call) {
        Secret secret = secret(call);
        String value = call.required("SecretString", "InvalidParameterException");
        String token = token(call);
        Set<String> labels = requestedLabels(call);
        Optional<String> before = secret.version(token).flatMap(Version::value);
        if (before.isEmpty()) {
            add(secret, token, value, labels);
        } else if (!before.get().equals(value)) {
            throw AwsRefusal.sender(
                    "ResourceExistsException",
                    "You can't use ClientRequestToken " + token
                            + " because that value is already in use for a version of secret " + secret.arn() + ".");
        }
        ObjectNode result = named(call, secret).put("VersionId", token);
        secret.labels(token).forEach(result.putArray("VersionStages")::add);
        return result;
    }

    private void add(Secret secret, String id, String value, Set<String> labels) {
        boolean first = secret.versions.isEmpty();
        secret.changed = clock.instant();
        secret.versions.put(id, new Version(id, Optional.of(value), secret.changed));
        labels.forEach(label -> secret.attach(label, id));
        if (first) {
            secret.attach(CURRENT, id);
        }
    }

    private static Set<String> requestedLabels(AwsCall call) {
        JsonNode given = call.parameters().path("VersionStages");
        if (given.isMissingNode()) {
            return Set.of(CURRENT);
        }
        var labels = new LinkedHashSet<String>();
        given.forEach(label -> labels.add(label.asText()));
        if (labels.isEmpty() || labels.size() > MOST_LABELS) {
            throw invalid("VersionStages must have 1 to " + MOST_LABELS + " labels and has " + labels.size() + ".");
        }
        labels.forEach(SecretsManagerStandIn::requireLabel);
        return labels;
    }

    private synchronized ObjectNode updateSecretVersionStage(AwsCall call) {
        Secret secret = secret(call);
        String label = call.required("VersionStage", "InvalidParameterException");
        requireLabel(label);
        Optional<String> from = call.optional("RemoveFromVersionId");
        Optional<String> to = call.optional("MoveToVersionId");
        if (from.isEmpty() && to.isEmpty()) {
            throw invalid("You must provide MoveToVersionId, RemoveFromVersionId, or both.");
        }
        to.ifPresent(id -> versionById(secret, id));
        from.ifPresent(id -> versionById(secret, id));
        Optional<String> holder = secret.holder(label);
        if (from.isPresent() && !holder.equals(from)) {
            throw invalid("The parameter RemoveFromVersionId names version " + from.get() + ", but staging label "
                    + label + " is "
                    + holder.map(id -> "currently attached to version " + id).orElse("not attached")
                    + ".");
        }
        if (from.isEmpty() && holder.isPresent() && !holder.equals(to)) {
            throw invalid("The parameter RemoveFromVersionId can't be empty. Staging label " + label
                    + " is currently attached to version " + holder.get()
                    + ", so you must explicitly reference that version in RemoveFromVersionId.");
        }
        if (to.isPresent()) {
            secret.attach(label, to.get());
        } else if (label.equals(CURRENT)) {
            throw invalid("You can only move staging label AWSCURRENT to a different secret version. "
                    + "It can't be completely removed.");
        } else {
            secret.holders.remove(label);
        }
        secret.changed = clock.instant();
        if (label.equals(CURRENT) && secret.rotates && to.equals(secret.holder(PENDING))) {
            // AWS notes it when the function has answered the last step; here nobody asks for steps
            secret.rotated = Optional.of(secret.changed);
        }
        return named(call, secret);
    }

    /**
     * Turns rotation on and begins one: the new version is pending and has no value. Who calls the function then, step by
     * step, is the caller's business; here nobody does.
     */
    private synchronized ObjectNode rotateSecret(AwsCall call) {
        Secret secret = secret(call);
        String token = token(call);
        if (!secret.rotates && call.optional("RotationLambdaARN").isEmpty()) {
            throw AwsRefusal.sender(
                    "InvalidRequestException", "No Lambda rotation function ARN is associated with this secret.");
        }
        if (secret.holder(PENDING)
                .filter(pending -> !secret.holder(CURRENT).equals(Optional.of(pending)))
                .filter(pending -> !pending.equals(token))
                .isPresent()) {
            throw AwsRefusal.sender(
                    "InvalidRequestException",
                    "A previous rotation isn't complete. That rotation will be reattempted.");
        }
        secret.rotates = true;
        secret.changed = clock.instant();
        if (call.parameters().path("RotateImmediately").asBoolean(true)
                && secret.version(token).isEmpty()) {
            secret.versions.put(token, new Version(token, Optional.empty(), secret.changed));
            secret.attach(PENDING, token);
        }
        return named(call, secret).put("VersionId", token);
    }

    private synchronized ObjectNode describeSecret(AwsCall call) {
        Secret secret = secret(call);
        ObjectNode result = named(call, secret)
                .put("CreatedDate", epochSeconds(secret.created))
                .put("LastChangedDate", epochSeconds(secret.changed));
        if (secret.rotates) {
            result.put("RotationEnabled", true);
            secret.rotated.ifPresent(at -> result.put("LastRotatedDate", epochSeconds(at)));
        }
        ObjectNode versions = result.putObject("VersionIdsToStages");
        for (String id : secret.versions.keySet()) {
            Set<String> labels = secret.labels(id);
            if (!labels.isEmpty()) {
                labels.forEach(versions.putArray(id)::add);
            }
        }
        return result;
    }

    private synchronized ObjectNode listSecretVersionIds(AwsCall call) {
        Secret secret = secret(call);
        boolean deprecatedToo = call.parameters().path("IncludeDeprecated").asBoolean(false);
        ObjectNode result = named(call, secret);
        ArrayNode versions = result.putArray("Versions");
        for (Version version : secret.versions.values()) {
            Set<String> labels = secret.labels(version.id());
            if (deprecatedToo || !labels.isEmpty()) {
                ObjectNode entry = versions.addObject()
                        .put("VersionId", version.id())
                        .put("CreatedDate", epochSeconds(version.created()));
                labels.forEach(entry.putArray("VersionStages")::add);
            }
        }
        return result;
    }

    private Secret secret(AwsCall call) {
        String id = call.required("SecretId", "InvalidParameterException");
        return secrets.values().stream()
                .filter(secret ->
                        id.equals(secret.name) || id.equals(secret.arn()) || id.equals(partialArn(secret.name)))
                .findFirst()
                .orElseThrow(() -> AwsRefusal.sender(
                        "ResourceNotFoundException", "Secrets Manager can't find the specified secret."));
    }

    private static Version versionById(Secret secret, String id) {
        return secret.version(id).orElseThrow(() -> notFound("value for VersionId: " + id));
    }

    /** Of SDK clients it always comes, made up by them where the caller gives none. */
    private static String token(AwsCall call) {
        String token = call.required("ClientRequestToken", "InvalidParameterException");
        if (token.length() < 32 || token.length() > 64) {
            throw invalid("ClientRequestToken must be 32-64 characters long.");
        }
        return token;
    }

    private static void requireLabel(String label) {
        if (label.isEmpty() || label.length() > 256) {
            throw invalid("A staging label must have 1 to 256 characters.");
        }
    }

    private static ObjectNode named(AwsCall call, Secret secret) {
        return call.parameters().objectNode().put("ARN", secret.arn()).put("Name", secret.name);
    }

    private static BigDecimal epochSeconds(Instant instant) {
        return BigDecimal.valueOf(instant.toEpochMilli(), 3);
    }

    private static AwsRefusal notFound(String what) {
        return AwsRefusal.sender(
                "ResourceNotFoundException", "Secrets Manager can't find the specified secret " + what);
    }

    private static AwsRefusal invalid(String message) {
        return AwsRefusal.sender("InvalidParameterException", message);
    }
}
