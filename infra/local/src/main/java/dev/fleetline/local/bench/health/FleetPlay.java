package dev.fleetline.local.bench.health;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.fleetline.alert.JudgeDevice;
import dev.fleetline.applying.Applied;
import dev.fleetline.applying.ApplyDelivery;
import dev.fleetline.callback.Deliveries;
import dev.fleetline.callback.Delivery;
import dev.fleetline.device.Consequences;
import dev.fleetline.device.Device;
import dev.fleetline.device.DeviceRegistry.Saved;
import dev.fleetline.device.Health;
import dev.fleetline.device.HealthSettings;
import dev.fleetline.device.Lifecycle;
import dev.fleetline.device.Mender;
import dev.fleetline.fleetevents.Announcer;
import dev.fleetline.fleetgenerator.GeneratedFleet;
import dev.fleetline.fleetgenerator.GeneratedFleet.Life;
import dev.fleetline.fleetgenerator.Member;
import dev.fleetline.fleetgenerator.Receipt;
import dev.fleetline.healthsweep.SweepPasses;
import dev.fleetline.lambda.EdgeJson;
import dev.fleetline.testing.InMemoryAlertBook;
import dev.fleetline.testing.InMemoryCallbackInbox;
import dev.fleetline.testing.InMemoryClaims;
import dev.fleetline.testing.InMemoryDeviceRegistry;
import dev.fleetline.testing.InMemoryFiles;
import dev.fleetline.testing.InMemoryOutbox;
import dev.fleetline.testing.InMemoryStore;
import dev.fleetline.testing.MovableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Plays the life of a made-up fleet through the use cases that judge it: every report as the processor applies it, every
 * pass as the sweep makes it. Only the stores are in memory, the carrier is the fleet's own, and the clock is the play's.
 */
final class FleetPlay {

    private static final String ACCOUNT = "0999000001-00001";
    private static final String RUNBOOKS = "https://runbooks.example.test";
    private static final int NIGHTS_BETWEEN_WORDS = 10;
    private static final Duration BETWEEN_PASSES = Duration.ofMinutes(15);

    /** After the start of a day of UTC. */
    private static final Duration NIGHTLY_AT = Duration.ofHours(5);

    private final GeneratedFleet fleet;
    private final Life life;
    private final MovableClock clock;
    private final Listener listener = new Listener();
    private final InMemoryDeviceRegistry devices;
    private final ApplyDelivery applyDelivery;
    private final PlayedWorld world;
    private final SweepPasses passes;
    private long reports;

    FleetPlay(GeneratedFleet fleet) {
        this.fleet = fleet;
        this.life = fleet.life();
        this.clock = new MovableClock(fleet.plan().start());
        InMemoryStore store = new InMemoryStore();
        this.devices = new InMemoryDeviceRegistry(store);
        var alerts = new InMemoryAlertBook(store);
        var announcer = new Announcer(new InMemoryOutbox(store), listener);
        this.applyDelivery = new ApplyDelivery(
                devices,
                new InMemoryCallbackInbox(store),
                new JudgeDevice(
                        devices,
                        alerts,
                        new Health(HealthSettings.DEFAULTS),
                        announcer,
                        "callback-processor",
                        RUNBOOKS,
                        clock),
                announcer,
                HealthSettings.DEFAULTS,
                _ -> Mender.OPERATIONS,
                "callback-processor",
                clock);
        this.world = new PlayedWorld(fleet, life, announcer, clock);
        this.passes = new SweepPasses(
                new SweepPasses.Stores(
                        devices,
                        alerts,
                        new AppliedInbox(applyDelivery),
                        new InMemoryClaims(store),
                        new InMemoryFiles(),
                        announcer),
                world.world(),
                new SweepPasses.Terms(
                        HealthSettings.DEFAULTS, ACCOUNT, RUNBOOKS, List.of(), 500, 4, 100, Duration.ofSeconds(10)),
                clock);
    }

    /** Whoever was told, after all of it. */
    Listener run(Consumer<String> progress) {
        fleet.members().forEach(this::add);
        Instant end = fleet.plan().end();
        Instant nextPass = clock.instant().plus(BETWEEN_PASSES);
        for (int day = 1; life.hasNext(); day++) {
            Instant midnight = fleet.plan().start().plus(Duration.ofDays(day));
            for (Receipt receipt : life.next()) {
                nextPass = passesUntil(receipt.receivedAt(), nextPass);
                clock.set(receipt.receivedAt());
                apply(receipt);
            }
            nextPass = passesUntil(midnight, nextPass);
            if (day % NIGHTS_BETWEEN_WORDS == 0) {
                progress.accept("after %d nights: %d reports, %d alerts told"
                        .formatted(day, reports, listener.alerts().size()));
            }
        }
        clock.set(end);
        return listener;
    }

    long reports() {
        return reports;
    }

    private Instant passesUntil(Instant moment, Instant first) {
        Instant next = first;
        while (!next.isAfter(moment)) {
            clock.set(next);
            world.look();
            boolean isNightly =
                    Duration.between(fleet.plan().start(), next).toSeconds() % 86_400 == NIGHTLY_AT.toSeconds();
            if (isNightly) {
                passes.fleet();
            } else {
                passes.overdue();
            }
            next = next.plus(BETWEEN_PASSES);
        }
        return next;
    }

    private void add(Member member) {
        Instant now = clock.instant();
        Device ordered = Device.requested(
                member.imei(),
                new Device.Order("order-" + member.number(), member.iccid(), ACCOUNT, member.carrier()),
                new Device.Profile(
                        Optional.of("Tracker " + member.number()),
                        Optional.empty(),
                        member.site(),
                        Optional.of(member.model()),
                        member.declaredInterval(),
                        Optional.empty()),
                now);
        Saved saved =
                devices.save(ordered.knownAs(member.uid()).in(new Lifecycle.ActiveUnseen(now)), Consequences.NONE);
        if (!(saved instanceof Saved.Stored)) {
            throw new IllegalStateException("device " + member.imei() + " is not new: " + saved);
        }
    }

    private void apply(Receipt receipt) {
        reports++;
        Delivery delivery = Deliveries.streamed(json(receipt.event()), receipt.receivedAt());
        Applied applied = applyDelivery.run(delivery);
        if (!(applied instanceof Applied.Done)) {
            throw new IllegalStateException("a report of " + receipt.member().imei() + " was not applied: " + applied);
        }
    }

    static String json(Map<String, Object> event) {
        try {
            return new String(
                    EdgeJson.JSON.writeValueAsBytes(Map.of("kind", "ts.event", "action", "create", "data", event)),
                    UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a made-up report is no JSON", e);
        }
    }
}
