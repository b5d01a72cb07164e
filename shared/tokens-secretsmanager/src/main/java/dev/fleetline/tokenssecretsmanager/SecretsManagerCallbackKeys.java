package dev.fleetline.tokenssecretsmanager;

import dev.fleetline.callback.CallbackKeys;
import dev.fleetline.tokens.TokenStore.BadSecret;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/**
 * The stream keys and logins of the pending, current and previous version of the callback secret, kept for some minutes.
 *
 * <p>A pending or previous version that is not there or half made is passed over, so that a rotation locks nobody out; a
 * current one that is not there or cannot be read is an error. Safe for use by many threads.
 */
public final class SecretsManagerCallbackKeys implements CallbackKeys {

    static final String SHAPE = "{\"username\", \"password\", \"streamKey\"}";

    /** @param noLogin why nobody can log in, in words that name secret and field */
    private record Read(List<String> keys, List<Login> logins, Optional<String> noLogin) {}

    private final SecretsManagerClient client;
    private final String secretName;
    private final KeptReading<Read> reading;

    public SecretsManagerCallbackKeys(SecretsManagerClient client, String secretName, InstantSource clock) {
        this.client = client;
        this.secretName = secretName;
        this.reading = new KeptReading<>(secretName, clock, this::read);
    }

    @Override
    public List<String> streamKeys() {
        return reading.known().keys();
    }

    @Override
    public List<Login> logins() {
        if (reading.known().noLogin().isPresent()) {
            // somebody may have filled it in since
            refresh();
        }
        Read known = reading.known();
        if (known.noLogin().isPresent()) {
            throw new BadSecret(known.noLogin().get());
        }
        return known.logins();
    }

    @Override
    public void refresh() {
        reading.refresh();
    }

    private Read read() {
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
        return new Read(List.copyOf(keys), List.copyOf(logins), noLogin);
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
