package dev.fleetline.thingspaceoauth;

import dev.fleetline.thingspaceoauth.Exchange.Answer;
import dev.fleetline.thingspaceoauth.Exchange.NoAnswer;
import dev.fleetline.thingspaceoauth.Exchange.Result;
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
 * Core's OAuth service ({@code core.thingspace.verizon.com/oauth2}).
 *
 * <p>Its answers cannot be trusted to be JSON, to have the status that fits them, or to be complete; whatever makes no
 * sense is {@code Unavailable}. Bodies and addresses hold tokens, so neither is ever logged or part of a reason.
 */
public final class CoreTokenIssuer implements TokenIssuer {

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
    public CoreTokenIssuer(
            URI baseUrl, Supplier<ClientCredentials> credentials, InstantSource clock, Duration timeout) {
        this.baseUrl = baseUrl;
        this.credentials = credentials;
        this.clock = clock;
        this.exchange = new Exchange(timeout);
    }

    @Override
    public Issue issue(Grant grant) {
        Map<String, String> form = new LinkedHashMap<>();
        List<String> askedFor = List.of();
        switch (grant) {
            case Grant.AuthorizationCode(var code, var redirectUri, var scopes) -> {
                form.put("grant_type", "authorization_code");
                form.put("code", code);
                redirectUri.ifPresent(uri -> form.put("redirect_uri", uri.toString()));
                if (!scopes.isEmpty()) {
                    form.put("scope", String.join(" ", scopes));
                }
                askedFor = scopes;
            }
            case Grant.Refresh(var refreshToken) -> {
                form.put("grant_type", "refresh_token");
                form.put("refresh_token", refreshToken);
            }
            // any scope beside it is answered with invalid_scope
            case Grant.ClientCredentials() -> form.put("grant_type", "client_credentials");
        }
        // taken before the call: a token must not seem to live longer than it does
        Instant asked = clock.instant();
        return switch (post("/oauth2/token", form)) {
            case Answer answer -> Answers.issue(answer, asked, askedFor);
            case NoAnswer(var reason, var _) -> new Issue.Unavailable(reason);
        };
    }

    @Override
    public Info info(String accessToken) {
        URI uri = at("/oauth2/token/info?" + Exchange.encoded(Map.of("access_token", accessToken)));
        return switch (exchange.get(uri)) {
            case Answer answer -> Answers.info(answer, clock.instant());
            case NoAnswer(var reason, var _) -> new Info.Unavailable(reason);
        };
    }

    @Override
    public Revocation revoke(String accessToken) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "client_credentials");
        form.put("token", accessToken);
        return Answers.revocation(post("/oauth2/revoke", form));
    }

    /**
     * The address at which a person consents. Spaces between scopes are {@code %20}: with raw ones the service hands
     * out a code without the scopes and says nothing.
     *
     * @param state comes back with the code; proves that the answer belongs to this question
     */
    public URI authorizationLink(List<String> scopes, String state, URI redirectUri) {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("response_type", "code");
        query.put("client_id", credentials.get().clientId());
        query.put("scope", String.join(" ", scopes));
        query.put("state", state);
        query.put("redirect_uri", redirectUri.toString());
        return at("/oauth2/authorization?" + Exchange.encoded(query));
    }

    private Result post(String path, Map<String, String> form) {
        return exchange.post(at(path), credentials.get(), form);
    }

    private URI at(String pathAndQuery) {
        return Exchange.at(baseUrl, pathAndQuery);
    }
}
