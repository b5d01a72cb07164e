package dev.fleetline.callbacksecretrotation;

import dev.fleetline.callback.CallbackSecret;
import dev.fleetline.callback.CallbackSecretVersions.Version;
import dev.fleetline.callback.Deliveries;
import dev.fleetline.callback.Delivery;
import dev.fleetline.callbacksecretrotation.RotateCallbackSecret.OnThePlatform;
import dev.fleetline.callbacksecretrotation.RotationStep.CreateSecret;
import dev.fleetline.callbacksecretrotation.RotationStep.FinishSecret;
import dev.fleetline.callbacksecretrotation.RotationStep.SetSecret;
import dev.fleetline.callbacksecretrotation.RotationStep.TestSecret;
import dev.fleetline.carrier.CallbackListeners.Listener;
import dev.fleetline.carrier.CarrierReply;
import dev.fleetline.carrier.CarrierReply.Ok;
import dev.fleetline.carrier.CarrierReply.TokenRefused;
import dev.fleetline.carrier.CarrierStreams.StreamTarget;
import dev.fleetline.carrier.CarrierStreams.Target;
import dev.fleetline.carrier.FreshToken;
import dev.fleetline.carrier.OurAddresses;
import dev.fleetline.carrier.TargetNames;
import dev.fleetline.device.Consequences;
import dev.fleetline.fleetevents.Announcer;
import dev.fleetline.lambda.Deadline;
import dev.fleetline.testing.InMemoryCallbackInbox;
import dev.fleetline.testing.InMemoryCallbackSecretVersions;
import dev.fleetline.testing.InMemoryClaims;
import dev.fleetline.testing.InMemoryDeviceRegistry;
import dev.fleetline.testing.InMemoryListeners;
import dev.fleetline.testing.InMemoryOutbox;
import dev.fleetline.testing.InMemoryStore;
import dev.fleetline.testing.InMemoryStreams;
import dev.fleetline.testing.InMemoryStreams.Sent;
import dev.fleetline.testing.MadeUpRandom;
import dev.fleetline.testing.MovableClock;
import dev.fleetline.testing.RecordingFleetEvents;
import dev.fleetline.testing.RecordingPause;
import dev.fleetline.testing.SampleFleet;
import dev.fleetline.testing.TurningTokens;
import dev.fleetline.tokens.TokenRealm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/** A platform that streams and calls back, a receiver that lets in who shows a value that counts, and the rotation. */
final class RotationLab {

    static final String V1 = "00000000-0000-4000-8000-000000000001";
    static final String V2 = "00000000-0000-4000-8000-000000000002";
    static final String V3 = "00000000-0000-4000-8000-000000000003";
    static final String STREAM_URL = "https://rx.example.test/unguessable/stream";
    static final String CALLBACKS_URL = "https://rx.example.test/unguessable/callbacks";
    static final CallbackSecret OF_PEOPLE =
            new CallbackSecret("cbuser", "cb-secret-example", "stream-key-example", Map.of());
    static final OurAddresses OURS = new OurAddresses("rx.example.test");
    static final Deadline FAR = () -> Duration.ofMinutes(10);

    final MovableClock clock = MovableClock.at("2026-03-02T15:00:00Z");
    final InMemoryCallbackSecretVersions versions =
            new InMemoryCallbackSecretVersions(() -> clock.instant().plus(secretsManagerIsAhead()));
    final InMemoryStreams streams = new InMemoryStreams(clock);
    final InMemoryListeners listeners = new InMemoryListeners(clock);
    final InMemoryStore store = new InMemoryStore();
    final InMemoryDeviceRegistry registry = new InMemoryDeviceRegistry(store);
    final InMemoryCallbackInbox inbox = new InMemoryCallbackInbox(store);
    final RecordingPause pause = new RecordingPause();
    final RecordingFleetEvents bus = new RecordingFleetEvents();
    final TurningTokens tokens = new TurningTokens("synthetic-token");
    final Set<String> reported = new TreeSet<>();
    final List<String> shownInVain = new ArrayList<>();
    Duration secretsManagerIsAhead = Duration.ZERO;
    boolean m2mIsSetUp = true;
    int gapDevices = 100;

    RotationLab() {
        streams.sendsTo(this::receive);
    }

    /** Nothing is streamed to us, and one service calls back; the secret is a day old. */
    static RotationLab withoutAStream() {
        RotationLab lab = new RotationLab();
        lab.versions.has(V1, OF_PEOPLE);
        lab.isCalledBackBy("CarrierService");
        lab.clock.forward(Duration.ofDays(1));
        return lab;
    }

    /** A fleet of some devices, our stream and two listeners, and what belongs to others; the secret is a day old. */
    static RotationLab inService() {
        RotationLab lab = new RotationLab();
        lab.versions.has(V1, OF_PEOPLE);
        lab.versions.rotationIs(true);
        lab.hasDevices(3);
        lab.isStreamedTo();
        lab.isCalledBackBy("CarrierService");
        lab.isCalledBackBy("DeviceService");
        yes(lab.streams.createTarget(new StreamTarget("theirs", "https://elsewhere.example.test/stream", "their-key")));
        yes(lab.listeners.register(new Listener(
                "NiddService", "https://elsewhere.example.test/callbacks/NiddService", "they", "their-password")));
        lab.clock.forward(Duration.ofDays(1));
        return lab;
    }

    void hasDevices(int count) {
        for (int number = 1; number <= count; number++) {
            registry.save(SampleFleet.inService(number), Consequences.NONE);
        }
    }

    void isStreamedTo() {
        String target = yes(streams.createTarget(new StreamTarget("fleetline", STREAM_URL, OF_PEOPLE.streamKey())));
        yes(streams.createSubscription(target, "ts.event", "fleetline-events"));
    }

    void isCalledBackBy(String service) {
        yes(listeners.register(
                new Listener(service, CALLBACKS_URL + "/" + service, OF_PEOPLE.username(), OF_PEOPLE.password())));
    }

    /** A device says something; the platform streams it to whoever is subscribed. */
    void reports(int device) {
        String id = "event-" + (reported.size() + 1);
        reported.add(id);
        streams.reports(
                SampleFleet.uid(device),
                "{\"kind\":\"ts.event\",\"action\":\"create\",\"data\":{\"kind\":\"ts.event\",\"id\":\"" + id
                        + "\",\"versionid\":\"v\",\"deviceid\":\""
                        + SampleFleet.uid(device).value() + "\"}}");
    }

    private void receive(Sent sent) {
        if (!OURS.isStream(sent.address())) {
            return;
        }
        if (versions.counting().stream().map(CallbackSecret::streamKey).noneMatch(sent.key()::equals)) {
            shownInVain.add("the stream key");
            return;
        }
        inbox.put(Deliveries.streamed(sent.message(), clock.instant()));
    }

    /** A service calls back, with what it was registered with so long ago, if it calls anybody. */
    void callsBack(String service, Duration stale) {
        listeners
                .shownBy(service, stale)
                .filter(shown -> shown.url().startsWith(CALLBACKS_URL))
                .ifPresent(shown -> {
                    if (versions.counting().stream()
                            .map(CallbackSecret::password)
                            .noneMatch(shown.password()::equals)) {
                        shownInVain.add("the password of " + service + " of " + stale + " ago");
                    }
                });
    }

    /** Which of the reports are in the table. */
    Set<String> stored() {
        Set<String> ids = new TreeSet<>();
        for (Delivery delivery : store.deliveries()) {
            reported.stream()
                    .filter(id -> delivery.payload().contains("\"" + id + "\""))
                    .forEach(ids::add);
        }
        return ids;
    }

    private Duration secretsManagerIsAhead() {
        return secretsManagerIsAhead;
    }

    RotateCallbackSecret rotation() {
        var announcer = new Announcer(new InMemoryOutbox(store), bus);
        var freshToken = new FreshToken(
                CallbackSecretRotationHandler.FUNCTION, tokens, announcer, clock, pause::of, new Random(1));
        var names = new TargetNames(new InMemoryClaims(store), clock);
        return new RotateCallbackSecret(
                versions,
                new OnThePlatform(
                        new StreamMove(streams, OURS, names, freshToken),
                        new ListenerChange(listeners, OURS, freshToken),
                        () -> m2mIsSetUp,
                        new FillGap(streams, freshToken, registry, inbox, clock, gapDevices)),
                new NewValue(new MadeUpRandom(new Random(7))),
                clock,
                pause::of);
    }

    String create(String version) {
        return rotation().run(new CreateSecret(InMemoryCallbackSecretVersions.ARN, version), FAR);
    }

    String set(String version) {
        return rotation().run(new SetSecret(InMemoryCallbackSecretVersions.ARN, version), FAR);
    }

    String test(String version) {
        return rotation().run(new TestSecret(InMemoryCallbackSecretVersions.ARN, version), FAR);
    }

    String finish(String version) {
        return rotation().run(new FinishSecret(InMemoryCallbackSecretVersions.ARN, version), FAR);
    }

    /** From its n-th call on, streams and listeners counted together, the platform knows the token no more. */
    void tokenDiesAtCall(int call) {
        int[] calls = {0};
        streams.onEffect(effect -> {
            if (effect.endsWith(":before") && ++calls[0] == call) {
                streams.answersNext(new TokenRefused<>(TurningTokens.secret(TokenRealm.CORE), "v1"));
            }
        });
        listeners.onEffect(effect -> {
            if (effect.endsWith(":before") && ++calls[0] == call) {
                listeners.answersNext(new TokenRefused<>(TurningTokens.secret(TokenRealm.M2M), "v1"));
            }
        });
    }

    /** As Secrets Manager does it when nothing goes wrong. */
    void rotatesTo(String version) {
        versions.begins(version);
        create(version);
        set(version);
        test(version);
        finish(version);
        versions.hasRotated();
    }

    CallbackSecret valueOf(String version) {
        return versions.version(version).map(Version::value).orElseThrow();
    }

    Optional<String> passwordShownBy(String service) {
        return listeners.shownBy(service, Duration.ZERO).map(Listener::password);
    }

    List<Target> targets() {
        return yes(streams.targets());
    }

    static <T> T yes(CarrierReply<T> reply) {
        if (reply instanceof Ok<T>(var value)) {
            return value;
        }
        throw new AssertionError("expected yes, but the carrier answered " + reply);
    }
}
