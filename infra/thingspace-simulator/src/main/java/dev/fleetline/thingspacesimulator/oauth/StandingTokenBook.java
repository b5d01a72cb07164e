package dev.fleetline.thingspacesimulator.oauth;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * The tokens of a world that gives whoever asks again the same token until its end, one for each kind of access. How often a
 * token was given and how many there were are two numbers.
 */
public final class StandingTokenBook {

    private static final Duration LIFETIME = Duration.ofHours(1);

    private final InstantSource clock;
    private final Supplier<UUID> ids;
    private final Map<String, Token> standing = new HashMap<>();
    private int given;
    private int issued;
    private int revocations;
    private int revoked;

    /** An empty book on that clock. */
    public StandingTokenBook(InstantSource clock, Supplier<UUID> ids) {
        this.clock = clock;
        this.ids = ids;
    }

    /** A token as it is given. */
    public record Given(String value, Duration left) {

        /** The time that every token starts with. */
        public static Duration lifetime() {
            return LIFETIME;
        }

        @Override
        public String toString() {
            return "Given[***, " + left + "]";
        }
    }

    /**
     * Numbers of a book.
     *
     * @param given how many requests got a token
     * @param issued how many tokens that were
     * @param revocations how many revocations were asked for
     * @param revoked how many of those ended a token
     */
    public record Counts(int given, int issued, int revocations, int revoked) {}

    private record Token(String value, Instant end) {}

    /** The standing token for that access, or a new one. */
    public synchronized Given give(String access) {
        Instant now = clock.instant();
        Token token = standing.get(access);
        if (token == null || !now.isBefore(token.end())) {
            // 32 hexadecimal digits, as the older of the platform's gateways makes them
            token = new Token(ids.get().toString().replace("-", ""), now.plus(LIFETIME));
            standing.put(access, token);
            issued++;
        }
        given++;
        return new Given(token.value(), Duration.between(now, token.end()));
    }

    /** What a token gives access to, if it is a token of this book that has neither expired nor been revoked. */
    public synchronized Optional<String> accessOf(String value) {
        Instant now = clock.instant();
        return standing.entrySet().stream()
                .filter(entry -> entry.getValue().value().equals(value))
                .filter(entry -> now.isBefore(entry.getValue().end()))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** Ends a token; an unknown one is nothing to complain about. */
    public synchronized void revoke(String value) {
        revocations++;
        Optional<String> access = accessOf(value);
        access.ifPresent(standing::remove);
        revoked += access.isPresent() ? 1 : 0;
    }

    /** Ends every token there is, as if its time were up. Returns how many it ended. */
    public synchronized int expireAll() {
        Instant now = clock.instant();
        int live = (int) standing.values().stream()
                .filter(token -> now.isBefore(token.end()))
                .count();
        standing.clear();
        return live;
    }

    /** The numbers so far. */
    public synchronized Counts counts() {
        return new Counts(given, issued, revocations, revoked);
    }
}
