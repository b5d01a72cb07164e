package dev.fleetline.thingspacesimulator.edge;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.thingspacesimulator.oauth.StandingTokenBook;
import dev.fleetline.thingspacesimulator.web.Answer;
import dev.fleetline.thingspacesimulator.web.Doorway;
import dev.fleetline.thingspacesimulator.web.Endpoint;
import dev.fleetline.thingspacesimulator.web.Json;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The edge discovery service, {@code /api/mec/eds}: enough of it to see what a token opens. The account has no profile and no
 * endpoint. The platform's SDK sends a session token too; nothing is known of what comes of a bad one, so none is asked for.
 */
public final class DiscoveryApi implements HttpService {

    private static final Set<EdgeAccess> ANY = EnumSet.allOf(EdgeAccess.class);
    private static final Set<EdgeAccess> FULL = EnumSet.of(EdgeAccess.FULL);

    private final StandingTokenBook tokens;
    private final Doorway doorway;

    /** The endpoints for the tokens of that book. */
    public DiscoveryApi(StandingTokenBook tokens, Doorway doorway) {
        this.tokens = tokens;
        this.doorway = doorway;
    }

    @Override
    public void routing(HttpRules rules) {
        rules.get("/regions", doorway.to(guarded(ANY, DiscoveryApi::regions)))
                .get("/mecplatforms", doorway.to(guarded(ANY, DiscoveryApi::platforms)))
                .get("/serviceprofiles", doorway.to(guarded(FULL, DiscoveryApi::profiles)))
                .get("/serviceendpoints", doorway.to(guarded(FULL, DiscoveryApi::endpoints)));
    }

    private Endpoint guarded(Set<EdgeAccess> enough, Supplier<ObjectNode> body) {
        return call -> {
            Optional<EdgeAccess> access = call.header("authorization")
                    .filter(header -> header.regionMatches(true, 0, "Bearer ", 0, 7))
                    .flatMap(header -> tokens.accessOf(header.substring(7).strip()))
                    .map(EdgeAccess::valueOf);
            return access.filter(enough::contains).isPresent()
                    ? Answer.json(200, body.get())
                    : EdgeAnswers.invalidTokenOrScopes();
        };
    }

    private static ObjectNode regions() {
        ObjectNode body = Json.object();
        body.putArray("regions")
                .addObject()
                .put("regionId", "00000001-0000-4000-8000-000000000001")
                .put("name", "US_EAST_1")
                .put("countryCode", "USA")
                .put("metro", "SIMULATED")
                .put("area", "SIMULATED");
        return body;
    }

    private static ObjectNode platforms() {
        ObjectNode body = Json.object();
        body.putArray("MECPlatforms")
                .addObject()
                .put("ern", "us-east-1-wl1-sim-wlz-1")
                .put("zone", "us-east-1-wl1-sim1")
                .put("region", "US_EAST_1")
                .put("status", "active")
                .putObject("properties")
                .put("type", "public");
        return body;
    }

    private static ObjectNode profiles() {
        ObjectNode body = Json.object().put("status", "Success");
        body.putArray("data");
        return body;
    }

    private static ObjectNode endpoints() {
        ObjectNode body = Json.object();
        body.putArray("serviceEndpoints");
        return body;
    }
}
