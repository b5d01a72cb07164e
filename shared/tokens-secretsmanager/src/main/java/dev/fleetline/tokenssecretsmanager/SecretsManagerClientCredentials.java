package dev.fleetline.tokenssecretsmanager;

import dev.fleetline.tokens.ClientCredentials;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/**
 * Reads the application's credentials, which people put there. Not kept: they are needed once in days, and a change by
 * people counts at once.
 */
public final class SecretsManagerClientCredentials {

    private static final String SHAPE = "{\"clientId\", \"clientSecret\", \"redirectUri\" where there is one}";

    private final SecretsManagerClient client;
    private final String secretName;

    public SecretsManagerClientCredentials(SecretsManagerClient client, String secretName) {
        this.client = client;
        this.secretName = secretName;
    }

    /** The current credentials; throws {@link dev.fleetline.tokens.TokenStore.BadSecret} when they are not complete. */
    public ClientCredentials read() {
        Secret secret = Secret.current(client, secretName, SHAPE);
        return new ClientCredentials(secret.text("clientId"), secret.text("clientSecret"), redirectUri(secret));
    }

    /** Whether anybody has put something there: a realm whose secret is still {@code {}} is not in use. */
    public boolean isFilledIn() {
        return !Secret.current(client, secretName, SHAPE).fields().isEmpty();
    }

    private static Optional<URI> redirectUri(Secret secret) {
        Optional<String> text = secret.optional("redirectUri");
        try {
            return text.isPresent() ? Optional.of(new URI(text.get())) : Optional.empty();
        } catch (URISyntaxException e) {
            throw secret.bad("redirectUri", "is no address");
        }
    }
}
