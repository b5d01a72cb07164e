package dev.fleetline.tokenssecretsmanager;

import dev.fleetline.callback.SigningKeyBook;
import dev.fleetline.tokens.TokenStore.BadSecret;
import java.util.Set;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** Writes the keys that {@link SecretsManagerSigningKeys} reads; each change is a new version of the secret. */
public final class SecretsManagerSigningKeyBook implements SigningKeyBook {

    private final SecretsManagerClient client;
    private final String secretName;

    public SecretsManagerSigningKeyBook(SecretsManagerClient client, String secretName) {
        this.client = client;
        this.secretName = secretName;
    }

    @Override
    public Set<String> services() {
        return read().services();
    }

    @Override
    public void isReplaced(String service) {
        SigningKeysSecret now = read();
        if (now.services().contains(service)) {
            write(now.withCurrentBeforeAsPrevious(service));
        }
    }

    @Override
    public Kept keep(String service, String key) {
        try {
            write(read().with(SigningKeysSecret.checked(service), key));
            return new Kept.Yes();
        } catch (BadSecret notFilledIn) {
            return new Kept.No(String.valueOf(notFilledIn.getMessage()));
        } catch (SdkException notTaken) {
            // its message is AWS's; nobody knows whether it repeats what was sent
            return new Kept.No(
                    "secret " + secretName + ": " + notTaken.getClass().getSimpleName());
        }
    }

    @Override
    public void forget(String service) {
        SigningKeysSecret now = read();
        if (!now.of(service).isEmpty()) {
            write(now.without(service));
        }
    }

    private SigningKeysSecret read() {
        return SigningKeysSecret.read(client, secretName);
    }

    private void write(String value) {
        client.putSecretValue(r -> r.secretId(secretName).secretString(value));
    }
}
