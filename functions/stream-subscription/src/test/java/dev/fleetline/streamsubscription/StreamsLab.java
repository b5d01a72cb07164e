package dev.fleetline.streamsubscription;

import dev.fleetline.callback.CallbackSecret;
import dev.fleetline.carrier.CallbackListeners.Listener;
import dev.fleetline.carrier.CarrierReply;
import dev.fleetline.carrier.CarrierReply.Ok;
import dev.fleetline.carrier.CarrierReply.TryLater;
import dev.fleetline.carrier.CarrierStreams.StreamTarget;
import dev.fleetline.carrier.CarrierStreams.Subscription;
import dev.fleetline.carrier.CarrierStreams.Target;
import dev.fleetline.carrier.FreshToken;
import dev.fleetline.carrier.OurAddresses;
import dev.fleetline.carrier.OurStreams;
import dev.fleetline.carrier.TargetNames;
import dev.fleetline.fleetevents.Announcer;
import dev.fleetline.fleetevents.TellState;
import dev.fleetline.streamsubscription.KeepSubscribed.OnThePlatform;
import dev.fleetline.streamsubscription.RepairListeners.Callers;
import dev.fleetline.streamsubscription.WantedSetup.Frame;
import dev.fleetline.testing.InMemoryCallbackSecretVersions;
import dev.fleetline.testing.InMemoryClaims;
import dev.fleetline.testing.InMemoryHearing;
import dev.fleetline.testing.InMemoryListeners;
import dev.fleetline.testing.InMemoryOutbox;
import dev.fleetline.testing.InMemorySignedListeners;
import dev.fleetline.testing.InMemorySigningKeys;
import dev.fleetline.testing.InMemoryStore;
import dev.fleetline.testing.InMemoryStreams;
import dev.fleetline.testing.MovableClock;
import dev.fleetline.testing.RecordingFleetEvents;
import dev.fleetline.testing.RecordingPause;
import dev.fleetline.testing.TurningTokens;
import dev.fleetline.tokens.TokenRealm;
import java.net.URI;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A platform with two worlds, the callback secret, what was heard, and the function's use cases over them. */
final class StreamsLab {

    static final String V1 = "00000000-0000-4000-8000-000000000001";
    static final String V2 = "00000000-0000-4000-8000-000000000002";
    static final String URL = "https://rx.example.test/unguessable";
    static final CallbackSecret SECRET =
            new CallbackSecret("cbuser", "cb-secret-example", "stream-key-example", Map.of());

    final MovableClock clock = MovableClock.at("2026-03-02T15:00:00Z");
    final InMemoryStreams core = new InMemoryStreams(clock);
    final InMemoryStreams cloudConnector = new InMemoryStreams(clock);
    final InMemoryListeners listeners = new InMemoryListeners(clock);
    final InMemorySignedListeners diagnostics = new InMemorySignedListeners(Set.of("Diagnostics"));
    final InMemorySignedListeners location = new InMemorySignedListeners(Set.of("Location", "DeviceLocation"));
    final InMemorySigningKeys keys = new InMemorySigningKeys();
    final InMemoryCallbackSecretVersions versions = new InMemoryCallbackSecretVersions(clock);
    final InMemoryHearing hearing = new InMemoryHearing();
    final InMemoryStore store = new InMemoryStore();
    final InMemoryClaims claims = new InMemoryClaims(store);
    final RecordingFleetEvents bus = new RecordingFleetEvents();
    final TurningTokens tokens = new TurningTokens("synthetic-token");
    final RecordingPause pause = new RecordingPause();
    final Set<TokenRealm> inUse = EnumSet.of(TokenRealm.CORE, TokenRealm.M2M);

    private final Announcer announcer = new Announcer(new InMemoryOutbox(store), bus);
    private Frame frame = frame("CarrierService", "DeviceService");
    private OnThePlatform platform;

    StreamsLab() {
        versions.has(V1, SECRET);
        platform = platform();
    }

    /** Somebody changes the settings: of the services that log in these alone are wanted. */
    void wantsOnly(String... services) {
        frame = frame(services);
        platform = platform();
    }

    private static Frame frame(String... services) {
        return new Frame(
                URI.create(URL), List.of("ts.event"), List.of(services), List.of("Diagnostics", "DeviceLocation"));
    }

    private OnThePlatform platform() {
        var freshToken = new FreshToken(
                StreamSubscriptionHandler.FUNCTION, tokens, announcer, clock, new RecordingPause()::of, new Random(1));
        var addresses = new OurAddresses("rx.example.test");
        var ours = new OurStreams(addresses);
        var names = new TargetNames(claims, clock);
        return new OnThePlatform(
                new RepairStreams(
                        new RepairStreams.Platform("core", TokenRealm.CORE, core), ours, names, freshToken, pause::of),
                List.of(new RepairStreams(
                        new RepairStreams.Platform("cloud-connector", TokenRealm.M2M, cloudConnector),
                        ours,
                        names,
                        freshToken,
                        pause::of)),
                Stream.of(
                                new Callers("listeners", frame.services(), new LoginDesk(listeners)),
                                new Callers(
                                        "diagnostics", List.of("Diagnostics"), new SignatureDesk(diagnostics, keys)),
                                new Callers("location", List.of("DeviceLocation"), new SignatureDesk(location, keys)))
                        .map(callers -> new RepairListeners(callers, addresses, freshToken, hearing, pause::of))
                        .toList(),
                ours,
                inUse::contains);
    }

    List<PartReply> repair() {
        return keep().repair(invocation());
    }

    /** What was said of one part. */
    static PartReply of(String part, List<PartReply> parts) {
        return parts.stream().filter(one -> one.part().equals(part)).findFirst().orElseThrow();
    }

    List<PartReply> watch() {
        return watch(invocation());
    }

    List<PartReply> watch(String holder) {
        return new WatchStreams(
                        platform,
                        frame,
                        () -> WantedSetup.of(frame, versions),
                        tornDown(),
                        hearing,
                        new TellState(StreamSubscriptionHandler.FUNCTION, claims, announcer),
                        new LastMended(claims),
                        new ToldStreams(claims),
                        Duration.ofHours(1),
                        clock)
                .run(holder);
    }

    KeepSubscribed keep() {
        return new KeepSubscribed(platform, () -> WantedSetup.of(frame, versions), tornDown(), hearing, claims, clock);
    }

    private TornDown tornDown() {
        return new TornDown(claims, hearing, frame.sources(), clock);
    }

    static String invocation() {
        return UUID.randomUUID().toString();
    }

    /** Reports for so many days, every hour; the clock goes with them. */
    void isHeardFor(int days) {
        for (int hour = 0; hour < days * 24; hour++) {
            hearing.heard("stream", clock.instant());
            clock.forward(Duration.ofHours(1));
        }
    }

    /** A platform that has no time for some calls of one kind. */
    static Consumer<String> busy(String effect, int before, int times, Consumer<CarrierReply<?>> answersNext) {
        var calls = new AtomicInteger();
        return seen -> {
            if (seen.equals(effect) && calls.incrementAndGet() > before && calls.get() <= before + times) {
                answersNext.accept(new TryLater<>(Duration.ofMinutes(1), "status 429"));
            }
        };
    }

    /** What belongs to somebody else of the account. */
    void othersHave(String streamKind) {
        String target = yes(
                core.createTarget(new StreamTarget("theirs", "https://elsewhere.example.test/stream", "their-key")));
        yes(core.createSubscription(target, streamKind, "theirs"));
    }

    List<Target> targets() {
        return yes(core.targets());
    }

    List<Subscription> subscriptions() {
        return yes(core.subscriptions());
    }

    List<Listener> listening() {
        return yes(listeners.listeners());
    }

    static <T> T yes(CarrierReply<T> reply) {
        if (reply instanceof Ok<T>(var value)) {
            return value;
        }
        throw new AssertionError("expected yes, but the carrier answered " + reply);
    }
}
