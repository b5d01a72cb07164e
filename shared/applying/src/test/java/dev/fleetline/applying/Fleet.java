package dev.fleetline.applying;

import dev.fleetline.alert.Alert;
import dev.fleetline.alert.JudgeDevice;
import dev.fleetline.callback.Accounts;
import dev.fleetline.callback.Deliveries;
import dev.fleetline.callback.Delivery;
import dev.fleetline.device.Condition;
import dev.fleetline.device.Consequences;
import dev.fleetline.device.Device;
import dev.fleetline.device.DeviceId;
import dev.fleetline.device.Health;
import dev.fleetline.device.HealthSettings;
import dev.fleetline.device.Iccid;
import dev.fleetline.device.Imei;
import dev.fleetline.device.Lifecycle;
import dev.fleetline.device.Mender;
import dev.fleetline.device.Severity;
import dev.fleetline.fleetevents.Announcer;
import dev.fleetline.fleetevents.Outgoing;
import dev.fleetline.testing.InMemoryAlertBook;
import dev.fleetline.testing.InMemoryCallbackInbox;
import dev.fleetline.testing.InMemoryDeviceRegistry;
import dev.fleetline.testing.InMemoryOutbox;
import dev.fleetline.testing.InMemoryStore;
import dev.fleetline.testing.MovableClock;
import dev.fleetline.testing.RecordingFleetEvents;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A fleet in memory, the deliveries of which are applied. */
final class Fleet {

    static final Imei TRACKER = new Imei("999999000000014");
    static final DeviceId TRACKER_UID = new DeviceId("d0c1e0a1-0000-6abc-f001-0123456789ab");
    static final Imei OTHER = new Imei("999999000000022");
    static final DeviceId OTHER_UID = new DeviceId("d0c1e0a1-0000-6abc-f001-0123456789ac");

    private static final Accounts OURS = new Accounts(Set.of("0999000001-00001"));

    private static final Instant ORDERED = Instant.parse("2026-03-02T14:00:00Z");

    final InMemoryStore store = new InMemoryStore();
    final InMemoryDeviceRegistry devices = new InMemoryDeviceRegistry(store);
    final InMemoryCallbackInbox inbox = new InMemoryCallbackInbox(store);
    final RecordingFleetEvents bus = new RecordingFleetEvents();
    final MovableClock clock = MovableClock.at("2026-03-02T16:06:00Z");
    final ApplyDelivery applyDelivery;

    Fleet() {
        Announcer announcer = new Announcer(new InMemoryOutbox(store), bus);
        HealthSettings settings = HealthSettings.DEFAULTS;
        applyDelivery = new ApplyDelivery(
                devices,
                inbox,
                new JudgeDevice(
                        devices,
                        new InMemoryAlertBook(store),
                        new Health(settings),
                        announcer,
                        "callback-processor",
                        "https://runbooks.example.test",
                        clock),
                announcer,
                settings,
                code -> code.equals("DEVICE_NOT_FOUND") ? Mender.SENDER : Mender.CARRIER,
                "callback-processor",
                clock);
    }

    static Lifecycle activating() {
        return registered().activating(ORDERED).wasAccepted();
    }

    static Lifecycle.Registered registered() {
        return new Lifecycle.Requested(ORDERED).checked(ORDERED).registered(ORDERED);
    }

    /** Stores the tracker in this state. */
    Fleet hasTracker(Lifecycle lifecycle) {
        boolean isKnown = !(lifecycle instanceof Lifecycle.Requested
                || lifecycle instanceof Lifecycle.Checked
                || lifecycle instanceof Lifecycle.Failed
                || lifecycle instanceof Lifecycle.Rejected);
        return has(TRACKER, "89148000009999900014", Optional.of(TRACKER_UID).filter(_ -> isKnown), lifecycle);
    }

    /** Stores the tracker under this order; the carrier has accepted its activation under that id. */
    Fleet hasTrackerThatWaitsFor(String requestId) {
        hasTracker(registered());
        return accepts(requestId);
    }

    /** The tracker, which has failed, is ordered again, and the carrier accepts its activation under that id. */
    Fleet ordersAgain(String requestId) {
        Device failed = tracker();
        var again = new Device.Order("order-2", failed.order().iccid(), "0999000001-00001", "m2m");
        Lifecycle.Requested requested = ((Lifecycle.Failed) failed.lifecycle()).requested(clock.instant());
        devices.save(
                failed.orderedAgain(again, failed.profile(), requested).in(requested.registered(clock.instant())),
                Consequences.NONE);
        return accepts(requestId);
    }

    private Fleet accepts(String requestId) {
        Device device = tracker();
        Lifecycle.Activating activating = ((Lifecycle.Registered) device.lifecycle())
                .activating(device.lifecycle().since());
        devices.save(
                device.activating(activating, Optional.empty())
                        .accepted(activating.wasAccepted(), Optional.of(requestId), false),
                Consequences.NONE);
        return this;
    }

    Fleet has(Imei imei, String iccid, DeviceId uid, Lifecycle lifecycle) {
        return has(imei, iccid, Optional.of(uid), lifecycle);
    }

    private Fleet has(Imei imei, String iccid, Optional<DeviceId> uid, Lifecycle lifecycle) {
        var order = new Device.Order("order-" + imei.digits(), new Iccid(iccid), "0999000001-00001", "core");
        var profile = new Device.Profile(
                Optional.of("Asset-Tracker-1"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        Device ordered = Device.requested(imei, order, profile, ORDERED);
        devices.save(uid.map(ordered::knownAs).orElse(ordered).in(lifecycle), Consequences.NONE);
        return this;
    }

    /** The receiver keeps the body, and the stream brings it to us. */
    Applied receives(String body) {
        return receives(Deliveries.streamed(body, clock.instant()));
    }

    Applied receives(Delivery delivery) {
        inbox.put(delivery);
        return applies(delivery);
    }

    /** The stream brings it to us, whether it is kept or not. */
    Applied applies(Delivery delivery) {
        return applyDelivery.run(delivery);
    }

    /** Somebody has it played once more. */
    Applied again(Delivery delivery) {
        return applyDelivery.again(delivery, OURS);
    }

    Device tracker() {
        return devices.find(TRACKER).orElseThrow();
    }

    Delivery.Status statusOf(String body) {
        Delivery.DeliveryId id = Deliveries.streamed(body, clock.instant()).id();
        return kept(id).status();
    }

    /** As it is kept now. */
    Delivery kept(Delivery.DeliveryId id) {
        return store.deliveries().stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    /** Which conditions hold, and how bad. */
    Map<Condition, Severity> openConditions() {
        return store.alerts().stream()
                .filter(Alert.Open.class::isInstance)
                .map(Alert.Open.class::cast)
                .collect(Collectors.toMap(
                        Alert.Open::condition, open -> open.holding().severity()));
    }

    /** Every event that anybody has heard or will hear of: on the bus or still in the outbox, each once. */
    Map<String, Outgoing> toldOrWaiting() {
        Map<String, Outgoing> all = new TreeMap<>();
        bus.published().forEach(event -> all.put(event.eventId(), event));
        store.outbox().forEach(event -> all.put(event.eventId(), event));
        return all;
    }

    /** A sample of the wire, as it stands in {@code src/test/resources/stream}. */
    static String sample(String name) {
        try (var in = Objects.requireNonNull(Fleet.class.getResourceAsStream("/stream/" + name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A report of the tracker with these fields, {@code "battery":"8"}; {@code id} tells it from others. */
    static String report(String id, Instant at, String fields) {
        return """
            {"kind":"ts.event","action":"create","data":{"kind":"ts.event","id":"%s","versionid":"v-%s",
             "deviceid":"%s","createdon":"%s","lastupdated":"%s","fields":{%s}}}
            """.formatted(id, id, TRACKER_UID.value(), at, at, fields);
    }
}
