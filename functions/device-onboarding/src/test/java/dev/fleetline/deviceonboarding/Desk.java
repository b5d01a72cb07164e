package dev.fleetline.deviceonboarding;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetline.carrier.CarrierGateway;
import dev.fleetline.carrier.FreshToken;
import dev.fleetline.device.Device;
import dev.fleetline.device.Imei;
import dev.fleetline.device.Lifecycle;
import dev.fleetline.fleetevents.Announcer;
import dev.fleetline.fleetevents.Outgoing;
import dev.fleetline.lambda.EdgeJson;
import dev.fleetline.lambda.Verdict;
import dev.fleetline.onboarding.OrderRules;
import dev.fleetline.testing.InMemoryDeviceRegistry;
import dev.fleetline.testing.InMemoryOutbox;
import dev.fleetline.testing.InMemoryStore;
import dev.fleetline.testing.MovableClock;
import dev.fleetline.testing.RecordingFleetEvents;
import dev.fleetline.testing.RecordingPause;
import dev.fleetline.testing.TurningTokens;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** The function with its stand-ins around it; only the carrier is given. */
final class Desk {

    static final Duration FLIGHT = Duration.ofSeconds(30);
    static final Duration VISIBILITY = Duration.ofMinutes(12);

    final MovableClock clock = MovableClock.at("2026-03-02T15:00:00Z");
    final InMemoryStore store = new InMemoryStore();
    final InMemoryDeviceRegistry registry = new InMemoryDeviceRegistry(store);
    final RecordingFleetEvents bus = new RecordingFleetEvents();
    final RecordingPause pause = new RecordingPause();
    final TurningTokens tokens = new TurningTokens("synthetic-token");
    private final TakeOrder takeOrder;

    Desk(CarrierGateway carrier) {
        Announcer announcer = new Announcer(new InMemoryOutbox(store), bus);
        FreshToken freshToken =
                new FreshToken(OnboardingEvents.MODULE, tokens, announcer, clock, pause::of, new Random(1));
        takeOrder = new TakeOrder(
                new OrderRules("0999000001-00001", "core"),
                new OnboardDevice(registry, carrier, freshToken, announcer, clock, FLIGHT),
                announcer,
                clock);
    }

    TakeOrder takeOrder() {
        return takeOrder;
    }

    Verdict deliver(String message) {
        return takeOrder.run(message);
    }

    /** Delivers the message again and again, as the queue does, until it is done with. */
    Verdict deliverUntilDone(String message) {
        for (int delivery = 0; delivery < 10; delivery++) {
            if (deliver(message) instanceof Verdict.Done done) {
                return done;
            }
            clock.forward(VISIBILITY);
        }
        throw new AssertionError("not done after ten deliveries");
    }

    Device device(Imei imei) {
        return registry.find(imei).orElseThrow(() -> new AssertionError("no such device is stored"));
    }

    Lifecycle lifecycle(Imei imei) {
        return device(imei).lifecycle();
    }

    /** Published or waiting for outbox-relay: either way it is not lost. */
    List<String> told() {
        return Stream.concat(bus.published().stream(), store.outbox().stream())
                .map(Outgoing::detailType)
                .distinct()
                .sorted()
                .toList();
    }

    JsonNode detailOf(String detailType) {
        List<Outgoing> published = bus.published(detailType);
        if (published.size() != 1) {
            throw new AssertionError("expected one " + detailType + " on the bus, found " + published.size());
        }
        try {
            return EdgeJson.JSON.readTree(published.getFirst().detail());
        } catch (JsonProcessingException e) {
            throw new AssertionError("the detail is not JSON", e);
        }
    }
}
