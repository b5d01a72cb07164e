package dev.fleetline.orders;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.alert.JudgeDevice;
import dev.fleetline.applying.ApplyDelivery;
import dev.fleetline.callback.Deliveries;
import dev.fleetline.callback.Delivery;
import dev.fleetline.carrier.CarrierGateway.LineState;
import dev.fleetline.carrier.Carriers;
import dev.fleetline.carrier.Carriers.Platform;
import dev.fleetline.carrier.FreshToken;
import dev.fleetline.device.Device;
import dev.fleetline.device.Health;
import dev.fleetline.device.HealthSettings;
import dev.fleetline.device.Imei;
import dev.fleetline.device.Mender;
import dev.fleetline.deviceonboarding.OrderDesk;
import dev.fleetline.fleetevents.Announcer;
import dev.fleetline.fleetevents.Outgoing;
import dev.fleetline.lambda.EdgeJson;
import dev.fleetline.lambda.Verdict;
import dev.fleetline.onboardingreconciler.ReconcilerDesk;
import dev.fleetline.testing.InMemoryAlertBook;
import dev.fleetline.testing.InMemoryCallbackInbox;
import dev.fleetline.testing.InMemoryClaims;
import dev.fleetline.testing.InMemoryDeviceRegistry;
import dev.fleetline.testing.InMemoryOutbox;
import dev.fleetline.testing.InMemoryStore;
import dev.fleetline.testing.MovableClock;
import dev.fleetline.testing.RecordingFleetEvents;
import dev.fleetline.testing.RecordingPause;
import dev.fleetline.testing.SampleFleet;
import dev.fleetline.testing.ScriptedCarrier;
import dev.fleetline.testing.ScriptedCarrier.Call;
import dev.fleetline.testing.TurningTokens;
import dev.fleetline.tokens.TokenRealm;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/**
 * A carrier's platform, four devices, and all functions that have a hand in an order: with the queue, the bus, the stream
 * of callbacks and the relay between them. Wherever something has an effect, the process may end.
 */
final class World {

    static final int DEVICES = 4;

    private static final String ACCOUNT = "0999000001-00001";
    private static final int LINE_ACTIONS = 2;
    private static final int BATCH = 5;
    private static final Duration VISIBILITY = Duration.ofMinutes(12);
    private static final Duration TICK = Duration.ofMinutes(10);

    final MovableClock clock = MovableClock.at("2026-03-02T15:00:00Z");
    final InMemoryStore store = new InMemoryStore();
    final WatchedCarrier carrier;
    private final String realm;
    private final InMemoryDeviceRegistry registry = new InMemoryDeviceRegistry(store);
    private final InMemoryOutbox outbox = new InMemoryOutbox(store);
    private final RecordingFleetEvents bus = new RecordingFleetEvents();
    private final Announcer announcer = new Announcer(outbox, bus);
    private final OrderDesk orders;
    private final ReconcilerDesk reconciler;
    private final ApplyDelivery applying;
    private final List<Message> queue = new ArrayList<>();
    private final List<Delivery> stream = new ArrayList<>();
    private final List<Delivery> delivered = new ArrayList<>();
    private final Lives lives = new Lives();
    private int taken;
    private int bodies;

    private record Message(String body, Instant visibleAt) {}

    /** Like Core or like M2M. */
    World(String realm) {
        this.realm = realm;
        carrier = new WatchedCarrier(realm.equals("core") ? new ScriptedCarrier() : ScriptedCarrier.ofLines());
        var freshToken = new FreshToken(
                "orders",
                new TurningTokens("synthetic-token"),
                announcer,
                clock,
                new RecordingPause()::of,
                new Random(1));
        var carriers = new Carriers(
                Map.of(realm, new Platform(carrier, realm.equals("core") ? TokenRealm.CORE : TokenRealm.M2M)),
                freshToken);
        orders = new OrderDesk(registry, carriers, new InMemoryClaims(store), announcer, clock, ACCOUNT, LINE_ACTIONS);
        reconciler = new ReconcilerDesk(registry, carriers, announcer, clock, LINE_ACTIONS);
        HealthSettings settings = HealthSettings.DEFAULTS;
        var inbox = new InMemoryCallbackInbox(store);
        applying = new ApplyDelivery(
                registry,
                inbox,
                new JudgeDevice(
                        registry,
                        new InMemoryAlertBook(store),
                        new Health(settings),
                        announcer,
                        "callback-processor",
                        "https://runbooks.example.test",
                        clock),
                announcer,
                settings,
                _ -> Mender.CARRIER,
                "callback-processor",
                clock);
        store.onEffect(lives::effect);
        bus.onEffect(lives::effect);
        carrier.scripted().onEffect((call, moment) -> lives.effect(call + ":" + moment));
    }

    static Imei imei(int device) {
        return SampleFleet.imei(device);
    }

    /** Somebody orders a device, under the id of its first order or of another one. */
    void order(int device, boolean again) {
        ObjectNode detail = EdgeJson.JSON
                .createObjectNode()
                .put("schemaVersion", 1)
                .put("onboardingId", (again ? "again-" : "order-") + device)
                .put("imei", imei(device).digits())
                .put("iccid", SampleFleet.iccid(device).digits())
                .put("account", ACCOUNT)
                .put("carrier", realm);
        send(detail);
    }

    private void send(JsonNode detail) {
        ObjectNode envelope = EdgeJson.JSON
                .createObjectNode()
                .put("source", "onboarding.example.test")
                .put("detail-type", "DeviceOnboardingRequested");
        envelope.set("detail", detail);
        queue.add(new Message(envelope.toString(), clock.instant()));
    }

    /** The queue hands on what is visible; the process ends at its n-th effect, if it has so many. */
    void work(int death) {
        List<Message> batch = queue.stream()
                .filter(message -> !message.visibleAt().isAfter(clock.instant()))
                .limit(BATCH)
                .toList();
        queue.removeAll(batch);
        List<Verdict> verdicts = new ArrayList<>();
        lives.until(
                death,
                () -> verdicts.addAll(
                        orders.deliver(batch.stream().map(Message::body).toList())));
        for (int place = 0; place < batch.size(); place++) {
            boolean isDone = place < verdicts.size() && !(verdicts.get(place) instanceof Verdict.Again);
            if (!isDone) {
                queue.add(new Message(batch.get(place).body(), clock.instant().plus(VISIBILITY)));
            }
        }
        takeRequests();
    }

    /** A message that is given up on. */
    void lose() {
        if (!queue.isEmpty()) {
            queue.removeFirst();
        }
    }

    /** The schedule of onboarding-reconciler; the process ends at its n-th effect, if it has so many. */
    void tick(int death) {
        lives.until(death, reconciler::tick);
        takeRequests();
    }

    /** outbox-relay publishes what a death has left. */
    void relay() {
        announcer.publishStored(outbox.decidedBefore(clock.instant().minus(Duration.ofMinutes(1)), 100));
        takeRequests();
    }

    /** The rule of the bus: orders that we send ourselves go into the queue like any other. */
    private void takeRequests() {
        List<Outgoing> requests = bus.published("DeviceOnboardingRequested");
        requests.subList(taken, requests.size()).forEach(request -> send(detail(request)));
        taken = requests.size();
    }

    /** The carrier ends an activation that it has taken: well, or else badly. */
    void progress(int device, boolean works, boolean saysSo) {
        Imei imei = imei(device);
        if (!carrier.underWay().contains(imei)) {
            return;
        }
        if (works) {
            carrier.works(imei);
            if (saysSo) {
                callBack(device, true, carrier.requestOf(imei));
            }
        } else if (realm.equals("m2m")) {
            carrier.fails(imei, saysSo ? LineState.NOT_ACTIVE : LineState.DEACTIVATED);
            if (saysSo) {
                callBack(device, false, carrier.requestOf(imei));
            }
        }
    }

    /** The carrier says something that is not so, or answers somebody else. */
    void contradict(int device) {
        if (realm.equals("m2m")) {
            callBack(device, false, Optional.of("request-of-somebody-else"));
            if (carrier.isActive(imei(device))) {
                callBack(device, false, carrier.requestOf(imei(device)));
            }
        }
    }

    private void callBack(int device, boolean works, Optional<String> request) {
        if (realm.equals("core")) {
            return;
        }
        ObjectNode body = EdgeJson.JSON.createObjectNode().put("status", works ? "Success" : "Failed");
        // so that each is a delivery of its own
        body.put("username", "made-up-" + bodies++);
        request.ifPresent(id -> body.put("requestId", id));
        body.putArray("deviceIds").addObject().put("id", imei(device).digits()).put("kind", "imei");
        if (works) {
            body.putObject("deviceResponse").putObject("activateResponse").put("state", "Active");
        } else {
            body.putObject("faultResponse").put("faultcode", "UnifiedWebService.REQUEST_FAILED.DeviceNotFound");
        }
        stream.add(Deliveries.calledBack("CarrierService", body.toString().getBytes(UTF_8), clock.instant()));
    }

    /** The stream hands on a callback, some time after it came; who dies of it gets it again. */
    void hear(int which, int death) {
        if (!stream.isEmpty()) {
            Delivery delivery = stream.remove(which % stream.size());
            apply(delivery, death);
            delivered.add(delivery);
        }
    }

    /** One that was heard is heard once more. */
    void hearAgain(int which) {
        if (!delivered.isEmpty()) {
            apply(delivered.get(which % delivered.size()), Lives.NEVER);
        }
    }

    /** A callback that never comes. */
    void loseCallback(int which) {
        if (!stream.isEmpty()) {
            stream.remove(which % stream.size());
        }
    }

    /** A device that is on the network reports. */
    void report(int device, int death) {
        if (carrier.isActive(imei(device)) && registry.find(imei(device)).isPresent()) {
            String body = """
                    {"kind":"ts.event","action":"create","data":{"kind":"ts.event","id":"report-%d","versionid":"1",
                     "deviceid":"%s","imei":"%s","createdon":"%s","lastupdated":"%s","fields":{"battery":"80"}}}
                    """.formatted(
                            bodies++,
                            ScriptedCarrier.uidOf(imei(device)).value(),
                            imei(device).digits(),
                            clock.instant(),
                            clock.instant());
            apply(Deliveries.streamed(body, clock.instant()), death);
        }
    }

    private void apply(Delivery delivery, int death) {
        if (!lives.until(death, () -> applying.run(delivery))) {
            applying.run(delivery);
        }
    }

    /** The next such call is carried out and its answer lost. */
    void losesAnswer(Call call) {
        carrier.scripted().losesNextAnswer(call);
    }

    /** Everything works from now on, for long enough. */
    void settle(boolean isEveryActivationWorking) {
        for (int round = 0; round < 6 * 24 * 3; round++) {
            clock.forward(TICK);
            relay();
            work(Lives.NEVER);
            tick(Lives.NEVER);
            for (int device = 1; device <= DEVICES; device++) {
                if (isEveryActivationWorking) {
                    progress(device, true, false);
                    report(device, Lives.NEVER);
                }
            }
        }
    }

    Optional<Device> device(int device) {
        return registry.find(imei(device));
    }

    /** Whether a person was told of it in these words. */
    boolean isTold(int device, String code) {
        return Stream.concat(bus.published().stream(), store.outbox().stream())
                .filter(event -> event.detailType().equals("DeviceOnboardingStuck"))
                .map(World::detail)
                .anyMatch(detail ->
                        detail.path("imei").asText().equals(imei(device).digits())
                                && detail.path("code").asText().equals(code));
    }

    private static JsonNode detail(Outgoing event) {
        try {
            return EdgeJson.JSON.readTree(event.detail());
        } catch (JsonProcessingException e) {
            throw new AssertionError("the detail is not JSON", e);
        }
    }
}
