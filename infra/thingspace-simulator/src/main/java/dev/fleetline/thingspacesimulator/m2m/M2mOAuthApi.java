package dev.fleetline.thingspacesimulator.m2m;

import dev.fleetline.thingspacesimulator.faults.Door;
import dev.fleetline.thingspacesimulator.faults.Faults;
import dev.fleetline.thingspacesimulator.faults.FaultyCalls;
import dev.fleetline.thingspacesimulator.oauth.ClientRequest;
import dev.fleetline.thingspacesimulator.oauth.Credentials;
import dev.fleetline.thingspacesimulator.oauth.OAuthAnswers;
import dev.fleetline.thingspacesimulator.oauth.StandingTokenBook;
import dev.fleetline.thingspacesimulator.web.Answer;
import dev.fleetline.thingspacesimulator.web.Call;
import dev.fleetline.thingspacesimulator.web.Doorway;
import dev.fleetline.thingspacesimulator.web.Endpoint;
import dev.fleetline.thingspacesimulator.web.Json;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import java.time.Duration;

/** The M2M world's {@code /api/ts/v1/oauth2}. A scope that is asked for changes nothing. */
public final class M2mOAuthApi implements HttpService {

    private static final String API = "/ts/v1";
    private static final String SCOPE = "am_application_scope default";

    /** What this gateway is known to call the header that a revocation answers with. */
    private static final String REVOKED = "RevokedAccessToken";

    private final StandingTokenBook tokens;
    private final Faults faults;
    private final Doorway doorway;

    /** The endpoints over that book. */
    public M2mOAuthApi(StandingTokenBook tokens, Faults faults, Doorway doorway) {
        this.tokens = tokens;
        this.faults = faults;
        this.doorway = doorway;
    }

    @Override
    public void routing(HttpRules rules) {
        rules.post("/token", doorway.to(mayFail(this::token))).post("/revoke", doorway.to(mayFail(this::revoke)));
    }

    private Endpoint mayFail(Endpoint endpoint) {
        return new FaultyCalls(faults).behind(Door.M2M_TOKEN, API, OAuthAnswers::serverError, endpoint);
    }

    private Answer token(Call call) {
        ClientRequest.of(call, Credentials::isM2mClient).requireClientCredentials();
        StandingTokenBook.Given token = tokens.give(SCOPE);
        Duration left = faults.settings().m2m().countsDown() ? token.left() : StandingTokenBook.Given.lifetime();
        return Answer.json(
                        200,
                        Json.object()
                                .put("access_token", token.value())
                                .put("scope", SCOPE)
                                .put("token_type", "Bearer")
                                .put("expires_in", left.toSeconds()))
                .with("cache-control", "no-store");
    }

    /** Says yes to any token, in a header and without a body. */
    private Answer revoke(Call call) {
        String token = ClientRequest.of(call, Credentials::isM2mClient).field("token");
        if (!token.matches("[\\x21-\\x7e]+")) {
            return OAuthAnswers.invalidRequest();
        }
        tokens.revoke(token);
        return Answer.empty(200).with(REVOKED, token);
    }
}
