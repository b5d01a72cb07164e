package dev.fleetline.tokenssecretsmanager;

import dev.fleetline.callback.CallbackKeys;
import dev.fleetline.tokens.TokenStore.BadSecret;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/**
 * The stream keys of the pending, current and previous version of the callback secret, kept for some minutes.
 *
 * <p>A version that is not there is fine. A pending or previous one that cannot be read is passed over, so that a
 * half-made rotation locks nobody out; a current one that cannot be read is an error. Safe for use by many threads.
 */
public final class SecretsManagerCallbackKeys implements CallbackKeys {

    static final String SHAPE = "{\"username\", \"password\", \"streamKey\"}";
    private static final Duration KEEP_FOR = Duration.ofMinutes(5);

    /** Strangers with wrong keys must not be able to make us read more often than this. */
    private static final Duration REFRESH_AT_MOST_EVERY = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(SecretsManagerCallbackKeys.class);

    private record Read(List<String> keys, Instant at) {}

    private final SecretsManagerClient client;
    private final String secretName;
    private final InstantSource clock;
    private Optional<Read> last = Optional.empty();
    private Instant tried = Instant.EPOCH;
    private boolean stale;

    public SecretsManagerCallbackKeys(SecretsManagerClient client, String secretName, InstantSource clock) {
        this.client = client;
        this.secretName = secretName;
        this.clock = clock;
    }

    @Override
    public synchronized List<String> streamKeys() {
        Instant now = clock.instant();
        Optional<Read> kept = last.filter(read -> now.isBefore(read.at().plus(KEEP_FOR)));
        if (kept.isPresent() && !stale) {
            return kept.get().keys();
        }
        boolean wasAskedTo = stale;
        stale = false;
        tried = now;
        try {
            List<String> keys = read();
            last = Optional.of(new Read(keys, now));
            return keys;
        } catch (SdkException | BadSecret e) {
            // somebody's wrong key made us read again: whoever shows a good one must not pay for that
            List<String> keys =
                    kept.filter(_ -> wasAskedTo).orElseThrow(() -> e).keys();
            LOG.warn(
                    "the callback keys could not be read again; those of {} still count",
                    last.get().at(),
                    e);
            return keys;
        }
    }

    @Override
    public synchronized void refresh() {
        Instant now = clock.instant();
        stale = stale || !now.isBefore(tried.plus(REFRESH_AT_MOST_EVERY));
    }

    private List<String> read() {
        var keys = new LinkedHashSet<String>();
        Secret.find(client, secretName, Secret.CURRENT, SHAPE).ifPresent(it -> keys.add(it.text("streamKey")));
        other("AWSPENDING").ifPresent(keys::add);
        other("AWSPREVIOUS").ifPresent(keys::add);
        return List.copyOf(keys);
    }

    private Optional<String> other(String label) {
        try {
            return Secret.find(client, secretName, label, SHAPE).flatMap(it -> it.optional("streamKey"));
        } catch (BadSecret halfMade) {
            return Optional.empty();
        }
    }
}
