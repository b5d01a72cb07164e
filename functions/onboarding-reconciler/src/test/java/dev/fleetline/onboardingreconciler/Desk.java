package dev.fleetline.onboardingreconciler;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetline.carrier.CarrierGateway;
import dev.fleetline.carrier.CarrierGateway.Activation;
import dev.fleetline.carrier.CarrierGateway.CarrierDevice;
import dev.fleetline.carrier.CarrierGateway.Line;
import dev.fleetline.carrier.CarrierGateway.NewDevice;
import dev.fleetline.carrier.CarrierReply.Ok;
import dev.fleetline.carrier.Carriers;
import dev.fleetline.carrier.Carriers.Platform;
import dev.fleetline.carrier.FreshToken;
import dev.fleetline.device.Consequences;
import dev.fleetline.device.Device;
import dev.fleetline.device.DeviceRegistry.Saved;
import dev.fleetline.device.Imei;
import dev.fleetline.device.Lifecycle;
import dev.fleetline.fleetevents.Announcer;
import dev.fleetline.fleetevents.Outgoing;
import dev.fleetline.lambda.Deadline;
import dev.fleetline.lambda.EdgeJson;
import dev.fleetline.onboardingreconciler.FindDrift.Compared;
import dev.fleetline.onboardingreconciler.ReconcileWaiting.Reconciled;
import dev.fleetline.testing.InMemoryDeviceHistory;
import dev.fleetline.testing.InMemoryDeviceRegistry;
import dev.fleetline.testing.InMemoryOutbox;
import dev.fleetline.testing.InMemoryStore;
import dev.fleetline.testing.MovableClock;
import dev.fleetline.testing.RecordingFleetEvents;
import dev.fleetline.testing.RecordingPause;
import dev.fleetline.testing.SampleFleet;
import dev.fleetline.testing.ScriptedCarrier;
import dev.fleetline.testing.TurningTokens;
import dev.fleetline.tokens.TokenRealm;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/** The function with its stand-ins around it, and what device-onboarding has done before. */
final class Desk {

    static final String ACCOUNT = "0999000001-00001";
    static final int LINE_ACTIONS = 3;

    private static final Duration RESERVE = Duration.ofSeconds(10);
    private static final Deadline PLENTY = () -> Duration.ofMinutes(5);

    final MovableClock clock = MovableClock.at("2026-03-02T15:00:00Z");
    final InMemoryStore store = new InMemoryStore();
    final InMemoryDeviceRegistry registry = new InMemoryDeviceRegistry(store);
    final RecordingFleetEvents bus = new RecordingFleetEvents();
    private final Map<String, ScriptedCarrier> carriers =
            Map.of("core", new ScriptedCarrier(), "m2m", ScriptedCarrier.ofLines());
    final ReconcileWaiting reconcileWaiting;
    final FindDrift findDrift;
    final ServeByHand serveByHand;

    Desk() {
        var announcer = new Announcer(new InMemoryOutbox(store), bus);
        var freshToken = new FreshToken(
                ReconcilerEvents.MODULE,
                new TurningTokens("synthetic-token"),
                announcer,
                clock,
                new RecordingPause()::of,
                new Random(1));
        var asked = new Carriers(
                Map.of(
                        "core", new Platform(carrier("core"), TokenRealm.CORE),
                        "m2m", new Platform(carrier("m2m"), TokenRealm.M2M)),
                freshToken);
        var takeStep = new TakeStep(registry, announcer);
        reconcileWaiting =
                new ReconcileWaiting(registry, asked, new WaitingRules(LINE_ACTIONS), takeStep, clock, RESERVE);
        findDrift = new FindDrift(registry, asked, takeStep, clock, RESERVE);
        serveByHand = new ServeByHand(
                registry,
                new InMemoryDeviceHistory(store),
                new ListOrders(registry, clock, RESERVE),
                asked,
                new HandRules(LINE_ACTIONS),
                takeStep,
                clock);
    }

    ScriptedCarrier carrier(String name) {
        return Optional.ofNullable(carriers.get(name)).orElseThrow();
    }

    Instant now() {
        return clock.instant();
    }

    /** An order that was just placed. */
    Device ordered(int number, String carrier) {
        Device sample = SampleFleet.ordered(number);
        boolean isM2m = carrier.equals("m2m");
        var order = new Device.Order(
                sample.order().onboardingId(),
                sample.order().iccid(),
                ACCOUNT,
                carrier,
                isM2m ? Optional.of("m2m_4G") : Optional.empty(),
                isM2m ? Optional.of("98801") : Optional.empty());
        return Device.requested(sample.imei(), order, sample.profile(), now());
    }

    /** An order whose device the carrier has and has not been asked to activate. */
    Device registered(int number, String carrier) {
        Device device = ordered(number, carrier);
        var reply = carrier(carrier).register(new NewDevice(line(device), "tracker " + number));
        CarrierDevice known = ((Ok<CarrierDevice>) reply).value();
        Device named = known.uid().map(device::knownAs).orElse(device);
        return stored(named.in(new Lifecycle.Registered(now())));
    }

    /** Its activation is about to be sent. */
    Device sending(Device registered) {
        return stored(registered.activating(
                new Lifecycle.Registered(now()).activating(now()),
                shown(registered).revision()));
    }

    /** The carrier has taken its activation, and nobody has stored that yet. */
    Optional<String> sent(Device sending) {
        CarrierGateway carrier = carrier(sending.order().carrier());
        var reply = carrier.activate(new Activation(
                ACCOUNT, sending.order().servicePlan(), sending.order().zip(), List.of(line(sending))));
        return ((Ok<CarrierGateway.Acceptance>) reply).value().requestId();
    }

    /** The carrier has accepted its activation, with that of others. */
    Device accepted(int number, String carrier) {
        return accepted(number, carrier, false);
    }

    /** The carrier has accepted an activation of nothing but this line. */
    Device acceptedAlone(int number) {
        return accepted(number, "m2m", true);
    }

    private Device accepted(int number, String carrier, boolean isAlone) {
        Device sending = sending(registered(number, carrier));
        Optional<String> request = sent(sending);
        return stored(sending.accepted(new Lifecycle.Activating(true, now()), request, isAlone));
    }

    /** Nobody knows whether the carrier has taken its activation. */
    Device unclear(Device sending) {
        return stored(sending.in(new Lifecycle.Unclear(now())));
    }

    Device inService(int number, String carrier) {
        Device device = registered(number, carrier);
        carrier(carrier).becomesReady(device.imei());
        return stored(device.in(new Lifecycle.InService(now())));
    }

    Device stored(Device device) {
        Saved saved = registry.save(device, Consequences.NONE);
        if (saved instanceof Saved.Stored(var stored)) {
            return stored;
        }
        throw new AssertionError("not stored: " + saved);
    }

    /** What the carrier has of it. */
    CarrierDevice shown(Device device) {
        var reply = carrier(device.order().carrier()).find(line(device));
        return ((Ok<Optional<CarrierDevice>>) reply).value().orElseThrow();
    }

    private static Line line(Device device) {
        return new Line(device.imei(), device.order().iccid(), ACCOUNT, device.uid());
    }

    /** Looks after those that wait, so much later. */
    Reconciled after(Duration while_) {
        clock.forward(while_);
        return reconcileWaiting.run(PLENTY);
    }

    /** Looks after those that wait every ten minutes, for so long. */
    void everyTenMinutesFor(Duration time) {
        Instant end = now().plus(time);
        while (now().isBefore(end)) {
            after(Duration.ofMinutes(10));
        }
    }

    /** The nightly comparison, a day later. */
    Compared night() {
        clock.forward(Duration.ofDays(1));
        return findDrift.run(Optional.empty(), false, PLENTY);
    }

    Device device(Imei imei) {
        return registry.find(imei).orElseThrow(() -> new AssertionError("no such device is stored"));
    }

    Lifecycle lifecycle(Device device) {
        return device(device.imei()).lifecycle();
    }

    /** Published or waiting for outbox-relay: either way it is not lost; each event once. */
    List<Outgoing> told(String detailType) {
        return Stream.concat(bus.published().stream(), store.outbox().stream())
                .filter(event -> event.detailType().equals(detailType))
                .distinct()
                .toList();
    }

    List<String> codes(String detailType) {
        return told(detailType).stream()
                .map(Desk::detail)
                .map(detail -> detail.path("code").asText())
                .toList();
    }

    static JsonNode detail(Outgoing event) {
        try {
            return EdgeJson.JSON.readTree(event.detail());
        } catch (JsonProcessingException e) {
            throw new AssertionError("the detail is not JSON", e);
        }
    }
}
