package dev.fleetline.thingspacesimulator;

import dev.fleetline.thingspacesimulator.control.World;
import dev.fleetline.thingspacesimulator.edge.DiscoveryApi;
import dev.fleetline.thingspacesimulator.edge.EdgeOAuthApi;
import dev.fleetline.thingspacesimulator.web.Answer;
import dev.fleetline.thingspacesimulator.web.Doorway;
import dev.fleetline.thingspacesimulator.web.Json;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;

/** The host 5gedge.verizon.com. */
final class EdgeWorld implements HttpService {

    private final World world;
    private final Doorway doorway;

    EdgeWorld(World world, Doorway doorway) {
        this.world = world;
        this.doorway = doorway;
    }

    @Override
    public void routing(HttpRules rules) {
        rules.register("/api/ts/v1/oauth2", new EdgeOAuthApi(world.edge().tokens(), world.faults(), doorway))
                .register("/api/mec/eds", new DiscoveryApi(world.edge().tokens(), doorway))
                .any(doorway.to(_ ->
                        Answer.json(404, Json.object().put("status", "404").put("message", "Resource not found"))));
    }
}
