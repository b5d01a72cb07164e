package dev.fleetline.thingspacesimulator.oauth;

import dev.fleetline.thingspacesimulator.faults.Door;
import dev.fleetline.thingspacesimulator.faults.Faults;
import dev.fleetline.thingspacesimulator.faults.FaultyCalls;
import dev.fleetline.thingspacesimulator.web.Answer;
import dev.fleetline.thingspacesimulator.web.Call;
import dev.fleetline.thingspacesimulator.web.Doorway;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Core's {@code /oauth2}. The login page is left out: whoever asks for a code has, as it were, already consented.
 */
public final class OAuthApi implements HttpService {

    private static final Pattern ON_THIS_MACHINE =
            Pattern.compile("http://(127\\.0\\.0\\.1|localhost)(:[0-9]{1,5})?/[A-Za-z0-9/_-]*");

    private final TokenBook tokens;
    private final Faults faults;
    private final Doorway doorway;

    /** The endpoints over that book. */
    public OAuthApi(TokenBook tokens, Faults faults, Doorway doorway) {
        this.tokens = tokens;
        this.faults = faults;
        this.doorway = doorway;
    }

    @Override
    public void routing(HttpRules rules) {
        rules.get("/authorization", doorway.to(call -> authorize(call::query)))
                .post("/authorization", doorway.to(this::authorizeByForm))
                .get("/token", doorway.to(_ -> OAuthAnswers.badRequestPage()))
                .post(
                        "/token",
                        doorway.to(new FaultyCalls(faults)
                                .behind(Door.CORE_TOKEN, "/oauth2", OAuthAnswers::serverError, this::token)))
                .get("/token/info", doorway.to(this::tokenInfo))
                .post("/revoke", doorway.to(this::revoke));
    }

    private Answer authorizeByForm(Call call) {
        return call.form()
                .map(form -> authorize(name -> Optional.ofNullable(form.get(name))))
                .orElseGet(OAuthAnswers::invalidRequest);
    }

    private Answer authorize(Function<String, Optional<String>> parameter) {
        Optional<String> responseType = parameter.apply("response_type");
        if (responseType.isEmpty()) {
            return OAuthAnswers.invalidRequest();
        }
        if (!responseType.get().equals("code")) {
            return OAuthAnswers.unsupportedResponseType();
        }
        if (parameter
                .apply("client_id")
                .filter(Credentials.CORE_CLIENT_ID::equals)
                .isEmpty()) {
            return OAuthAnswers.invalidClient();
        }
        Optional<String> redirectUri = parameter.apply("redirect_uri");
        if (redirectUri.isPresent() && !isRegistered(redirectUri.get())) {
            // never a redirect to an address that the application did not register
            return OAuthAnswers.invalidRequest();
        }
        // a misspelled parameter is ignored, so without "scope" there is a code all the same, and it is good for
        // nothing
        List<String> scopes = Scopes.in(parameter.apply("scope").orElse(""));
        String state = parameter.apply("state").orElse("");
        String to = redirectUri.orElse(Credentials.CORE_REDIRECT_URI.toString());
        if (!Scopes.areKnown(scopes)) {
            return redirect(to, "error=invalid_scope&error_description=" + encoded(OAuthAnswers.INVALID_SCOPE), state);
        }
        return redirect(to, "code=" + encoded(tokens.newCode(scopes, redirectUri)), state);
    }

    private static Answer redirect(String to, String query, String state) {
        return Answer.redirect(URI.create(to + "?" + query + "&state=" + encoded(state)));
    }

    private Answer token(Call call) {
        Optional<Map<String, String>> body = call.form();
        if (body.isEmpty() || !body.get().containsKey("grant_type")) {
            return OAuthAnswers.invalidRequest();
        }
        if (!Credentials.isCoreClient(call.header("authorization"))) {
            return OAuthAnswers.invalidClient();
        }
        Map<String, String> form = body.get();
        Optional<Grant> grant = Grant.spelled(form.getOrDefault("grant_type", ""));
        if (grant.isEmpty()) {
            return OAuthAnswers.unsupportedGrantType();
        }
        return switch (grant.get()) {
            case AUTHORIZATION_CODE -> exchange(form);
            case REFRESH_TOKEN -> refresh(form);
            case CLIENT_CREDENTIALS -> clientCredentials(form);
        };
    }

    private Answer exchange(Map<String, String> form) {
        if (!form.containsKey("code")) {
            return OAuthAnswers.invalidRequest();
        }
        Optional<AuthorizationCode> code = tokens.spend(form.getOrDefault("code", ""));
        if (code.isEmpty() || !redirectUriFits(code.get(), Optional.ofNullable(form.get("redirect_uri")))) {
            return OAuthAnswers.invalidGrant();
        }
        List<String> granted = code.get().scopes();
        List<String> scopes = wanted(form, granted);
        if (!granted.containsAll(scopes)) {
            return OAuthAnswers.invalidScope();
        }
        Optional<String> refreshToken = faults.settings().behaviour().refreshTokens()
                ? Optional.of(tokens.newRefreshToken(granted))
                : Optional.empty();
        return OAuthAnswers.token(tokens.issue(Grant.AUTHORIZATION_CODE, scopes), refreshToken);
    }

    private static boolean redirectUriFits(AuthorizationCode code, Optional<String> named) {
        return code.redirectUri().isPresent()
                ? named.equals(code.redirectUri())
                : named.map(OAuthApi::isRegistered).orElse(true);
    }

    private Answer refresh(Map<String, String> form) {
        if (!form.containsKey("refresh_token")) {
            return OAuthAnswers.invalidRequest();
        }
        String sent = form.getOrDefault("refresh_token", "");
        Optional<List<String>> granted = tokens.scopesOfRefreshToken(sent);
        if (granted.isEmpty()) {
            return OAuthAnswers.invalidGrant();
        }
        List<String> scopes = wanted(form, granted.get());
        if (!granted.get().containsAll(scopes)) {
            return OAuthAnswers.invalidScope();
        }
        if (!faults.settings().behaviour().rotation()) {
            return OAuthAnswers.token(tokens.issue(Grant.REFRESH_TOKEN, scopes), Optional.of(sent));
        }
        if (!tokens.spendRefreshToken(sent)) {
            return OAuthAnswers.invalidGrant();
        }
        String next = tokens.newRefreshToken(granted.get());
        return OAuthAnswers.token(tokens.issue(Grant.REFRESH_TOKEN, scopes), Optional.of(next));
    }

    /** No resource owner, no scopes: asking for one is an error, and the token opens no device. */
    private Answer clientCredentials(Map<String, String> form) {
        return form.containsKey("scope")
                ? OAuthAnswers.invalidScope()
                : OAuthAnswers.token(tokens.issue(Grant.CLIENT_CREDENTIALS, List.of()), Optional.empty());
    }

    private Answer tokenInfo(Call call) {
        return call.query("access_token")
                .flatMap(tokens::live)
                .map(OAuthAnswers::tokenInfo)
                .orElseGet(OAuthAnswers::noTokenInfo);
    }

    /** Says yes to everything; ends a token only for the client that it belongs to. */
    private Answer revoke(Call call) {
        if (Credentials.isCoreClient(call.header("authorization"))) {
            call.form().flatMap(form -> Optional.ofNullable(form.get("token"))).ifPresent(tokens::revoke);
        }
        return OAuthAnswers.revoked();
    }

    private static List<String> wanted(Map<String, String> form, List<String> granted) {
        List<String> named = Scopes.in(form.getOrDefault("scope", ""));
        return named.isEmpty() ? granted : named;
    }

    /** Of this machine every address is, so that a browser finds its way back to whatever is tried here. */
    private static boolean isRegistered(String redirectUri) {
        return redirectUri.equals(Credentials.CORE_REDIRECT_URI.toString())
                || ON_THIS_MACHINE.matcher(redirectUri).matches();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
