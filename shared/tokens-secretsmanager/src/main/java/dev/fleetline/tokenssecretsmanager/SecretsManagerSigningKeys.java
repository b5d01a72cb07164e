package dev.fleetline.tokenssecretsmanager;

import dev.fleetline.callback.SigningKeys;
import dev.fleetline.tokens.TokenStore.BadSecret;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/**
 * The keys in the current and the previous version of the secret that stream-subscription writes: a JSON object of a
 * service's name and its key, {@code {"state":"none"}} while there is none. Kept for some minutes.
 */
public final class SecretsManagerSigningKeys implements SigningKeys {

    private static final String SHAPE = "{\"<service>\": \"<key>\"}";

    /** What says that there is no key yet; no service has that name. */
    private static final String STATE = "state";

    private record Versions(Secret current, Optional<Secret> previous) {}

    private final KeptReading<Versions> versions;

    public SecretsManagerSigningKeys(SecretsManagerClient client, String secretName, InstantSource clock) {
        this.versions = new KeptReading<>(secretName, clock, () -> read(client, secretName));
    }

    @Override
    public List<String> of(String service) {
        if (service.equals(STATE)) {
            return List.of();
        }
        Versions known = versions.known();
        return Stream.concat(
                        known.current().optional(service).stream(),
                        known.previous().flatMap(secret -> secret.optional(service)).stream())
                .distinct()
                .toList();
    }

    @Override
    public void refresh() {
        versions.refresh();
    }

    private static Versions read(SecretsManagerClient client, String name) {
        Secret current = Secret.current(client, name, SHAPE);
        try {
            return new Versions(current, Secret.find(client, name, "AWSPREVIOUS", SHAPE));
        } catch (BadSecret halfMade) {
            return new Versions(current, Optional.empty());
        }
    }
}
