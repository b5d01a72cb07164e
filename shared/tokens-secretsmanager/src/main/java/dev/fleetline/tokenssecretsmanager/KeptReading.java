package dev.fleetline.tokenssecretsmanager;

import dev.fleetline.tokens.TokenStore.BadSecret;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;

/** What was read from a secret, kept for some minutes. Safe for use by many threads. */
final class KeptReading<T> {

    private static final Duration KEEP_FOR = Duration.ofMinutes(5);

    /** Strangers with wrong keys must not be able to make us read more often than this. */
    private static final Duration REFRESH_AT_MOST_EVERY = Duration.ofSeconds(10);

    private record Read<T>(T value, Instant at) {}

    private final String secretName;
    private final InstantSource clock;
    private final Supplier<T> reading;
    private Optional<Read<T>> last = Optional.empty();
    private Optional<RuntimeException> failure = Optional.empty();
    private Instant tried = Instant.EPOCH;

    KeptReading(String secretName, InstantSource clock, Supplier<T> reading) {
        this.secretName = secretName;
        this.clock = clock;
        this.reading = reading;
    }

    synchronized T known() {
        Instant now = clock.instant();
        return last.filter(read -> now.isBefore(read.at().plus(KEEP_FOR)))
                .orElseGet(() -> readAgain(now))
                .value();
    }

    /** What is known still counts after a reading that failed: whoever shows it must not pay for a stranger's key. */
    synchronized void refresh() {
        Instant now = clock.instant();
        if (!now.isBefore(tried.plus(REFRESH_AT_MOST_EVERY))) {
            readAgain(now);
        }
        failure.ifPresent(why -> {
            throw new IllegalStateException(
                    "secret " + secretName + " could not be read at " + tried + ": what was shown may be in it", why);
        });
    }

    private Read<T> readAgain(Instant now) {
        tried = now;
        try {
            Read<T> read = new Read<>(reading.get(), now);
            last = Optional.of(read);
            failure = Optional.empty();
            return read;
        } catch (SdkException | BadSecret e) {
            failure = Optional.of(e);
            throw e;
        }
    }
}
