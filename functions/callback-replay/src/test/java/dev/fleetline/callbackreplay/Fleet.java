package dev.fleetline.callbackreplay;

import dev.fleetline.alert.JudgeDevice;
import dev.fleetline.applying.ApplyDelivery;
import dev.fleetline.callback.Accounts;
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
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** A fleet in memory, the deliveries of which are applied. */
final class Fleet {

    static final Imei TRACKER = new Imei("999999000000014");
    static final DeviceId TRACKER_UID = new DeviceId("d0c1e0a1-0000-6abc-f001-0123456789ab");

    static final Accounts OURS = new Accounts(Set.of("0999000001-00001", "0999000001-00002"));

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
                        "callback-replay",
                        "https://runbooks.example.test",
                        clock),
                announcer,
                settings,
                _ -> Mender.CARRIER,
                "callback-replay",
                clock);
    }

    static Lifecycle activating() {
        return new Lifecycle.Activating(true, ORDERED);
    }

    /** Stores the tracker in this state. */
    Fleet hasTracker(Lifecycle lifecycle) {
        return has(TRACKER, "89148000009999900014", TRACKER_UID, lifecycle);
    }

    Fleet has(Imei imei, String iccid, DeviceId uid, Lifecycle lifecycle) {
        var order = new Device.Order("order-1", new Iccid(iccid), "0999000001-00001", "core");
        var profile = new Device.Profile(
                Optional.of("Asset-Tracker-1"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        Device ordered = Device.requested(imei, order, profile, ORDERED);
        Device known = lifecycle instanceof Lifecycle.Requested ? ordered : ordered.knownAs(uid);
        devices.save(known.in(lifecycle), Consequences.NONE);
        return this;
    }

    PlayAgain playAgain() {
        return new PlayAgain(inbox, devices, applyDelivery, OURS);
    }

    Device tracker() {
        return devices.find(TRACKER).orElseThrow();
    }

    /** A report of the tracker with these fields, {@code "battery":"8"}; {@code id} tells it from others. */
    static String report(String id, Instant at, String fields) {
        return """
            {"kind":"ts.event","action":"create","data":{"kind":"ts.event","id":"%s","versionid":"v-%s",
             "deviceid":"%s","createdon":"%s","lastupdated":"%s","fields":{%s}}}
            """.formatted(id, id, TRACKER_UID.value(), at, at, fields);
    }
}
