package dev.fleetline.thingspacesimulator;

import dev.fleetline.thingspacesimulator.clock.Agenda;
import dev.fleetline.thingspacesimulator.clock.Settlement;
import dev.fleetline.thingspacesimulator.clock.SimulatorClock;
import dev.fleetline.thingspacesimulator.control.ControlApi;
import dev.fleetline.thingspacesimulator.control.World;
import dev.fleetline.thingspacesimulator.devices.DeviceBook;
import dev.fleetline.thingspacesimulator.faults.Faults;
import dev.fleetline.thingspacesimulator.lines.LineBook;
import dev.fleetline.thingspacesimulator.lines.Orders;
import dev.fleetline.thingspacesimulator.load.LoadSource;
import dev.fleetline.thingspacesimulator.m2m.Callbacks;
import dev.fleetline.thingspacesimulator.m2m.ListenerBook;
import dev.fleetline.thingspacesimulator.m2m.SessionBook;
import dev.fleetline.thingspacesimulator.oauth.StandingTokenBook;
import dev.fleetline.thingspacesimulator.oauth.TokenBook;
import dev.fleetline.thingspacesimulator.streaming.Deliveries;
import dev.fleetline.thingspacesimulator.streaming.StreamBook;
import dev.fleetline.thingspacesimulator.web.Courier;
import dev.fleetline.thingspacesimulator.web.Doorway;
import dev.fleetline.thingspacesimulator.wire.PlatformIds;
import io.helidon.webserver.WebServer;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * A running simulator: ThingSpace at an address of this machine until it is closed. It keeps everything in memory; each start is
 * an empty account.
 */
public final class ThingSpaceSimulator implements AutoCloseable {

    /** How often a look at the clock is taken, for clocks that move by themselves. */
    private static final Duration GLANCE = Duration.ofMillis(20);

    private final String address;
    private final WebServer server;
    private final World world;
    private final Courier courier;
    private final ScheduledExecutorService watch;

    private ThingSpaceSimulator(
            String address, WebServer server, World world, Courier courier, ScheduledExecutorService watch) {
        this.address = address;
        this.server = server;
        this.world = world;
        this.courier = courier;
        this.watch = watch;
    }

    /**
     * Starts a simulator and returns when it answers.
     *
     * @throws IllegalStateException when the port cannot be had
     */
    public static ThingSpaceSimulator start(SimulatorConfig config) {
        SimulatorClock clock = config.sharedClock()
                .or(() -> config.standingAt().map(SimulatorClock::standingAt))
                .orElseGet(() -> SimulatorClock.following(InstantSource.system()));
        Supplier<UUID> ids = UUID::randomUUID;
        Supplier<UUID> secrets = new SecretIds();
        Courier courier = new Courier(config.deliveryPatience());
        World world = emptyWorld(clock, courier, ids, secrets);
        Doorway host = HostDoorway.of(world.faults(), ids, ThingSpaceSimulator::pause);
        WebServer server = WebServer.builder()
                .host(config.address())
                .port(config.port())
                // its owner closes it; the default would keep a process from ending in its own order
                .shutdownHook(false)
                .shutdownGracePeriod(Duration.ofMillis(200))
                .routing(routing -> routing.register("/core", new CoreWorld(world, host))
                        .register("/thingspace", new ThingSpaceWorld(world, ids, secrets, host))
                        .register("/5gedge", new EdgeWorld(world, host))
                        .register("/control", new ControlApi(world, new Doorway(UnaryOperator.identity()))))
                .build();
        // a port that cannot be had is logged by the server, not thrown
        if (!server.start().isRunning()) {
            courier.close();
            throw new IllegalStateException("cannot listen on " + config.address() + ":" + config.port()
                    + "; is the port in use? Choose another, or 0 for any");
        }
        ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("thingspace-simulator-clock").factory());
        // it never fails: the agenda itself logs what goes wrong
        var _ = watch.scheduleWithFixedDelay(
                world.time().agenda()::settle, GLANCE.toMillis(), GLANCE.toMillis(), TimeUnit.MILLISECONDS);
        return new ThingSpaceSimulator(config.address(), server, world, courier, watch);
    }

    /** The port it listens on. */
    public int port() {
        return server.port();
    }

    /** Where it is: {@code http://<address>:<port>}. The platform's hosts are prefixes below, such as {@code /core}. */
    public URI baseUri() {
        return URI.create("http://" + address + ":" + port());
    }

    /**
     * Does what is due by now and returns when it is done. A process that moved a shared clock by itself calls this, so that
     * its next step finds the simulator in the new time; otherwise the simulator notices some milliseconds later.
     */
    public void settle() {
        world.time().settlement().settle();
    }

    @Override
    public void close() {
        watch.shutdownNow();
        server.stop();
        courier.close();
    }

    private static World emptyWorld(SimulatorClock clock, Courier courier, Supplier<UUID> ids, Supplier<UUID> secrets) {
        Faults faults = new Faults();
        Agenda agenda = new Agenda(clock);
        PlatformIds platformIds = new PlatformIds();
        World.Core core = new World.Core(
                new TokenBook(clock, secrets),
                new DeviceBook(clock, platformIds, ids),
                new StreamBook(clock, platformIds));
        ListenerBook listeners = new ListenerBook(clock, secrets);
        Callbacks callbacks = new Callbacks(listeners, faults, agenda, clock, courier);
        LineBook lines = new LineBook(clock);
        World.M2m m2m = new World.M2m(
                new StandingTokenBook(clock, secrets),
                new SessionBook(clock, secrets),
                listeners,
                callbacks,
                new StreamBook(clock, platformIds),
                lines,
                new Orders(lines, callbacks, faults, agenda, clock, ids));
        World.Edge edge = new World.Edge(new StandingTokenBook(clock, secrets));
        Deliveries deliveries = new Deliveries(List.of(core.streams(), m2m.streams()), faults, agenda, clock, courier);
        LoadSource load = new LoadSource(core.devices(), deliveries, agenda, clock, courier);
        Settlement settlement = new Settlement(agenda, List.of(load::drain, callbacks::drain));
        return new World(
                new World.Time(clock, agenda, settlement),
                core,
                m2m,
                edge,
                new World.Streaming(deliveries, load),
                faults);
    }

    private static void pause(Duration length) {
        try {
            Thread.sleep(length);
        } catch (InterruptedException e) {
            // the server is being stopped; the answer need not be slow any more
            Thread.currentThread().interrupt();
        }
    }
}
