package dev.fleetline.testing;

import dev.fleetline.device.BatteryHistory;
import dev.fleetline.device.Charging;
import dev.fleetline.device.Consequences;
import dev.fleetline.device.Consequences.HistoryEntry;
import dev.fleetline.device.Device;
import dev.fleetline.device.DeviceId;
import dev.fleetline.device.FoldState;
import dev.fleetline.device.Iccid;
import dev.fleetline.device.Imei;
import dev.fleetline.device.Lifecycle;
import dev.fleetline.device.Measure;
import dev.fleetline.device.Reading;
import dev.fleetline.device.Severity;
import dev.fleetline.device.SignalDays;
import dev.fleetline.device.Vitals;
import dev.fleetline.device.Wakes;
import dev.fleetline.device.Window;
import dev.fleetline.fleetevents.Outgoing;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Invented devices that the contracts store: number 1, 2, 3 and so on, each with ids of its own. */
public final class SampleFleet {

    /** A moment with decimals, so that whatever rounds is found out. */
    public static final Instant NOON = Instant.parse("2026-03-01T12:00:00.250Z");

    private static final LocalDate DAY = LocalDate.of(2026, 3, 1);

    private SampleFleet() {}

    /** The IMEI of a device. */
    public static Imei imei(int number) {
        return Imei.parse(String.format("9999990000%04d", number));
    }

    /** The SIM of a device. */
    public static Iccid iccid(int number) {
        String digits = String.format("891480000099999%04d", number);
        for (int check = 0; check < 10; check++) {
            try {
                return new Iccid(digits + check);
            } catch (IllegalArgumentException e) {
                // not this check digit
            }
        }
        throw new IllegalArgumentException("there is no SIM number " + number);
    }

    /** The carrier's id of a device. */
    public static DeviceId uid(int number) {
        return new DeviceId(String.format("0a1b2c3d-0000-f000-0000-%012x", number));
    }

    /** A device that was just ordered and is not stored. */
    public static Device ordered(int number) {
        return Device.requested(
                imei(number),
                new Device.Order("order-" + number, iccid(number), "0999000001-00001", "core"),
                new Device.Profile(
                        Optional.of("Pump " + number),
                        Optional.empty(),
                        Optional.of("north"),
                        Optional.of("tracker"),
                        Optional.of(Duration.ofHours(6)),
                        Optional.empty()),
                NOON);
    }

    /** The device in service, with readings, not stored. */
    public static Device inService(int number) {
        Device device = ordered(number).knownAs(uid(number)).in(new Lifecycle.InService(NOON));
        return new Device(
                device.imei(),
                device.uid(),
                device.order(),
                device.profile(),
                device.lifecycle(),
                vitals(),
                new Device.Said(Optional.of(NOON.plusMillis(1)), NOON.plusSeconds(2)),
                device.progress(),
                0);
    }

    /**
     * Vitals with every window full, each with a state carried from before, and all of a long memory. What is measured of
     * the radio is measured in one breath.
     */
    public static Vitals vitals() {
        return new Vitals(
                Map.of(
                        Measure.BATTERY, full(361, 87.5, -0.25, Charging.NO),
                        Measure.RSRP, full(359, -101.3, 0.1, Charging.UNKNOWN),
                        Measure.RSRQ, full(359, -11.0625, 0.0625, Charging.UNKNOWN),
                        Measure.SINR, full(359, 4.5, -0.5, Charging.UNKNOWN),
                        Measure.SERVICE, full(359, 1, 0, Charging.UNKNOWN)),
                Optional.of(NOON),
                new Wakes(IntStream.range(0, Wakes.KEPT)
                        .mapToObj(wake -> NOON.truncatedTo(ChronoUnit.SECONDS).plusSeconds(21_661L * wake))
                        .toList()),
                new SignalDays(IntStream.rangeClosed(0, SignalDays.DAYS)
                        .mapToObj(day -> new SignalDays.Day(DAY.plusDays(day), -400_000 - day, 400))
                        .toList()),
                new BatteryHistory(IntStream.range(0, BatteryHistory.DAYS)
                        .mapToObj(day -> new BatteryHistory.Day(DAY.plusDays(day), 100 - day, day % 9 == 0))
                        .toList()));
    }

    private static Window full(long minutes, double first, double step, Charging charging) {
        List<Reading> readings = new ArrayList<>();
        for (int place = 1; place <= Window.SIZE; place++) {
            Instant at = NOON.plus(Duration.ofMinutes(minutes * place)).plusMillis(17L * place);
            readings.add(new Reading(at, first + step * place, place % 7 == 0 ? Charging.YES : charging));
        }
        return new Window(
                readings,
                new FoldState(
                        Severity.WARNING,
                        2,
                        Optional.of(new Reading(NOON, first, charging)),
                        Optional.of(NOON.minus(Duration.ofDays(3))),
                        7));
    }

    /** An event with this id, decided then. */
    public static Outgoing event(String eventId, Instant decided) {
        return new Outgoing(
                eventId,
                "fleetline.testing",
                "DeviceActivated",
                decided,
                "{\"schemaVersion\":1,\"eventId\":\"" + eventId + "\"}");
    }

    /** One line of history and one event. */
    public static Consequences consequences(String what) {
        return new Consequences(
                List.of(new HistoryEntry(NOON, what, "testing", "as the contract wants it")),
                List.of(event("event-" + what, NOON)));
    }
}
