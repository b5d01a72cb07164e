package dev.fleetline.device;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a device has told about itself.
 *
 * @param windows one per measure that it ever reported
 * @param lastSeen newest time of any report, also one without a measure we keep
 * @param signal its RSRP by day, as far as it has left the window
 */
public record Vitals(
        Map<Measure, Window> windows,
        Optional<Instant> lastSeen,
        Wakes wakes,
        SignalDays signal,
        BatteryHistory battery) {

    /** Of a device that has not reported yet. */
    public static final Vitals NONE = new Vitals(Map.of(), Optional.empty());

    public Vitals {
        windows = Map.copyOf(windows);
        requireNonNull(wakes, "wakes");
        requireNonNull(signal, "signal");
        requireNonNull(battery, "battery");
    }

    /** Without what is remembered for longer than the windows go back. */
    public Vitals(Map<Measure, Window> windows, Optional<Instant> lastSeen) {
        this(windows, lastSeen, Wakes.NONE, SignalDays.NONE, BatteryHistory.NONE);
    }

    public Window window(Measure measure) {
        return windows.getOrDefault(measure, Window.EMPTY);
    }

    /** Where a measure stands after its newest reading, and the lines that it was held against. */
    record Standing(FoldState state, Lines lines) {}

    Standing standing(Measure measure, HealthNumbers numbers) {
        return standings(measure, numbers).getLast();
    }

    /** First where the readings that have left the window ended, then where each of the others did. */
    List<Standing> standings(Measure measure, HealthNumbers numbers) {
        Window window = window(measure);
        List<Standing> standings = new ArrayList<>();
        standings.add(new Standing(window.carried(), numbers.lines(measure)));
        SignalDays before = signal;
        for (Reading reading : window.readings()) {
            boolean isSignal = measure == Measure.RSRP;
            Lines lines = isSignal ? numbers.rsrp(before.usual(reading)) : numbers.lines(measure);
            standings.add(new Standing(standings.getLast().state().next(reading, lines), lines));
            before = isSignal ? before.with(reading) : before;
        }
        return standings;
    }

    /** With this report merged in; equal to this when the report says nothing new. */
    Vitals with(Report report, HealthNumbers numbers) {
        Map<Measure, Window> merged = new EnumMap<>(Measure.class);
        merged.putAll(windows);
        report.readings()
                .forEach((measure, reading) ->
                        merged.put(measure, window(measure).with(reading, lines(measure, numbers))));
        Optional<Instant> seen =
                lastSeen.isPresent() && !report.seen().isAfter(lastSeen.get()) ? lastSeen : Optional.of(report.seen());
        Reading percent = report.readings().get(Measure.BATTERY);
        return new Vitals(
                merged,
                seen,
                wakes.with(report.seen()),
                signal(merged.getOrDefault(Measure.RSRP, Window.EMPTY)),
                percent == null ? battery : battery.with(percent));
    }

    private Function<Reading, Lines> lines(Measure measure, HealthNumbers numbers) {
        return measure == Measure.RSRP ? leaving -> numbers.rsrp(signal.usual(leaving)) : _ -> numbers.lines(measure);
    }

    /** A reading that has just left the window counts for its day. */
    private SignalDays signal(Window after) {
        Optional<Reading> left = after.carried().last();
        return left.equals(window(Measure.RSRP).carried().last())
                ? signal
                : left.map(signal::with).orElse(signal);
    }

    /**
     * What a document that holds all values, and not only those that changed, says that is new: a value that is the same
     * as the one before it in time is no new reading. Empty when nothing is.
     */
    Optional<Report> newsIn(Report document) {
        Map<Measure, Reading> readings = new EnumMap<>(Measure.class);
        document.readings().forEach((measure, reading) -> {
            boolean isKnown = window(measure)
                    .upTo(reading.at())
                    .filter(before -> before.value() == reading.value() && before.charging() == reading.charging())
                    .isPresent();
            if (!isKnown) {
                readings.put(measure, reading);
            }
        });
        return readings.isEmpty() ? Optional.empty() : Optional.of(document.with(readings));
    }
}
