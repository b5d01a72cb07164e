package dev.fleetline.thingspaceoauth;

import dev.fleetline.thingspaceoauth.Exchange.Answer;
import dev.fleetline.thingspaceoauth.Exchange.NoAnswer;
import dev.fleetline.tokens.AccessToken;
import dev.fleetline.tokens.ClientCredentials;
import dev.fleetline.tokens.EdgeAccess;
import dev.fleetline.tokens.TokenIssuer;
import dev.fleetline.tokens.TokenProof;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The OAuth service of 5G Edge ({@code 5gedge.verizon.com/api/ts/v1/oauth2}).
 *
 * <p>It answers the same token until that one ends, with the time that is left; so a token is proved by asking again: a
 * service that still answers it still knows it.
 */
public final class EdgeTokens implements TokenIssuer, TokenProof {

    private final URI baseUrl;
    private final Supplier<ClientCredentials> credentials;
    private final EdgeAccess access;
    private final InstantSource clock;
    private final Exchange exchange;

    /**
     * Asks the service whose paths begin at {@code baseUrl}.
     *
     * @param access what the tokens shall open; NONE sends no scope, which the service takes for full access
     */
    public EdgeTokens(
            URI baseUrl,
            Supplier<ClientCredentials> credentials,
            EdgeAccess access,
            InstantSource clock,
            Duration timeout) {
        this.baseUrl = baseUrl;
        this.credentials = credentials;
        this.access = access;
        this.clock = clock;
        this.exchange = new Exchange(timeout);
    }

    @Override
    public Issue issue(Grant grant) {
        return switch (grant) {
            case Grant.ClientCredentials() -> ask();
            case Grant.AuthorizationCode _, Grant.Refresh _ ->
                new Issue.Refused("unsupported_grant_type", "5G Edge tokens are asked for by the application alone");
        };
    }

    @Override
    public Proof prove(AccessToken token) {
        return switch (ask()) {
            case Issue.Issued(var answered) ->
                answered.accessToken().equals(token.accessToken()) ? new Proof.Alive() : new Proof.TokenEnded();
            case Issue.Refused(var code, var _) -> new Proof.Unavailable("asking again was refused with " + code);
            case Issue.Unavailable(var reason) -> new Proof.Unavailable(reason);
        };
    }

    /** The service has no such question. */
    @Override
    public Info info(String accessToken) {
        return new Info.Unavailable("the 5G Edge service says nothing about tokens");
    }

    /** Whether the service can take a token back is not known; nothing is asked. */
    @Override
    public Revocation revoke(String accessToken) {
        return new Revocation.Unavailable("the 5G Edge service is not known to take tokens back");
    }

    private Issue ask() {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "client_credentials");
        if (!access.scopes().isEmpty()) {
            form.put("scope", String.join(" ", access.scopes()));
        }
        Instant asked = clock.instant();
        return switch (exchange.post(Exchange.at(baseUrl, "/api/ts/v1/oauth2/token"), credentials.get(), form)) {
            case Answer answer -> Answers.issue(answer, asked, access.scopes());
            case NoAnswer(var reason, var _) -> new Issue.Unavailable(reason);
        };
    }
}
