package dev.fleetline.thingspacesimulator;

import dev.fleetline.thingspacesimulator.control.World;
import dev.fleetline.thingspacesimulator.devices.DeviceApi;
import dev.fleetline.thingspacesimulator.faults.Faults;
import dev.fleetline.thingspacesimulator.oauth.BearerGate;
import dev.fleetline.thingspacesimulator.oauth.OAuthApi;
import dev.fleetline.thingspacesimulator.streaming.StreamApi;
import dev.fleetline.thingspacesimulator.web.Doorway;
import dev.fleetline.thingspacesimulator.web.Endpoint;
import dev.fleetline.thingspacesimulator.wire.PlatformErrors;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The host core.thingspace.verizon.com. Another host of the platform is another class like this, under its own prefix. */
final class CoreWorld implements HttpService {

    private final World world;
    private final Supplier<UUID> ids;
    private final Consumer<Duration> pause;

    CoreWorld(World world, Supplier<UUID> ids, Consumer<Duration> pause) {
        this.world = world;
        this.ids = ids;
        this.pause = pause;
    }

    @Override
    public void routing(HttpRules rules) {
        Faults faults = world.faults();
        World.Core core = world.core();
        Doorway doorway = new Doorway(this::likeTheHost);
        BearerGate gate = new BearerGate(core.tokens(), faults);
        rules.register("/oauth2", new OAuthApi(core.tokens(), faults, doorway))
                .register("/api/v2/devices", new DeviceApi(core.devices(), faults, gate, doorway))
                .register("/api/v2", new StreamApi(core.streams(), gate, doorway))
                .any(doorway.to(_ -> PlatformErrors.notFound("Path")));
    }

    /** Every answer of this host has a transaction id, and takes its time if it was told to. */
    private Endpoint likeTheHost(Endpoint endpoint) {
        return call -> {
            Duration slow = world.faults().settings().calls().slow();
            if (slow.isPositive()) {
                pause.accept(slow);
            }
            return endpoint.answer(call).with("x-transaction-id", ids.get().toString());
        };
    }
}
