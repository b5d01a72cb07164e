package dev.fleetline.thingspacesimulator;

import dev.fleetline.thingspacesimulator.control.World;
import dev.fleetline.thingspacesimulator.devices.DeviceApi;
import dev.fleetline.thingspacesimulator.faults.Faults;
import dev.fleetline.thingspacesimulator.oauth.BearerGate;
import dev.fleetline.thingspacesimulator.oauth.OAuthApi;
import dev.fleetline.thingspacesimulator.streaming.StreamApi;
import dev.fleetline.thingspacesimulator.web.Doorway;
import dev.fleetline.thingspacesimulator.wire.PlatformErrors;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;

/** The host core.thingspace.verizon.com. Another host of the platform is another class like this, under its own prefix. */
final class CoreWorld implements HttpService {

    private final World world;
    private final Doorway doorway;

    CoreWorld(World world, Doorway doorway) {
        this.world = world;
        this.doorway = doorway;
    }

    @Override
    public void routing(HttpRules rules) {
        Faults faults = world.faults();
        World.Core core = world.core();
        BearerGate gate = new BearerGate(core.tokens(), faults);
        rules.register("/oauth2", new OAuthApi(core.tokens(), faults, doorway))
                .register("/api/v2/devices", new DeviceApi(core.devices(), faults, gate, doorway))
                .register("/api/v2", new StreamApi(core.streams(), faults, gate, doorway))
                .any(doorway.to(_ -> PlatformErrors.notFound("Path")));
    }
}
