package dev.fleetline.device;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Devices for the tests of this package. */
final class Trackers {

    static final Imei IMEI = new Imei("999999000000014");
    static final DeviceId UID = new DeviceId("d0c1e0a1-0000-6abc-f001-0123456789ab");
    static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

    private Trackers() {}

    static Device inState(Lifecycle state) {
        return inState(state, Optional.empty(), Optional.of(Duration.ofHours(4)));
    }

    /** In service since noon, of this model; nothing was declared with its order. */
    static Device undeclared(String model) {
        return inState(new Lifecycle.InService(NOON), Optional.of(model), Optional.empty());
    }

    private static Device inState(Lifecycle state, Optional<String> model, Optional<Duration> interval) {
        return new Device(
                IMEI,
                Optional.empty(),
                new Device.Order("order-1", new Iccid("89148000009999900014"), "0999000001-00001", "core"),
                new Device.Profile(
                        Optional.of("Asset-Tracker-2"),
                        Optional.empty(),
                        Optional.empty(),
                        model,
                        interval,
                        Optional.empty()),
                state,
                Vitals.NONE,
                new Device.Said(Optional.empty(), state.since()),
                Device.Progress.since(state.since()),
                1);
    }

    static Device inService() {
        return inState(new Lifecycle.InService(NOON));
    }

    /** The device after reports of one measure, in this order, one a minute from noon on. */
    static Device reporting(Measure measure, Charging charging, List<Double> values) {
        Device device = inService();
        Instant at = NOON;
        for (double value : values) {
            device =
                    device.reported(report(at, measure, new Reading(at, value, charging)), HealthSettings.DEFAULTS, at);
            at = at.plusSeconds(60);
        }
        return device;
    }

    /** The device after a report of this time that says nothing but that it lives. */
    static Device alive(Device device, Instant at) {
        Report sign = new Report(Optional.of(UID), Optional.of(IMEI), at, Map.of(), Optional.empty());
        return device.reported(sign, HealthSettings.DEFAULTS, at);
    }

    /** The device after one more reading. */
    static Device measured(Device device, Instant at, Measure measure, double value) {
        return device.reported(report(at, measure, Reading.of(at, value)), HealthSettings.DEFAULTS, at);
    }

    static Report report(Instant at, Measure measure, Reading reading) {
        Map<Measure, Reading> readings = new EnumMap<>(Measure.class);
        readings.put(measure, reading);
        return new Report(Optional.of(UID), Optional.of(IMEI), at, readings, Optional.empty());
    }

    static Report battery(Instant at, double percent) {
        return report(at, Measure.BATTERY, Reading.of(at, percent));
    }
}
