package dev.fleetline.fleetdynamodb;

import dev.fleetline.device.Charging;
import dev.fleetline.device.FoldState;
import dev.fleetline.device.Measure;
import dev.fleetline.device.Reading;
import dev.fleetline.device.Severity;
import dev.fleetline.device.Vitals;
import dev.fleetline.device.Window;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Packs a device's vitals, because a device is written with every report and DynamoDB charges by the kilobyte.
 *
 * <pre>
 * vitals  = schema, last seen?, number of windows, window..., long memory
 * window  = measure, flags, run, occurrences, number of readings, since?, reading...
 * reading = time since the one before, value against the one before, charging
 * </pre>
 *
 * Schema 1 ended before the long memory ({@link LongMemoryCodec}). The reading that the fold has carried comes first, where there is one. Times are in the coarsest unit and values on
 * the coarsest decimal scale (up to four decimals) that lose nothing in this window; a window with a finer value keeps
 * its doubles as they are. The numbers that stand for constants are this format's own, so a constant may move.
 */
final class VitalsCodec {

    private static final int SCHEMA = 2;
    private static final int WITHOUT_LONG_MEMORY = 1;

    private static final int HAS_LAST = 1;
    private static final int HAS_SINCE = 2;
    private static final int TIMES_OF_BEFORE = 1 << 6;
    private static final int UNUSED = 1 << 7;

    private static final int SECONDS = 0;
    private static final int MILLIS = 1;
    private static final int NANOS = 2;

    private static final long[] SCALES = {1, 10, 100, 1_000, 10_000};
    private static final int AS_THEY_ARE = SCALES.length;

    /** Beyond this a scaled value might not come back as the same double. */
    private static final double LARGEST_SCALED = 1L << 50;

    /** Beyond this a number of milliseconds might not fit. */
    private static final long LARGEST_SECOND = 1L << 50;

    private VitalsCodec() {}

    static byte[] pack(Vitals vitals) {
        PackedBytes out = new PackedBytes().octet(SCHEMA);
        out.octet(vitals.lastSeen().isPresent() ? 1 : 0);
        vitals.lastSeen().ifPresent(seen -> out.number(seen.getEpochSecond()).number(seen.getNano()));
        out.octet(vitals.windows().size());
        List<Instant> times = List.of();
        for (Measure measure : Measure.values()) {
            Window window = vitals.windows().get(measure);
            if (window != null) {
                times = pack(out, measure, window, times);
            }
        }
        LongMemoryCodec.pack(out, vitals);
        return out.bytes();
    }

    static Vitals unpack(byte[] bytes) {
        PackedBytes.Reader in = new PackedBytes.Reader(bytes);
        int schema = in.octet();
        if (schema != SCHEMA && schema != WITHOUT_LONG_MEMORY) {
            throw new UnreadableItem("packed vitals have schema " + schema + ", this version reads up to " + SCHEMA
                    + ": deploy the version that wrote them");
        }
        try {
            Optional<Instant> lastSeen =
                    in.octet() == 1 ? Optional.of(Instant.ofEpochSecond(in.number(), in.number())) : Optional.empty();
            int count = in.octet();
            Map<Measure, Window> windows = new EnumMap<>(Measure.class);
            List<Instant> times = List.of();
            for (int i = 0; i < count; i++) {
                Measure measure = measure(in.octet());
                Window window = window(in, times);
                windows.put(measure, window);
                times = times(all(window));
            }
            Vitals vitals = new Vitals(windows, lastSeen);
            Vitals whole = schema == WITHOUT_LONG_MEMORY ? vitals : LongMemoryCodec.unpack(in, vitals);
            in.end();
            return whole;
        } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
            throw new UnreadableItem("packed vitals hold what cannot be: " + e.getMessage(), e);
        }
    }

    /** The carried reading, where there is one, and those of the window. */
    private static List<Reading> all(Window window) {
        List<Reading> readings = new ArrayList<>();
        window.carried().last().ifPresent(readings::add);
        readings.addAll(window.readings());
        return readings;
    }

    private static List<Instant> times(List<Reading> readings) {
        return readings.stream().map(Reading::at).toList();
    }

    /** Returns the times of this window, given those of the window before. */
    private static List<Instant> pack(PackedBytes out, Measure measure, Window window, List<Instant> timesOfBefore) {
        FoldState carried = window.carried();
        List<Reading> readings = all(window);
        List<Instant> times = times(readings);
        boolean isAsBefore = times.equals(timesOfBefore);
        int unit = unit(readings, carried.since());
        int scale = scale(readings);

        out.octet(code(measure));
        out.octet((carried.last().isPresent() ? HAS_LAST : 0)
                | (carried.since().isPresent() ? HAS_SINCE : 0)
                | (code(carried.severity()) << 2)
                | (unit << 4)
                | (isAsBefore ? TIMES_OF_BEFORE : 0));
        out.octet(scale);
        out.number(carried.run());
        out.number(carried.occurrences());
        out.octet(readings.size());

        Instant before = Instant.EPOCH;
        if (carried.since().isPresent()) {
            time(out, unit, before, carried.since().get());
            before = carried.since().get();
        }
        long valueBefore = 0;
        for (Reading reading : readings) {
            if (!isAsBefore) {
                time(out, unit, before, reading.at());
                before = reading.at();
            }
            if (scale == AS_THEY_ARE) {
                out.exact(reading.value());
            } else {
                long value = Math.round(reading.value() * SCALES[scale]);
                out.number(value - valueBefore);
                valueBefore = value;
            }
        }
        charging(out, readings);
        return times;
    }

    private static Window window(PackedBytes.Reader in, List<Instant> timesOfBefore) {
        int flags = in.octet();
        boolean isAsBefore = (flags & TIMES_OF_BEFORE) != 0;
        if ((flags & UNUSED) != 0) {
            throw new UnreadableItem("packed vitals hold an unknown flag");
        }
        int scale = in.octet();
        if (scale > AS_THEY_ARE) {
            throw new UnreadableItem("packed vitals hold an unknown scale " + scale);
        }
        int unit = (flags >> 4) & 3;
        int run = Math.toIntExact(in.number());
        int occurrences = Math.toIntExact(in.number());
        int count = in.octet();
        if (isAsBefore && count != timesOfBefore.size()) {
            throw new UnreadableItem("packed vitals lack times that they refer to");
        }

        Instant before = Instant.EPOCH;
        Optional<Instant> since = Optional.empty();
        if ((flags & HAS_SINCE) != 0) {
            before = time(in, unit, before);
            since = Optional.of(before);
        }
        List<Reading> readings = new ArrayList<>();
        long valueBefore = 0;
        for (int i = 0; i < count; i++) {
            before = isAsBefore ? timesOfBefore.get(i) : time(in, unit, before);
            if (scale == AS_THEY_ARE) {
                readings.add(Reading.of(before, in.exact()));
            } else {
                valueBefore += in.number();
                readings.add(Reading.of(before, valueBefore / (double) SCALES[scale]));
            }
        }
        List<Reading> charged = charging(in, readings);
        boolean hasLast = (flags & HAS_LAST) != 0;
        if (hasLast && charged.isEmpty()) {
            throw new UnreadableItem("packed vitals lack the reading that was carried");
        }
        FoldState carried = new FoldState(
                severity((flags >> 2) & 3),
                run,
                hasLast ? Optional.of(charged.getFirst()) : Optional.empty(),
                since,
                occurrences);
        return new Window(hasLast ? charged.subList(1, charged.size()) : charged, carried);
    }

    /** One octet when all are the same, as they mostly are; else two bits each behind a marker. */
    private static void charging(PackedBytes out, List<Reading> readings) {
        if (readings.isEmpty()) {
            return;
        }
        int first = code(readings.getFirst().charging());
        if (readings.stream().allMatch(reading -> code(reading.charging()) == first)) {
            out.octet(first);
            return;
        }
        out.octet(3);
        for (int start = 0; start < readings.size(); start += 4) {
            int four = 0;
            for (int i = start; i < Math.min(start + 4, readings.size()); i++) {
                four |= code(readings.get(i).charging()) << (2 * (i - start));
            }
            out.octet(four);
        }
    }

    private static List<Reading> charging(PackedBytes.Reader in, List<Reading> readings) {
        if (readings.isEmpty()) {
            return readings;
        }
        List<Reading> charged = new ArrayList<>();
        int same = in.octet();
        int four = 0;
        for (int i = 0; i < readings.size(); i++) {
            if (same == 3 && i % 4 == 0) {
                four = in.octet();
            }
            Reading reading = readings.get(i);
            charged.add(new Reading(
                    reading.at(), reading.value(), charging(same == 3 ? (four >> (2 * (i % 4))) & 3 : same)));
        }
        return charged;
    }

    private static int unit(List<Reading> readings, Optional<Instant> since) {
        int unit = SECONDS;
        for (Reading reading : readings) {
            unit = Math.max(unit, unit(reading.at()));
        }
        return since.isPresent() ? Math.max(unit, unit(since.get())) : unit;
    }

    private static int unit(Instant time) {
        if (Math.abs(time.getEpochSecond()) >= LARGEST_SECOND) {
            return NANOS;
        }
        if (time.getNano() == 0) {
            return SECONDS;
        }
        return time.getNano() % 1_000_000 == 0 ? MILLIS : NANOS;
    }

    private static void time(PackedBytes out, int unit, Instant before, Instant time) {
        switch (unit) {
            case SECONDS -> out.number(time.getEpochSecond() - before.getEpochSecond());
            case MILLIS -> out.number(time.toEpochMilli() - before.toEpochMilli());
            default ->
                out.number(time.getEpochSecond() - before.getEpochSecond()).number(time.getNano());
        }
    }

    private static Instant time(PackedBytes.Reader in, int unit, Instant before) {
        return switch (unit) {
            case SECONDS -> Instant.ofEpochSecond(before.getEpochSecond() + in.number());
            case MILLIS -> Instant.ofEpochMilli(before.toEpochMilli() + in.number());
            case NANOS -> Instant.ofEpochSecond(before.getEpochSecond() + in.number(), in.number());
            default -> throw new UnreadableItem("packed vitals hold an unknown unit of time " + unit);
        };
    }

    private static int scale(List<Reading> readings) {
        for (int scale = 0; scale < SCALES.length; scale++) {
            long tried = SCALES[scale];
            if (readings.stream().allMatch(reading -> holds(reading.value(), tried))) {
                return scale;
            }
        }
        return AS_THEY_ARE;
    }

    private static boolean holds(double value, long scale) {
        double scaled = value * scale;
        return Math.abs(scaled) < LARGEST_SCALED && Double.compare(Math.round(scaled) / (double) scale, value) == 0;
    }

    private static int code(Measure measure) {
        return switch (measure) {
            case BATTERY -> 1;
            case RSRP -> 2;
            case RSRQ -> 3;
            case SERVICE -> 4;
            case SINR -> 5;
        };
    }

    private static Measure measure(int code) {
        for (Measure measure : Measure.values()) {
            if (code(measure) == code) {
                return measure;
            }
        }
        throw new UnreadableItem("packed vitals hold an unknown measure " + code);
    }

    private static int code(Severity severity) {
        return switch (severity) {
            case NONE -> 0;
            case WARNING -> 1;
            case CRITICAL -> 2;
        };
    }

    private static Severity severity(int code) {
        return switch (code) {
            case 0 -> Severity.NONE;
            case 1 -> Severity.WARNING;
            case 2 -> Severity.CRITICAL;
            default -> throw new UnreadableItem("packed vitals hold an unknown severity " + code);
        };
    }

    private static int code(Charging charging) {
        return switch (charging) {
            case UNKNOWN -> 0;
            case YES -> 1;
            case NO -> 2;
        };
    }

    private static Charging charging(int code) {
        return switch (code) {
            case 0 -> Charging.UNKNOWN;
            case 1 -> Charging.YES;
            case 2 -> Charging.NO;
            default -> throw new UnreadableItem("packed vitals hold an unknown charging state " + code);
        };
    }
}
