package dev.fleetline.tokenssecretsmanager;

import dev.fleetline.tokens.TokenStore.BadSecret;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * What was read from a secret, kept for some minutes, and for an hour while it cannot be read again. Safe for use by
 * many threads.
 */
final class KeptReading<T> {

    private static final Duration KEEP_FOR = Duration.ofMinutes(5);

    /** So long what is known counts while the store is down: what it turns away nobody sends again for long. */
    private static final Duration KEEP_IN_NEED_FOR = Duration.ofHours(1);

    /** Neither strangers with wrong keys nor a store that is down make us read more often than this. */
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
        if (last.filter(read -> isYoungerThan(KEEP_FOR, read.at(), now)).isPresent()) {
            return last.get().value();
        }
        Optional<Read<T>> inNeed = last.filter(read -> isYoungerThan(KEEP_IN_NEED_FOR, read.at(), now));
        if (inNeed.isPresent() && isYoungerThan(REFRESH_AT_MOST_EVERY, tried, now)) {
            return inNeed.get().value();
        }
        try {
            return readAgain(now);
        } catch (SdkException | BadSecret e) {
            return inNeed.map(Read::value).orElseThrow(() -> e);
        }
    }

    /** What is known still counts after a reading that failed: whoever shows it must not pay for a stranger's key. */
    synchronized void refresh() {
        Instant now = clock.instant();
        if (!isYoungerThan(REFRESH_AT_MOST_EVERY, tried, now)) {
            readAgain(now);
        }
        failure.ifPresent(why -> {
            throw new IllegalStateException(
                    "secret " + secretName + " could not be read at " + tried + ": what was shown may be in it", why);
        });
    }

    private static boolean isYoungerThan(Duration age, Instant at, Instant now) {
        return now.isBefore(at.plus(age));
    }

    private T readAgain(Instant now) {
        tried = now;
        try {
            T value = reading.get();
            last = Optional.of(new Read<>(value, now));
            failure = Optional.empty();
            return value;
        } catch (SdkException | BadSecret e) {
            failure = Optional.of(e);
            throw e;
        }
    }
}
