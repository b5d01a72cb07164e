package dev.fleetline.healthsweep;

import dev.fleetline.alert.JudgeDevice;
import dev.fleetline.alert.Visit;
import dev.fleetline.device.Consequences;
import dev.fleetline.device.Device;
import dev.fleetline.device.DeviceId;
import dev.fleetline.device.DeviceRegistry.Saved;
import dev.fleetline.device.Health;
import dev.fleetline.device.HealthSettings;
import dev.fleetline.device.Iccid;
import dev.fleetline.device.Imei;
import dev.fleetline.device.Lifecycle;
import dev.fleetline.device.Measure;
import dev.fleetline.device.Reading;
import dev.fleetline.device.Report;
import dev.fleetline.device.Vitals;
import dev.fleetline.fleetevents.Announcer;
import dev.fleetline.testing.InMemoryAlertBook;
import dev.fleetline.testing.InMemoryClaims;
import dev.fleetline.testing.InMemoryDeviceRegistry;
import dev.fleetline.testing.InMemoryOutbox;
import dev.fleetline.testing.InMemoryStore;
import dev.fleetline.testing.MovableClock;
import dev.fleetline.testing.RecordingFleetEvents;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** A fleet in memory, and all that sweeps it. */
final class Fleet {

    final MovableClock clock = MovableClock.at("2026-03-02T15:00:00Z");
    final InMemoryStore store = new InMemoryStore();
    final InMemoryDeviceRegistry devices = new InMemoryDeviceRegistry(store);
    final RecordingFleetEvents bus = new RecordingFleetEvents();
    private final Health health = new Health(HealthSettings.DEFAULTS);
    private final Announcer announcer = new Announcer(new InMemoryOutbox(store), bus);

    /** The tracker of this number, 0 to 99; its IMEI has the check digit that belongs to it. */
    static Imei imei(int number) {
        return Imei.parse("999999%08d".formatted(number));
    }

    /** Has a tracker in service, silent from now on. */
    Imei has(int number, Duration interval) {
        return has(number, interval, new Lifecycle.InService(clock.instant()));
    }

    Imei has(int number, Duration interval, Lifecycle state) {
        Device device = new Device(
                imei(number),
                Optional.of(uid(number)),
                new Device.Order("order-" + number, iccid(number), "0999000001-00001", "core"),
                new Device.Profile(
                        Optional.of("Asset-Tracker-" + number),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(interval),
                        Optional.empty()),
                state,
                Vitals.NONE,
                new Device.Said(Optional.empty(), state.since()),
                Device.Progress.since(state.since()),
                0);
        stored(devices.save(reporting(device), Consequences.NONE));
        return imei(number);
    }

    /** A report arrives and the device is judged, as callback-processor does it. */
    void reports(Imei imei) {
        Device device = devices.find(imei).orElseThrow();
        stored(devices.save(reporting(device), Consequences.NONE));
        judgeDevice("callback-processor").run(imei, Visit.arrival("delivery"));
    }

    RateSegment rateSegment(int pageSize) {
        return new RateSegment(devices, judgeDevice("health-sweep"), health, clock, pageSize);
    }

    SweepFleet sweepFleet(int pageSize) {
        return new SweepFleet(rateSegment(pageSize), new InMemoryClaims(store), announcer, clock);
    }

    private JudgeDevice judgeDevice(String module) {
        return new JudgeDevice(
                devices,
                new InMemoryAlertBook(store),
                health,
                announcer,
                module,
                "https://runbooks.example.test",
                clock);
    }

    /** The device as it is after one more report. */
    Device reporting(Device device) {
        Report report = new Report(
                device.uid(),
                Optional.of(device.imei()),
                clock.instant(),
                Map.of(Measure.BATTERY, Reading.of(clock.instant(), 80)),
                Optional.empty());
        return device.reported(report, HealthSettings.DEFAULTS, clock.instant());
    }

    private static void stored(Saved saved) {
        if (!(saved instanceof Saved.Stored)) {
            throw new IllegalStateException("not stored: " + saved);
        }
    }

    static DeviceId uid(int number) {
        return new DeviceId("d0c1e0a1-0000-6abc-f001-%012x".formatted(number));
    }

    private static Iccid iccid(int number) {
        String digits = "8914800000999990%02d0".formatted(number);
        return new Iccid(IntStream.rangeClosed(0, 9)
                .mapToObj(check -> digits + check)
                .filter(Fleet::isIccid)
                .findFirst()
                .orElseThrow());
    }

    private static boolean isIccid(String digits) {
        try {
            return new Iccid(digits).digits().equals(digits);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
