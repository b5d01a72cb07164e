package dev.fleetline.thingspaceoauth;

import dev.fleetline.thingspaceoauth.Exchange.Answer;
import dev.fleetline.thingspaceoauth.Exchange.NoAnswer;
import dev.fleetline.tokens.EdgeAccess;
import dev.fleetline.tokens.EdgeAccess.EdgeApi;
import dev.fleetline.tokens.TokenSource.Usable;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/**
 * Reads from the discovery service of 5G Edge ({@code 5gedge.verizon.com/api/mec/eds}). A token whose access does not open
 * what is asked for is refused here: nothing is sent.
 */
public final class EdgeDiscovery {

    private static final int UNAUTHORIZED = 401;

    private final URI baseUrl;
    private final Exchange exchange;

    /** Asks the service whose paths begin at {@code baseUrl}. */
    public EdgeDiscovery(URI baseUrl, Duration timeout) {
        this.baseUrl = baseUrl;
        this.exchange = new Exchange(timeout);
    }

    /** What there is under that part of the API. */
    public Reply read(EdgeApi api, Usable.Token token) {
        EdgeAccess access = EdgeAccess.of(token.scopes());
        if (!access.opens(api)) {
            return new Reply.NotOpened(api, access);
        }
        Map<String, String> headers = Map.of("Authorization", "Bearer " + token.value());
        return switch (exchange.get(Exchange.at(baseUrl, "/api/mec/eds" + api.path()), headers)) {
            case Answer(var status, var body) when status / 100 == 2 -> new Reply.Found(body);
            case Answer(var status, var _) when status == UNAUTHORIZED -> new Reply.TokenRefused();
            case Answer(var status, var _) -> new Reply.Unavailable("answered " + status);
            case NoAnswer(var reason, var _) -> new Reply.Unavailable(reason);
        };
    }

    /** What came of a question. */
    public sealed interface Reply {
        /** The answer, as JSON text. */
        record Found(String body) implements Reply {}

        /** A token with that access opens no such part; nothing was sent. */
        record NotOpened(EdgeApi api, EdgeAccess access) implements Reply {}

        /** The service refuses the token: it ended, or its scopes are not what they seemed. */
        record TokenRefused() implements Reply {}

        /** Nobody knows. */
        record Unavailable(String reason) implements Reply {}
    }
}
