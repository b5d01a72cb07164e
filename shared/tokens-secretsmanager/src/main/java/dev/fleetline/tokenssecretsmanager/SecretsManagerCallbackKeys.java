package dev.fleetline.tokenssecretsmanager;

import dev.fleetline.callback.CallbackKeys;
import dev.fleetline.tokens.TokenStore.BadSecret;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/**
 * The stream keys and logins of the pending, current and previous version of the callback secret, kept for some minutes.
 *
 * <p>A pending or previous version that is not there or half made is passed over, so that a rotation locks nobody out; a
 * current one that is not there or cannot be read is an error. Safe for use by many threads.
 */
public final class SecretsManagerCallbackKeys implements CallbackKeys {

    static final String SHAPE = "{\"username\", \"password\", \"streamKey\"}";
    private static final Duration KEEP_FOR = Duration.ofMinutes(5);

    /** Strangers with wrong keys must not be able to make us read more often than this. */
    private static final Duration REFRESH_AT_MOST_EVERY = Duration.ofSeconds(10);

    /** @param noLogin why nobody can log in, in words that name secret and field */
    private record Read(List<String> keys, List<Login> logins, Optional<String> noLogin, Instant at) {}

    private final SecretsManagerClient client;
    private final String secretName;
    private final InstantSource clock;
    private Optional<Read> last = Optional.empty();
    private Optional<RuntimeException> failure = Optional.empty();
    private Instant tried = Instant.EPOCH;

    public SecretsManagerCallbackKeys(SecretsManagerClient client, String secretName, InstantSource clock) {
        this.client = client;
        this.secretName = secretName;
        this.clock = clock;
    }

    @Override
    public synchronized List<String> streamKeys() {
        return known().keys();
    }

    @Override
    public synchronized List<Login> logins() {
        if (known().noLogin().isPresent()) {
            // somebody may have filled it in since
            refresh();
        }
        Read known = known();
        if (known.noLogin().isPresent()) {
            throw new BadSecret(known.noLogin().get());
        }
        return known.logins();
    }

    private Read known() {
        Instant now = clock.instant();
        return last.filter(read -> now.isBefore(read.at().plus(KEEP_FOR))).orElseGet(() -> readAgain(now));
    }

    /** What is known still counts after a reading that failed: whoever shows it must not pay for a stranger's key. */
    @Override
    public synchronized void refresh() {
        Instant now = clock.instant();
        if (!now.isBefore(tried.plus(REFRESH_AT_MOST_EVERY))) {
            readAgain(now);
        }
        failure.ifPresent(why -> {
            throw new IllegalStateException(
                    "secret " + secretName + " could not be read at " + tried + ": what was shown may be in it", why);
        });
    }

    private Read readAgain(Instant now) {
        tried = now;
        try {
            Read read = read(now);
            last = Optional.of(read);
            failure = Optional.empty();
            return read;
        } catch (SdkException | BadSecret e) {
            failure = Optional.of(e);
            throw e;
        }
    }

    private Read read(Instant now) {
        var keys = new LinkedHashSet<String>();
        var logins = new LinkedHashSet<Login>();
        Optional<String> noLogin = Optional.empty();
        Secret current = Secret.current(client, secretName, SHAPE);
        keys.add(current.text("streamKey"));
        try {
            logins.add(new Login(current.text("username"), current.text("password")));
        } catch (BadSecret incomplete) {
            // streams do not need it: who does is told
            noLogin = Optional.ofNullable(incomplete.getMessage());
        }
        for (String label : List.of("AWSPENDING", "AWSPREVIOUS")) {
            Optional<Secret> other = other(label);
            other.flatMap(secret -> readable(() -> secret.optional("streamKey")))
                    .ifPresent(keys::add);
            other.flatMap(secret -> readable(() -> login(secret))).ifPresent(logins::add);
        }
        return new Read(List.copyOf(keys), List.copyOf(logins), noLogin, now);
    }

    private Optional<Secret> other(String label) {
        return readable(() -> Secret.find(client, secretName, label, SHAPE));
    }

    private static <T> Optional<T> readable(Supplier<Optional<T>> read) {
        try {
            return read.get();
        } catch (BadSecret halfMade) {
            return Optional.empty();
        }
    }

    private static Optional<Login> login(Secret secret) {
        return secret.optional("username")
                .flatMap(name -> secret.optional("password").map(password -> new Login(name, password)));
    }
}
