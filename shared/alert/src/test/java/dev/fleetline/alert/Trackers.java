package dev.fleetline.alert;

import dev.fleetline.device.Charging;
import dev.fleetline.device.Condition;
import dev.fleetline.device.Device;
import dev.fleetline.device.DeviceId;
import dev.fleetline.device.Expected;
import dev.fleetline.device.Finding;
import dev.fleetline.device.Finding.Cause;
import dev.fleetline.device.Finding.Observed;
import dev.fleetline.device.Finding.Trend;
import dev.fleetline.device.HealthSettings;
import dev.fleetline.device.Iccid;
import dev.fleetline.device.Imei;
import dev.fleetline.device.Lifecycle;
import dev.fleetline.device.Measure;
import dev.fleetline.device.Reading;
import dev.fleetline.device.Report;
import dev.fleetline.device.Severity;
import dev.fleetline.device.Vitals;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** A tracker, its reports, and what may be found of it. */
final class Trackers {

    static final Imei IMEI = new Imei("999999000000014");
    static final Imei OTHER = Imei.parse("99999900000002");
    static final DeviceId UID = new DeviceId("d0c1e0a1-0000-6abc-f001-0123456789ab");
    static final Instant FIVE_PAST_FOUR = Instant.parse("2026-03-02T16:05:26Z");

    private Trackers() {}

    static Device inService() {
        return in(new Lifecycle.InService(FIVE_PAST_FOUR.minusSeconds(3_600)));
    }

    static Device in(Lifecycle state) {
        return in(state, IMEI, Optional.empty());
    }

    /** Another tracker, at a site. */
    static Device at(String site, int number) {
        return in(
                new Lifecycle.InService(FIVE_PAST_FOUR.minusSeconds(3_600)),
                Imei.parse("999999%08d".formatted(number)),
                Optional.of(site));
    }

    private static Device in(Lifecycle state, Imei imei, Optional<String> site) {
        return new Device(
                imei,
                Optional.of(UID),
                new Device.Order("order-1", new Iccid("89148000009999900014"), "0999000001-00001", "core"),
                new Device.Profile(
                        Optional.of("Asset-Tracker-2"),
                        Optional.of("vans"),
                        site,
                        Optional.empty(),
                        Optional.of(Duration.ofHours(4)),
                        Optional.empty()),
                state,
                Vitals.NONE,
                new Device.Said(Optional.empty(), state.since()),
                Device.Progress.since(state.since()),
                0);
    }

    static Device battery(Device device, Instant at, double percent) {
        return device.reported(
                new Report(
                        Optional.of(UID),
                        Optional.empty(),
                        at,
                        Map.of(Measure.BATTERY, Reading.of(at, percent)),
                        Optional.empty()),
                HealthSettings.DEFAULTS,
                at);
    }

    static Finding batteryOf(double percent, Severity severity, Charging charging, Trend trend, Instant at) {
        return new Finding(
                Condition.BATTERY_LOW,
                severity,
                at,
                Optional.of(new Observed(Measure.BATTERY, new Reading(at, percent, charging), 10, 15, "fleet", trend)),
                Cause.UNKNOWN,
                severity == Severity.NONE ? 0 : 1,
                at);
    }

    static Finding lost(Severity severity, Instant since, Cause cause, Instant now) {
        return new Finding(
                Condition.NETWORK_LOST,
                severity,
                since,
                Optional.empty(),
                cause,
                severity == Severity.NONE ? 0 : 1,
                now,
                Optional.of(new Expected(Duration.ofHours(4), Duration.ofMinutes(24), "device")),
                Optional.empty());
    }
}
