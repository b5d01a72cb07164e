package dev.fleetline.device;

import static java.util.Objects.requireNonNull;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What a device's signal was like on each of the last days, of the readings that have left its window: those leave it in
 * their own order, each once, so the same readings end in the same days.
 *
 * @param days oldest first, one per day of UTC, none more than {@link #DAYS} before the newest
 */
public record SignalDays(List<Day> days) {

    /** How many days before one say what is usual on it. */
    public static final int DAYS = 14;

    /** Of a device whose readings are all in its window. */
    public static final SignalDays NONE = new SignalDays(List.of());

    /** On fewer days nothing is usual yet. */
    private static final int ENOUGH_DAYS = 3;

    public SignalDays {
        days = List.copyOf(days);
    }

    /** A day's readings: their sum in tenths of dBm and how many they are. */
    public record Day(LocalDate date, long tenths, int readings) {
        public Day {
            requireNonNull(date, "date");
        }

        private double mean() {
            return tenths / 10.0 / readings;
        }
    }

    /** With one more reading, which is newer than all before. */
    SignalDays with(Reading reading) {
        LocalDate date = date(reading);
        long tenths = Math.round(reading.value() * 10);
        List<Day> merged = new ArrayList<>(days);
        if (!merged.isEmpty() && merged.getLast().date().equals(date)) {
            Day day = merged.removeLast();
            merged.add(new Day(date, day.tenths() + tenths, day.readings() + 1));
        } else {
            merged.add(new Day(date, tenths, 1));
            LocalDate first = date.minusDays(DAYS);
            merged.removeIf(day -> day.date().isBefore(first));
        }
        return new SignalDays(merged);
    }

    /** The median of the days before this reading's day; empty while they are too few. */
    OptionalDouble usual(Reading reading) {
        LocalDate date = date(reading);
        LocalDate first = date.minusDays(DAYS);
        double[] means = days.stream()
                .filter(day -> day.date().isBefore(date) && !day.date().isBefore(first))
                .mapToDouble(Day::mean)
                .sorted()
                .toArray();
        if (means.length < ENOUGH_DAYS) {
            return OptionalDouble.empty();
        }
        int middle = means.length / 2;
        return OptionalDouble.of(means.length % 2 == 1 ? means[middle] : (means[middle - 1] + means[middle]) / 2);
    }

    private static LocalDate date(Reading reading) {
        return LocalDate.ofInstant(reading.at(), ZoneOffset.UTC);
    }
}
