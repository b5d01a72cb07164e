package dev.fleetline.tokenssecretsmanager;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.tokens.AccessToken;
import dev.fleetline.tokens.TokenRealm;
import dev.fleetline.tokens.TokenStore;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.InvalidParameterException;

/**
 * Tokens as versions of one secret per realm.
 *
 * <p>A new token is put under our own label CANDIDATE, which leaves AWSCURRENT, and so every reader, alone. Promoting
 * moves AWSCURRENT away from the version it replaces; Secrets Manager refuses the move when that version no longer has
 * the label, and that refusal is the lost race.
 */
public final class SecretsManagerTokenStore implements TokenStore {

    private static final String CANDIDATE = "CANDIDATE";
    private static final String PREVIOUS = "AWSPREVIOUS";
    private static final String SHAPE =
            "{\"state\":\"none\"}, or with state \"valid\", accessToken, obtainedAt and expiresIn";
    private static final JsonMapper JSON = new JsonMapper();

    private final SecretsManagerClient client;
    private final Map<TokenRealm, String> secretNames;

    public SecretsManagerTokenStore(SecretsManagerClient client, Map<TokenRealm, String> secretNames) {
        this.client = client;
        this.secretNames = Map.copyOf(secretNames);
    }

    @Override
    public Stored current(TokenRealm realm) {
        return stored(Secret.current(client, secret(realm), SHAPE));
    }

    @Override
    public Optional<Stored> candidate(TokenRealm realm) {
        return Secret.find(client, secret(realm), CANDIDATE, SHAPE)
                .filter(staged -> !staged.versionId().equals(current(realm).versionId()))
                .map(SecretsManagerTokenStore::stored);
    }

    @Override
    public Optional<Stored> previous(TokenRealm realm) {
        return Secret.find(client, secret(realm), PREVIOUS, SHAPE).map(SecretsManagerTokenStore::stored);
    }

    @Override
    public void stage(TokenRealm realm, String versionId, AccessToken token) {
        String value = write(token);
        client.putSecretValue(r -> r.secretId(secret(realm))
                .clientRequestToken(versionId)
                .versionStages(CANDIDATE)
                .secretString(value));
    }

    @Override
    public Promoted promote(TokenRealm realm, String versionId, String replaces) {
        try {
            client.updateSecretVersionStage(r -> r.secretId(secret(realm))
                    .versionStage(Secret.CURRENT)
                    .moveToVersionId(versionId)
                    .removeFromVersionId(replaces));
            return Promoted.CURRENT;
        } catch (InvalidParameterException refused) {
            // also what a repetition is told whose first answer got lost, so the store says which of the two it is
            String now = current(realm).versionId();
            if (now.equals(versionId)) {
                return Promoted.CURRENT;
            }
            if (now.equals(replaces)) {
                throw refused;
            }
            return Promoted.LOST_RACE;
        }
    }

    @Override
    public String secret(TokenRealm realm) {
        return Optional.ofNullable(secretNames.get(realm))
                .orElseThrow(() -> new IllegalArgumentException("no secret is named for the tokens of " + realm));
    }

    private static String write(AccessToken token) {
        ObjectNode fields = JSON.createObjectNode().put("state", "valid").put("accessToken", token.accessToken());
        token.refreshToken().ifPresent(refresh -> fields.put("refreshToken", refresh));
        token.sessionToken().ifPresent(session -> fields.put("sessionToken", session));
        if (!token.scopes().isEmpty()) {
            token.scopes().forEach(fields.putArray("scopes")::add);
        }
        return fields.put("obtainedAt", token.obtainedAt().toString())
                .put("expiresIn", token.expiresIn().toSeconds())
                .toString();
    }

    private static Stored stored(Secret secret) {
        String state = secret.text("state");
        return switch (state) {
            case "none" -> new Stored(secret.versionId(), Optional.empty());
            case "valid" -> new Stored(secret.versionId(), Optional.of(token(secret)));
            default -> throw secret.bad("state", "is neither none nor valid");
        };
    }

    private static AccessToken token(Secret secret) {
        return new AccessToken(
                secret.required("accessToken", secret.token("accessToken")),
                secret.token("refreshToken"),
                secret.token("sessionToken"),
                scopes(secret),
                obtainedAt(secret),
                expiresIn(secret));
    }

    private static List<String> scopes(Secret secret) {
        var scopes = new ArrayList<String>();
        secret.fields().path("scopes").forEach(scope -> scopes.add(scope.asText()));
        return scopes;
    }

    private static Instant obtainedAt(Secret secret) {
        try {
            return Instant.parse(secret.text("obtainedAt"));
        } catch (DateTimeParseException e) {
            throw secret.bad("obtainedAt", "is no time (ISO 8601, such as 2026-03-02T15:04:05Z)");
        }
    }

    private static Duration expiresIn(Secret secret) {
        try {
            long seconds = Long.parseLong(secret.text("expiresIn"));
            if (seconds > 0) {
                return Duration.ofSeconds(seconds);
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw secret.bad("expiresIn", "is no whole number of seconds above 0");
    }
}
