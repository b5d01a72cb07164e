package dev.fleetline.callbackprocessor;

import dev.fleetline.alert.JudgeDevice;
import dev.fleetline.applying.ApplyDelivery;
import dev.fleetline.device.Consequences;
import dev.fleetline.device.Device;
import dev.fleetline.device.DeviceId;
import dev.fleetline.device.Health;
import dev.fleetline.device.HealthSettings;
import dev.fleetline.device.Iccid;
import dev.fleetline.device.Imei;
import dev.fleetline.device.Lifecycle;
import dev.fleetline.device.Mender;
import dev.fleetline.fleetevents.Announcer;
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
import java.util.Objects;
import java.util.Optional;

/** A fleet in memory, the deliveries of which are applied. */
final class Fleet {

    static final Imei TRACKER = new Imei("999999000000014");
    static final DeviceId TRACKER_UID = new DeviceId("d0c1e0a1-0000-6abc-f001-0123456789ab");

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
                _ -> Mender.CARRIER,
                "callback-processor",
                clock);
    }

    static Lifecycle activating() {
        return new Lifecycle.Activating(true, ORDERED);
    }

    /** Stores the tracker in this state. */
    Fleet hasTracker(Lifecycle lifecycle) {
        var order = new Device.Order("order-1", new Iccid("89148000009999900014"), "0999000001-00001", "core");
        var profile = new Device.Profile(
                Optional.of("Asset-Tracker-1"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        Device ordered = Device.requested(TRACKER, order, profile, ORDERED);
        Device known = lifecycle instanceof Lifecycle.Requested ? ordered : ordered.knownAs(TRACKER_UID);
        devices.save(known.in(lifecycle), Consequences.NONE);
        return this;
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
