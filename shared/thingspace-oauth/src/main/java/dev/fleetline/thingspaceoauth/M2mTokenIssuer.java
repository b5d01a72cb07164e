package dev.fleetline.thingspaceoauth;

import dev.fleetline.thingspaceoauth.Exchange.Answer;
import dev.fleetline.thingspaceoauth.Exchange.NoAnswer;
import dev.fleetline.tokens.ClientCredentials;
import dev.fleetline.tokens.TokenIssuer;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The OAuth service of the M2M API ({@code thingspace.verizon.com/api/ts/v1/oauth2}).
 *
 * <p>It knows one grant, the application's own. Within a token's life it answers the same token again, maybe with less
 * time left. It says nothing about tokens: that one works, only a call shows, see {@link M2mSessions}.
 */
public final class M2mTokenIssuer implements TokenIssuer {

    private static final String PATH = "/api/ts/v1/oauth2";

    private final URI baseUrl;
    private final Supplier<ClientCredentials> credentials;
    private final InstantSource clock;
    private final Exchange exchange;

    /**
     * Asks the service whose paths begin at {@code baseUrl}.
     *
     * @param credentials read for each call that needs them; what it throws is thrown on
     * @param timeout for connecting, and for each answer as a whole
     */
    public M2mTokenIssuer(URI baseUrl, Supplier<ClientCredentials> credentials, InstantSource clock, Duration timeout) {
        this.baseUrl = baseUrl;
        this.credentials = credentials;
        this.clock = clock;
        this.exchange = new Exchange(timeout);
    }

    @Override
    public Issue issue(Grant grant) {
        return switch (grant) {
            case Grant.ClientCredentials() -> {
                Instant asked = clock.instant();
                yield switch (post("/token", Map.of("grant_type", "client_credentials"))) {
                    case Answer answer -> Answers.issue(answer, asked, List.of());
                    case NoAnswer(var reason, var _) -> new Issue.Unavailable(reason);
                };
            }
            case Grant.AuthorizationCode _, Grant.Refresh _ ->
                new Issue.Refused("unsupported_grant_type", "M2M tokens are asked for by the application alone");
        };
    }

    /** The service has no such question. */
    @Override
    public Info info(String accessToken) {
        return new Info.Unavailable("the M2M service says nothing about tokens");
    }

    @Override
    public Revocation revoke(String accessToken) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "client_credentials");
        form.put("token", accessToken);
        return Answers.revocation(post("/revoke", form));
    }

    private Exchange.Result post(String path, Map<String, String> form) {
        return exchange.post(Exchange.at(baseUrl, PATH + path), credentials.get(), form);
    }
}
