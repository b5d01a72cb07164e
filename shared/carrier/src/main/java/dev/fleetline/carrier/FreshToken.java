package dev.fleetline.carrier;

import dev.fleetline.carrier.CarrierReply.TokenRefused;
import dev.fleetline.fleetevents.Announcer;
import dev.fleetline.fleetevents.Digest;
import dev.fleetline.fleetevents.FleetEvent.TokenRejected;
import dev.fleetline.fleetevents.Outgoing;
import dev.fleetline.tokens.TokenRealm;
import dev.fleetline.tokens.TokenSource;
import dev.fleetline.tokens.TokenSource.Usable;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Asks a carrier, and when it refuses the token, has it renewed and asks once more. It waits for the new token for up
 * to three seconds, each look after a different while, so that many waiting functions do not look at once.
 */
public final class FreshToken {

    private static final int LOOKS = 4;
    private static final int SHORTEST_MILLIS = 250;
    private static final int LONGEST_MILLIS = 750;

    private final String module;
    private final TokenSource tokens;
    private final Announcer announcer;
    private final InstantSource clock;
    private final Consumer<Duration> pause;
    private final RandomGenerator random;

    /** For what {@code module} ({@code device-onboarding}) asks; {@code pause} waits, or in a test records it. */
    public FreshToken(
            String module,
            TokenSource tokens,
            Announcer announcer,
            InstantSource clock,
            Consumer<Duration> pause,
            RandomGenerator random) {
        this.module = module;
        this.tokens = tokens;
        this.announcer = announcer;
        this.clock = clock;
        this.pause = pause;
        this.random = random;
    }

    /**
     * Asks with a token of {@code realm}. Safe for calls that must not be made twice: a refused token means that nothing
     * was done. TokenRefused is the answer when nobody renewed the token in time.
     */
    public <T> CarrierReply<T> ask(TokenRealm realm, Supplier<CarrierReply<T>> call) {
        CarrierReply<T> reply = call.get();
        return reply instanceof TokenRefused<T>(var secret, var versionId) && isRenewed(realm, secret, versionId)
                ? call.get()
                : reply;
    }

    private boolean isRenewed(TokenRealm realm, String secret, String versionId) {
        var rejected =
                new TokenRejected(Digest.of(secret, versionId, "TokenRejected"), realm.code(), secret, versionId);
        announcer.announce(List.of(Outgoing.of(module, clock.instant(), rejected)));
        for (int look = 0; look < LOOKS; look++) {
            pause.accept(Duration.ofMillis(random.nextInt(SHORTEST_MILLIS, LONGEST_MILLIS)));
            if (tokens.token(realm) instanceof Usable.Token token
                    && !token.versionId().equals(versionId)) {
                return true;
            }
        }
        return false;
    }
}
