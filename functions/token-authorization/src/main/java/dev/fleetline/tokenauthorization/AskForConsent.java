package dev.fleetline.tokenauthorization;

import dev.fleetline.claims.Claims;
import dev.fleetline.tokens.TokenStore.BadSecret;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.random.RandomGenerator;

/** Makes the link that a person follows to consent, with a state that counts once and for ten minutes. */
final class AskForConsent {

    static final Duration STATE_LIVES = Duration.ofMinutes(10);

    private final Application application;
    private final ConsentPage page;
    private final Claims claims;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final List<String> scopes;

    AskForConsent(
            Application application,
            ConsentPage page,
            Claims claims,
            InstantSource clock,
            RandomGenerator random,
            List<String> scopes) {
        this.application = application;
        this.page = page;
        this.claims = claims;
        this.clock = clock;
        this.random = random;
        this.scopes = List.copyOf(scopes);
    }

    /** What came of asking. */
    sealed interface Asked {
        /** The person goes there. */
        record At(URI address) implements Asked {
            /** Without the state. */
            @Override
            public String toString() {
                return "At[" + address.getHost() + "]";
            }
        }

        /** The application's secret lacks something; the complaint names secret and field and no value. */
        record NotFilledIn(String complaint) implements Asked {}
    }

    Asked run() {
        State state = State.random(random);
        URI address;
        try {
            address = page.address(scopes, state.value(), application.redirectUri());
        } catch (BadSecret notFilledIn) {
            return new Asked.NotFilledIn(String.valueOf(notFilledIn.getMessage()));
        }
        claims.issue(state.ticket(), clock.instant().plus(STATE_LIVES));
        return new Asked.At(address);
    }
}
