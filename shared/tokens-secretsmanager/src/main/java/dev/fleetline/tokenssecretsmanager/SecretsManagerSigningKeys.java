package dev.fleetline.tokenssecretsmanager;

import dev.fleetline.callback.SigningKeys;
import java.time.InstantSource;
import java.util.List;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** The keys in the secret that stream-subscription writes, kept for some minutes. */
public final class SecretsManagerSigningKeys implements SigningKeys {

    private final KeptReading<SigningKeysSecret> reading;

    public SecretsManagerSigningKeys(SecretsManagerClient client, String secretName, InstantSource clock) {
        this.reading = new KeptReading<>(secretName, clock, () -> SigningKeysSecret.read(client, secretName));
    }

    @Override
    public List<String> of(String service) {
        return reading.known().of(service);
    }

    @Override
    public void refresh() {
        reading.refresh();
    }
}
