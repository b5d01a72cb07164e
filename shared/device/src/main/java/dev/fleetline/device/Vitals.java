package dev.fleetline.device;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a device has told about itself.
 *
 * @param windows one per measure that it ever reported
 * @param lastSeen newest time of any report, also one without a measure we keep
 */
public record Vitals(Map<Measure, Window> windows, Optional<Instant> lastSeen) {

    /** Of a device that has not reported yet. */
    public static final Vitals NONE = new Vitals(Map.of(), Optional.empty());

    public Vitals {
        windows = Map.copyOf(windows);
    }

    public Window window(Measure measure) {
        return windows.getOrDefault(measure, Window.EMPTY);
    }

    /** With this report merged in; equal to this when the report says nothing new. */
    Vitals with(Report report, HealthSettings settings) {
        Map<Measure, Window> merged = new EnumMap<>(Measure.class);
        merged.putAll(windows);
        report.readings()
                .forEach((measure, reading) -> merged.merge(
                        measure,
                        Window.EMPTY.with(reading, settings.lines(measure)),
                        (had, _) -> had.with(reading, settings.lines(measure))));
        Optional<Instant> seen =
                lastSeen.isPresent() && !report.at().isAfter(lastSeen.get()) ? lastSeen : Optional.of(report.at());
        return new Vitals(merged, seen);
    }
}
