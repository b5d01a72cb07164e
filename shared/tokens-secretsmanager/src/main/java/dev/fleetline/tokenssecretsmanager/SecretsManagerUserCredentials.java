package dev.fleetline.tokenssecretsmanager;

import dev.fleetline.tokens.UserCredentials;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** Reads the API user's credentials, which people put there. Not kept: a change by people counts at once. */
public final class SecretsManagerUserCredentials {

    private static final String SHAPE = "{\"username\", \"password\"}";

    private final SecretsManagerClient client;
    private final String secretName;

    /** Reads the secret of that name. */
    public SecretsManagerUserCredentials(SecretsManagerClient client, String secretName) {
        this.client = client;
        this.secretName = secretName;
    }

    /** The current ones; throws {@link dev.fleetline.tokens.TokenStore.BadSecret} when they are not complete. */
    public UserCredentials read() {
        Secret secret = Secret.current(client, secretName, SHAPE);
        return new UserCredentials(secret.text("username"), secret.text("password"), secret.versionId());
    }
}
