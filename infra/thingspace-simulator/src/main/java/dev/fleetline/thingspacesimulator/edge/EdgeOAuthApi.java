package dev.fleetline.thingspacesimulator.edge;

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
import dev.fleetline.thingspacesimulator.web.Json;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import java.util.Optional;

/** The 5G Edge world's {@code /api/ts/v1/oauth2}. What a wrong client is told is inferred from the M2M world. */
public final class EdgeOAuthApi implements HttpService {

    private final StandingTokenBook tokens;
    private final Faults faults;
    private final Doorway doorway;

    /** The endpoint over that book. */
    public EdgeOAuthApi(StandingTokenBook tokens, Faults faults, Doorway doorway) {
        this.tokens = tokens;
        this.faults = faults;
        this.doorway = doorway;
    }

    @Override
    public void routing(HttpRules rules) {
        rules.post(
                "/token",
                doorway.to(new FaultyCalls(faults)
                        .behind(Door.EDGE_TOKEN, "/ts/v1", OAuthAnswers::serverError, this::token)));
    }

    private Answer token(Call call) {
        String scope = ClientRequest.of(call, Credentials::isEdgeClient)
                .requireClientCredentials()
                .field("scope");
        Optional<EdgeAccess> access = EdgeAccess.askedFor(scope);
        if (access.isEmpty()) {
            return EdgeAnswers.invalidTokenOrScopes();
        }
        StandingTokenBook.Given token = tokens.give(access.get().name());
        return Answer.json(
                        200,
                        Json.object()
                                .put("access_token", token.value())
                                .put("scope", access.get().spelling(scope))
                                .put("token_type", "Bearer")
                                .put("expires_in", token.left().toSeconds()))
                .with("cache-control", "no-store");
    }
}
