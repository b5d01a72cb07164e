package dev.fleetline.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.callback.CallbackSecret;
import dev.fleetline.callback.DeviceName;
import dev.fleetline.carrier.CallbackListeners;
import dev.fleetline.carrier.CallbackListeners.Listener;
import dev.fleetline.device.Imei;
import dev.fleetline.lambda.EdgeJson;
import dev.fleetline.lambda.Pause;
import dev.fleetline.lambda.Surroundings;
import dev.fleetline.local.bus.BusRule;
import dev.fleetline.local.faults.Faults;
import dev.fleetline.local.functions.HostedFunctions;
import dev.fleetline.local.functions.Hosting;
import dev.fleetline.local.schedule.Schedules;
import dev.fleetline.local.sources.Pumps;
import dev.fleetline.local.web.CallbackRoutes;
import dev.fleetline.local.web.FaultDesk;
import dev.fleetline.local.web.Fleet;
import dev.fleetline.local.web.LocalServer;
import dev.fleetline.testing.aws.StoreGate;
import dev.fleetline.testing.template.Template;
import dev.fleetline.thingspacesimulator.SimulatorConfig;
import dev.fleetline.thingspacesimulator.ThingSpaceSimulator;
import dev.fleetline.thingspacesimulator.clock.SimulatorClock;
import dev.fleetline.tokens.TokenStore;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** A running Fleetline with everything around it, until it is closed. */
public final class LocalFleetline implements AutoCloseable, Fleet {

    private static final Logger LOG = LoggerFactory.getLogger(LocalFleetline.class);
    private static final Duration QUIET_WITHIN = Duration.ofSeconds(30);
    private static final Duration MOMENT = Duration.ofMillis(300);
    /** Two letters each; the platform takes no longer password. */
    private static final int KEY_BYTES = CallbackSecret.LONGEST_PASSWORD / 2;

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final Supplier<UUID> ids = UUID::randomUUID;
    private volatile Consumer<JsonNode> delivery = _ -> {
        throw new IllegalStateException("the bus is not up yet");
    };
    private final SimulatorClock clock;
    private final boolean clockStands;
    private final String streamKey;
    private final LocalServer server;
    private final ThingSpaceSimulator simulator;
    private final LocalAws aws;
    private final Optional<Faults> faults;
    private final HostedFunctions functions;
    private final Invocations invocations;
    private final EventBus bus;
    private final Pumps pumps;
    private final Quiet quiet;
    private final Schedules schedules;
    private final CallbackRoutes routes;
    private final FleetView view;
    private final Tally tally;
    private final Metrics metrics;
    private final Platform platform;
    private final CallbackListeners listeners;
    private volatile Consumer<JsonNode> watcher = _ -> {};

    private LocalFleetline(LocalSetup setup) {
        clockStands = setup.standingAt().isPresent();
        clock = setup.standingAt()
                .map(SimulatorClock::standingAt)
                .orElseGet(() -> SimulatorClock.following(InstantSource.system()));
        streamKey = setup.streamKey().orElseGet(LocalFleetline::newKey);
        server = open(LocalServer.start(setup.port()));
        simulator = open(ThingSpaceSimulator.start(
                SimulatorConfig.onPort(setup.simulatorPort()).sharing(clock)));
        faults = setup.withFaults() ? Optional.of(open(new Faults(clock))) : Optional.empty();
        Template template = Template.read(setup.project());
        aws = open(LocalAws.start(
                template,
                parameters(template),
                new LocalAws.Stage(
                        clock,
                        ids,
                        event -> delivery.accept(event),
                        faults.map(Faults::gate).orElse(StoreGate.OPEN))));
        JsonNode accepted = Platform.credentials(simulator.baseUri());
        aws.createSecrets(Map.of(
                "/core/client",
                comingBackHere(accepted.path("core")),
                "/m2m/client",
                accepted.path("m2m"),
                "/m2m/user",
                accepted.path("m2m"),
                "/edge/client",
                accepted.path("edge"),
                "/callback",
                LocalAws.object(Map.of("username", "thingspace", "password", newKey(), "streamKey", streamKey))));
        Hosting hosting = faults.<Hosting>map(harm -> harm).orElse(Hosting.PLAIN);
        functions = HostedFunctions.start(aws.resolver(), this::surroundings, hosting, ids);
        invocations = open(new Invocations(aws::send));
        bus = new EventBus(BusRule.of(aws.resolver(), functions), functions, invocations, aws::send);
        delivery = event -> {
            faults.ifPresent(noting -> noting.heard(event));
            bus.deliver(event);
        };
        routes = CallbackRoutes.of(aws.resolver(), functions);
        schedules = Schedules.of(aws.resolver(), functions, clock.instant());
        Adapters adapters = new Adapters(aws, functions, clock);
        view = adapters.view();
        tally = adapters.tally(view);
        metrics = new Metrics(aws, functions, view, bus);
        platform = new Platform(simulator.baseUri(), adapters.platform(), ids);
        listeners = adapters.listeners();
        pumps = open(Pumps.start(Mappings.of(aws, functions)));
        quiet = new Quiet(bus, pumps, invocations);
    }

    /**
     * Starts everything and returns when it answers. Nothing has been agreed with the platform yet.
     *
     * @throws IllegalStateException when a port cannot be had or a function refuses its settings
     */
    public static LocalFleetline start(LocalSetup setup) {
        LocalFleetline fleetline = new LocalFleetline(setup);
        fleetline.begin();
        return fleetline;
    }

    /**
     * Starts everything, has it authorised and the platform's events sent here, and only then says that it is ready: an
     * order that comes at once finds a token.
     *
     * @throws IllegalStateException as {@link #start} does, and when the platform does not agree
     */
    public static LocalFleetline startAgreed(LocalSetup setup) {
        LocalFleetline fleetline = new LocalFleetline(setup);
        try {
            var _ = fleetline.authorize();
            fleetline.subscribe();
        } catch (RuntimeException e) {
            fleetline.close();
            throw e;
        }
        fleetline.begin();
        return fleetline;
    }

    private void begin() {
        server.serve(this, routes);
        if (!clockStands) {
            ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("schedules").factory());
            opened.push(watch::shutdownNow);
            var _ = watch.scheduleWithFixedDelay(this::fireQuietly, 1, 1, TimeUnit.SECONDS);
        }
    }

    /** Where it answers. */
    public URI baseUri() {
        return server.baseUri();
    }

    /** Where the simulator answers. */
    public URI simulatorUri() {
        return simulator.baseUri();
    }

    /** What the platform must show to deliver. */
    public String streamKey() {
        return streamKey;
    }

    /** An operator consents, and the code is exchanged; the version of the token that is current then. */
    public String authorize() {
        return platform.authorize();
    }

    /** A person puts a new value into the secret whose name ends so. */
    public void fillIn(String secret, JsonNode value) {
        aws.fillIn(secret, value);
    }

    /** What is in the secret whose name ends so. */
    public JsonNode secret(String secret) {
        return aws.secret(secret);
    }

    /** Where the tokens are kept. */
    public TokenStore tokens() {
        return platform.tokens();
    }

    /** The version of the token that is current, if there is a token. */
    public Optional<String> currentToken() {
        return platform.currentToken();
    }

    /** Has the platform's events sent here, by the function whose work that is. */
    public void subscribe() {
        JsonNode parts = invoke(
                        "stream-subscription", EdgeJson.JSON.createObjectNode().put("task", "repair"))
                .orElseThrow(() -> new IllegalStateException("there is no stream-subscription"))
                .path("parts");
        if (!Set.of("repaired", "in-order")
                .contains(parts.path(0).path("outcome").asText())) {
            throw new IllegalStateException("nothing is streamed here: " + parts);
        }
    }

    /** Has a service of the platform call back here, with the login that our secret holds; needs tokens of M2M. */
    public void listen(String service) {
        CallbackSecret shown = new CallbackRotation(this).current();
        var _ = Platform.value(
                "listener",
                listeners.register(new Listener(
                        service,
                        baseUri().resolve(routes.servicePath(service)).toString(),
                        shown.username(),
                        shown.password())));
    }

    /**
     * The variables of a function, with those that lead it here: for one that is to run in a process of its own.
     *
     * @throws IllegalArgumentException when there is no such function
     */
    public Map<String, String> environment(String module) {
        return functions
                .find(module)
                .orElseThrow(() -> new IllegalArgumentException("there is no function " + module))
                .environment();
    }

    /** From now on shows all that calls at the HTTP API, each before it is answered, as its function gets it. */
    public void watch(Consumer<JsonNode> callers) {
        watcher = callers;
    }

    /** Its Secrets Manager, for those who play who puts secrets there and who has them rotated. */
    SecretsManagerClient secrets() {
        return aws.secretsClient();
    }

    /**
     * Returns when nothing is under way any more: queues, stream and invocations are idle. What waits for the clock does
     * not count.
     *
     * @throws IllegalStateException when that takes too long
     */
    public void settle() {
        settle(QUIET_WITHIN);
    }

    /** Likewise, for who knows that it may take as long as {@code patience}. */
    public void settle(Duration patience) {
        if (!quiet.comesWithin(patience)) {
            throw new IllegalStateException("Fleetline was still at work after " + patience);
        }
    }

    @Override
    public Optional<FaultDesk> faults() {
        return faults.map(harm -> new FaultDesk() {
            @Override
            public void play(JsonNode order) {
                harm.play(order);
            }

            @Override
            public ObjectNode noted() {
                return harm.toJson().put("quiet", quiet.comesWithin(MOMENT));
            }

            @Override
            public ObjectNode tally() {
                return tally.toJson();
            }
        });
    }

    @Override
    public Instant now() {
        return clock.instant();
    }

    @Override
    public ArrayNode devices() {
        return view.devices();
    }

    @Override
    public Optional<ObjectNode> device(Imei imei) {
        return view.device(imei);
    }

    @Override
    public ArrayNode alerts() {
        return view.alerts();
    }

    @Override
    public ObjectNode token() {
        return platform.tokenVersion();
    }

    @Override
    public ObjectNode files() {
        return aws.files();
    }

    @Override
    public ArrayNode callbacks() {
        return view.callbacks();
    }

    @Override
    public ArrayNode callbacks(DeviceName device) {
        return view.callbacks(device);
    }

    @Override
    public Optional<ObjectNode> callback(String deliveryId) {
        return view.callback(deliveryId);
    }

    @Override
    public ArrayNode events() {
        ArrayNode list = EdgeJson.JSON.createArrayNode();
        bus.events().forEach(list::add);
        return list;
    }

    @Override
    public ArrayNode messages() {
        ArrayNode list = EdgeJson.JSON.createArrayNode();
        aws.messagesToPeople().forEach(message -> list.addObject()
                .put("subject", message.subject().orElse(""))
                .put("text", message.text()));
        return list;
    }

    @Override
    public ObjectNode metrics() {
        return metrics.toJson();
    }

    @Override
    public void called(JsonNode event) {
        watcher.accept(event);
    }

    @Override
    public Optional<String> put(String source, String detailType, ObjectNode detail) {
        return aws.put(source, detailType, detail);
    }

    @Override
    public Optional<JsonNode> invoke(String module, JsonNode event) {
        return functions.find(module).map(function -> function.invoke(event));
    }

    @Override
    public Optional<JsonNode> scheduledInput(String module) {
        return functions.find(module).flatMap(schedules::firstInput);
    }

    @Override
    public String functionNames() {
        return functions.names();
    }

    @Override
    public List<String> forward(Duration by, boolean withSchedules) {
        clock.forward(by);
        simulator.settle();
        if (!withSchedules) {
            schedules.skip(clock.instant());
            return List.of();
        }
        return fireDue();
    }

    @Override
    public void close() {
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (Exception e) {
                LOG.warn("something did not close", e);
            }
        }
    }

    private List<String> fireDue() {
        return schedules.due(clock.instant()).stream()
                .map(call -> {
                    // one after the other: their order is the order of time
                    var _ = invocations.run(call.function(), call.input());
                    return call.function().module();
                })
                .toList();
    }

    private void fireQuietly() {
        try {
            var _ = fireDue();
        } catch (RuntimeException e) {
            // or the executor would never fire again
            LOG.error("a schedule could not be fired", e);
        }
    }

    private Surroundings surroundings(Map<String, String> variables) {
        var environment = new LinkedHashMap<>(aws.endpoints());
        environment.putAll(variables);
        // where the platform reaches us is not what the template says of a real API
        environment.computeIfPresent("CALLBACK_HOST", (_, _) -> server.baseUri().getAuthority());
        environment.computeIfPresent("CALLBACK_URL", (_, deployed) -> server.baseUri()
                .resolve(URI.create(deployed).getPath())
                .toString());
        environment.computeIfPresent(
                "ALERT_DESK_URL", (_, _) -> server.baseUri().toString());
        return new Surroundings(environment, clock, Pause.real(), new SecureRandom());
    }

    /** The application, registered so that a browser on this machine finds its way back after the consent. */
    private ObjectNode comingBackHere(JsonNode client) {
        return ((ObjectNode) client.deepCopy()).put("redirectUri", baseUri() + "/oauth2/callback");
    }

    private Map<String, String> parameters(Template template) {
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("Stage", "local");
        parameters.put("Account", "0999000001-00001");
        parameters.put("ThingSpaceCoreUrl", simulator.baseUri() + "/core");
        parameters.put("ThingSpaceM2mUrl", simulator.baseUri() + "/thingspace");
        parameters.put("ThingSpaceEdgeUrl", simulator.baseUri() + "/5gedge");
        // the others call only who has them called: there is nobody here who orders anything of them
        parameters.put("CallbackServices", "CarrierService");
        parameters.put("SigningServices", "Diagnostics,Location,DeviceLocation");
        parameters
                .keySet()
                .retainAll(template.parameters()
                        .propertyStream()
                        .map(Map.Entry::getKey)
                        .toList());
        return parameters;
    }

    private <T extends AutoCloseable> T open(T part) {
        opened.push(part);
        return part;
    }

    private static String newKey() {
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        return HexFormat.of().formatHex(key);
    }
}
