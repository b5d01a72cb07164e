package dev.fleetline.thingspaceoauth;

import dev.fleetline.thingspaceoauth.Exchange.Answer;
import dev.fleetline.thingspaceoauth.Exchange.NoAnswer;
import dev.fleetline.thingspaceoauth.M2mVerdict.Verdict;
import dev.fleetline.tokens.EdgeAccess;
import dev.fleetline.tokens.EdgeAccess.EdgeApi;
import dev.fleetline.tokens.TokenSource.Usable;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Reads from the discovery service of 5G Edge ({@code 5gedge.verizon.com/api/mec/eds}). A token whose access does not open
 * what is asked for is refused here: nothing is sent.
 */
public final class EdgeDiscovery {

    private final URI baseUrl;
    private final Exchange exchange;

    /** Asks the service whose paths begin at {@code baseUrl}. */
    public EdgeDiscovery(URI baseUrl, Duration timeout) {
        this.baseUrl = baseUrl;
        this.exchange = new Exchange(timeout);
    }

    /** What there is under that part of the API, asked with the bearer alone. */
    public Reply read(EdgeApi api, Usable.Token token) {
        return read(api, token, Optional.empty());
    }

    /** The same, showing the session of that M2M token too, if it has one. */
    public Reply read(EdgeApi api, Usable.Token token, Usable.Token m2m) {
        return read(api, token, m2m.session());
    }

    private Reply read(EdgeApi api, Usable.Token token, Optional<String> session) {
        EdgeAccess access = EdgeAccess.of(token.scopes());
        if (!access.opens(api)) {
            return new Reply.NotOpened(api, access);
        }
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Authorization", "Bearer " + token.value());
        session.ifPresent(it -> headers.put("VZ-M2M-Token", it));
        return switch (exchange.get(Exchange.at(baseUrl, "/api/mec/eds" + api.path()), headers)) {
            case NoAnswer(var reason, var _) -> new Reply.Unavailable(reason);
            case Answer(var status, var body) ->
                switch (M2mVerdict.of(status, body)) {
                    case Verdict.Fine() -> new Reply.Found(body);
                    case Verdict.TokenEnded() -> new Reply.TokenRefused();
                    case Verdict.SessionEnded() -> new Reply.SessionRefused();
                    case Verdict.Fault(var code) -> new Reply.Unavailable("answered " + status + " " + code);
                };
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

        /** The session that was shown, or that none was, is refused as the M2M API does it. */
        record SessionRefused() implements Reply {}

        /** Nobody knows. */
        record Unavailable(String reason) implements Reply {}
    }
}
