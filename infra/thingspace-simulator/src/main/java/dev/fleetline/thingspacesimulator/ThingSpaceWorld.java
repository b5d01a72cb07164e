package dev.fleetline.thingspacesimulator;

import dev.fleetline.thingspacesimulator.cloudconnector.CloudConnectorGate;
import dev.fleetline.thingspacesimulator.cloudconnector.CloudDeviceApi;
import dev.fleetline.thingspacesimulator.cloudconnector.CloudStreamApi;
import dev.fleetline.thingspacesimulator.control.World;
import dev.fleetline.thingspacesimulator.faults.Faults;
import dev.fleetline.thingspacesimulator.lines.LineApi;
import dev.fleetline.thingspacesimulator.m2m.CallbackApi;
import dev.fleetline.thingspacesimulator.m2m.M2mOAuthApi;
import dev.fleetline.thingspacesimulator.m2m.SessionApi;
import dev.fleetline.thingspacesimulator.m2m.SignedCallbackApi;
import dev.fleetline.thingspacesimulator.web.Doorway;
import dev.fleetline.thingspacesimulator.wire.GatewayFaults;
import dev.fleetline.thingspacesimulator.wire.PlatformErrors;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import java.util.UUID;
import java.util.function.Supplier;

/** The host thingspace.verizon.com. What its gateway does not know it says before it asks who is calling. */
final class ThingSpaceWorld implements HttpService {

    private final World world;
    private final Supplier<UUID> ids;
    private final Supplier<UUID> secrets;
    private final Doorway doorway;

    ThingSpaceWorld(World world, Supplier<UUID> ids, Supplier<UUID> secrets, Doorway doorway) {
        this.world = world;
        this.ids = ids;
        this.secrets = secrets;
        this.doorway = doorway;
    }

    @Override
    public void routing(HttpRules rules) {
        Faults faults = world.faults();
        World.M2m m2m = world.m2m();
        rules.register("/api/ts/v1/oauth2", new M2mOAuthApi(m2m.tokens(), faults, doorway))
                .register("/api/m2m/v1/session", new SessionApi(m2m.sessions(), m2m.tokens(), faults, secrets, doorway))
                .register(
                        "/api/m2m/v1/callbacks",
                        new CallbackApi(m2m.listeners(), m2m.tokens(), m2m.sessions(), faults, doorway))
                .register(
                        "/api/m2m/v1",
                        new LineApi(
                                m2m.lines(),
                                m2m.orders(),
                                m2m.tokens(),
                                m2m.sessions(),
                                faults,
                                world.time().clock(),
                                doorway))
                .register("/api", new SignedCallbackApi(m2m.listeners(), m2m.tokens(), m2m.sessions(), faults, doorway))
                .register("/api/cc/v1/devices", devices(faults))
                .register("/api/cc/v1", new CloudStreamApi(m2m.streams(), faults, cloudConnector(faults), doorway))
                .any("/api/cc/v1/*", doorway.to(_ -> PlatformErrors.notFound("Path")))
                .any("/api/m2m/v1/*", doorway.to(_ -> GatewayFaults.noResource("/m2m/v1")))
                .any(doorway.to(_ -> GatewayFaults.noResource("/ts/v1")));
    }

    private CloudDeviceApi devices(Faults faults) {
        return new CloudDeviceApi(
                world.core().devices(),
                world.streaming().deliveries(),
                world.time().agenda(),
                world.time().clock(),
                ids,
                faults,
                cloudConnector(faults),
                doorway);
    }

    private CloudConnectorGate cloudConnector(Faults faults) {
        return new CloudConnectorGate(world.m2m().tokens(), world.m2m().sessions(), faults);
    }
}
