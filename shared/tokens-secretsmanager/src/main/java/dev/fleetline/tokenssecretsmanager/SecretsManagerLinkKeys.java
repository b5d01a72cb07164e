package dev.fleetline.tokenssecretsmanager;

import dev.fleetline.alertlinks.LinkKey;
import dev.fleetline.alertlinks.LinkKeys;
import dev.fleetline.tokens.TokenStore.BadSecret;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/**
 * The keys in the current and the previous version of the secret of links, kept for some minutes. A previous version that
 * is not there or cannot be read is passed over; a current one is an error. Safe for use by many threads.
 */
public final class SecretsManagerLinkKeys implements LinkKeys {

    private static final String SHAPE = "{\"key\"}";

    private final SecretsManagerClient client;
    private final String secretName;
    private final KeptReading<List<LinkKey>> reading;

    public SecretsManagerLinkKeys(SecretsManagerClient client, String secretName, InstantSource clock) {
        this.client = client;
        this.secretName = secretName;
        this.reading = new KeptReading<>(secretName, clock, this::read);
    }

    @Override
    public List<LinkKey> keys() {
        return reading.known();
    }

    @Override
    public void refresh() {
        reading.refresh();
    }

    private List<LinkKey> read() {
        var keys = new ArrayList<LinkKey>();
        keys.add(key(Secret.current(client, secretName, SHAPE)));
        previous().ifPresent(keys::add);
        return List.copyOf(keys);
    }

    private Optional<LinkKey> previous() {
        try {
            return Secret.find(client, secretName, "AWSPREVIOUS", SHAPE).map(SecretsManagerLinkKeys::key);
        } catch (BadSecret neverCounted) {
            return Optional.empty();
        }
    }

    private static LinkKey key(Secret secret) {
        String text = secret.text("key");
        try {
            return new LinkKey(text);
        } catch (IllegalArgumentException noKey) {
            throw secret.bad("key", "is too short, or has a character that is not visible ASCII");
        }
    }
}
