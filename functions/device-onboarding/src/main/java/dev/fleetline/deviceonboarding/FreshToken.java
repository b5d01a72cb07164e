package dev.fleetline.deviceonboarding;

import dev.fleetline.carrier.CarrierReply;
import dev.fleetline.carrier.CarrierReply.TokenRefused;
import dev.fleetline.fleetevents.Announcer;
import dev.fleetline.lambda.Pause;
import dev.fleetline.tokens.TokenRealm;
import dev.fleetline.tokens.TokenSource;
import dev.fleetline.tokens.TokenSource.Usable;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Asks the carrier, and when it refuses the token, has it renewed and asks once more. It waits for the new token for up
 * to three seconds, each look after a different while, so that many waiting functions do not look at once.
 */
final class FreshToken {

    private static final int LOOKS = 4;
    private static final int SHORTEST_MILLIS = 250;
    private static final int LONGEST_MILLIS = 750;

    private final TokenSource tokens;
    private final Announcer announcer;
    private final InstantSource clock;
    private final Pause pause;
    private final RandomGenerator random;

    FreshToken(TokenSource tokens, Announcer announcer, InstantSource clock, Pause pause, RandomGenerator random) {
        this.tokens = tokens;
        this.announcer = announcer;
        this.clock = clock;
        this.pause = pause;
        this.random = random;
    }

    /** Safe for calls that must not be made twice: a refused token means that nothing was done. */
    <T> CarrierReply<T> ask(Supplier<CarrierReply<T>> call) {
        CarrierReply<T> reply = call.get();
        return reply instanceof TokenRefused<T>(var secret, var versionId) && isRenewed(secret, versionId)
                ? call.get()
                : reply;
    }

    private boolean isRenewed(String secret, String versionId) {
        announcer.announce(List.of(OnboardingEvents.tokenRejected(secret, versionId, clock.instant())));
        for (int look = 0; look < LOOKS; look++) {
            pause.of(Duration.ofMillis(random.nextInt(SHORTEST_MILLIS, LONGEST_MILLIS)));
            if (tokens.token(TokenRealm.CORE) instanceof Usable.Token token
                    && !token.versionId().equals(versionId)) {
                return true;
            }
        }
        return false;
    }
}
