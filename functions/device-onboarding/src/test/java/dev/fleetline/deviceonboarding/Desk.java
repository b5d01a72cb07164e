package dev.fleetline.deviceonboarding;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetline.carrier.CarrierGateway;
import dev.fleetline.carrier.Carriers;
import dev.fleetline.carrier.Carriers.Platform;
import dev.fleetline.carrier.FreshToken;
import dev.fleetline.device.Device;
import dev.fleetline.device.Imei;
import dev.fleetline.device.Lifecycle;
import dev.fleetline.deviceonboarding.OnboardDevice.Limits;
import dev.fleetline.fleetevents.Announcer;
import dev.fleetline.fleetevents.Outgoing;
import dev.fleetline.lambda.BatchWork.Step;
import dev.fleetline.lambda.Deadline;
import dev.fleetline.lambda.EdgeJson;
import dev.fleetline.lambda.Verdict;
import dev.fleetline.onboarding.OrderRules;
import dev.fleetline.onboarding.OrderRules.Admitted;
import dev.fleetline.onboarding.OrderRules.Defaults;
import dev.fleetline.testing.InMemoryClaims;
import dev.fleetline.testing.InMemoryDeviceRegistry;
import dev.fleetline.testing.InMemoryOutbox;
import dev.fleetline.testing.InMemoryStore;
import dev.fleetline.testing.MovableClock;
import dev.fleetline.testing.RecordingFleetEvents;
import dev.fleetline.testing.RecordingPause;
import dev.fleetline.testing.TurningTokens;
import dev.fleetline.tokens.TokenRealm;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The function with its stand-ins around it; only the carrier is given. */
final class Desk {

    static final Duration FLIGHT = Duration.ofSeconds(30);
    static final Duration VISIBILITY = Duration.ofMinutes(12);
    static final int LINE_ACTIONS = 3;
    static final String ACCOUNT = "0999000001-00001";
    private static final Optional<String> NONE = Optional.empty();

    final MovableClock clock = MovableClock.at("2026-03-02T15:00:00Z");
    final InMemoryStore store = new InMemoryStore();
    final InMemoryDeviceRegistry registry = new InMemoryDeviceRegistry(store);
    final RecordingFleetEvents bus = new RecordingFleetEvents();
    final RecordingPause pause = new RecordingPause();
    final TurningTokens tokens = new TurningTokens("synthetic-token");
    private final TakeOrders takeOrders;

    /** Of a deployment whose devices are Core's. */
    Desk(CarrierGateway core) {
        this(Map.of("core", new Platform(core, TokenRealm.CORE)), new Defaults(ACCOUNT, "core", NONE, NONE));
    }

    /** Of a deployment whose lines are M2M's, with a plan and a ZIP of its own. */
    static Desk ofLines(CarrierGateway m2m) {
        return new Desk(
                Map.of("m2m", new Platform(m2m, TokenRealm.M2M)),
                new Defaults(ACCOUNT, "m2m", Optional.of("m2m_4G"), Optional.of("98801")));
    }

    Desk(Map<String, Platform> platforms, Defaults defaults) {
        this(platforms, defaults, Set.of("891480"), Set.of());
    }

    Desk(Map<String, Platform> platforms, Defaults defaults, Set<String> issuers, Set<String> tacs) {
        Announcer announcer = new Announcer(new InMemoryOutbox(store), bus);
        Carriers carriers = new Carriers(
                platforms, new FreshToken(OnboardingEvents.MODULE, tokens, announcer, clock, pause::of, new Random(1)));
        takeOrders = TakeOrders.of(
                new OrderRules(defaults, new Admitted(carriers.names(), issuers, tacs)),
                registry,
                carriers,
                new EndedOrders(new InMemoryClaims(store), clock),
                new Moves(registry, announcer, clock),
                new Limits(FLIGHT, LINE_ACTIONS));
    }

    TakeOrders takeOrders() {
        return takeOrders;
    }

    Verdict deliver(String message) {
        return deliverTogether(List.of(message)).getFirst();
    }

    /** Delivers a batch, as the queue does; with time enough. */
    List<Verdict> deliverTogether(List<String> messages) {
        return deliverTogether(messages, () -> Duration.ofMinutes(2));
    }

    List<Verdict> deliverTogether(List<String> messages, Deadline deadline) {
        List<Step<Ready>> steps = messages.stream().map(takeOrders::begin).toList();
        Iterator<Verdict> ends = takeOrders
                .end(
                        steps.stream()
                                .flatMap(step -> step instanceof Step.Ready<Ready>(var ready)
                                        ? Stream.of(ready)
                                        : Stream.empty())
                                .toList(),
                        deadline)
                .iterator();
        return steps.stream()
                .map(step -> step instanceof Step.Over<Ready>(var verdict) ? verdict : ends.next())
                .toList();
    }

    /** Delivers what is not done yet again and again, as the queue does. */
    void deliverUntilAllAreDone(List<String> messages) {
        List<String> left = messages;
        for (int delivery = 0; delivery < 10; delivery++) {
            List<Verdict> verdicts = deliverTogether(left);
            List<String> delivered = left;
            left = IntStream.range(0, delivered.size())
                    .filter(place -> !(verdicts.get(place) instanceof Verdict.Done))
                    .mapToObj(delivered::get)
                    .toList();
            if (left.isEmpty()) {
                return;
            }
            clock.forward(VISIBILITY);
        }
        throw new AssertionError(left.size() + " not done after ten deliveries");
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
