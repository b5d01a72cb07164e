package dev.fleetline.device;

import dev.fleetline.device.BatteryEnd.Known;
import dev.fleetline.device.BatteryEnd.Reason;
import dev.fleetline.device.BatteryEnd.Unknown;
import dev.fleetline.device.BatteryHistory.Day;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * How a battery falls while nobody charges it.
 *
 * <p>The slope is the median of the slopes between any two days with no charging between them (Theil and Sen), so a few
 * wild days do not move it. Its interval is cut from the same slopes, as far from their middle as Kendall's test says.
 */
final class BatteryTrend {

    private static final int ENOUGH_DAYS = 10;

    private static final int ENOUGH_SPAN = 14;

    /** A fall of less than this in all, percent, may be rounding. */
    private static final int ENOUGH_FALL = 3;

    private static final int FURTHEST_DAYS = 3 * 365;

    private static final int A_CENTURY = 36_525;

    /** A rise from one day to the next, percent, that noise does not make: it was charged and did not say so. */
    private static final int UNSEEN_CHARGE = 10;

    /** Nine in ten, two-sided, in standard deviations. */
    private static final double NINE_IN_TEN = 1.645;

    private BatteryTrend() {}

    static BatteryEnd end(List<Day> days) {
        List<List<Day>> runs = runs(days);
        if (total(runs, List::size) < ENOUGH_DAYS || total(runs, BatteryTrend::span) < ENOUGH_SPAN) {
            return new Unknown(Reason.THIN);
        }
        if (days.getLast().charged()) {
            return new Unknown(Reason.CHARGED);
        }
        double[] slopes =
                runs.stream().flatMapToDouble(BatteryTrend::slopes).sorted().toArray();
        double margin = margin(runs);
        double steepest = slopes[(int) Math.max(0, Math.floor((slopes.length - margin) / 2))];
        double flattest = slopes[(int) Math.min(slopes.length - 1, Math.ceil((slopes.length + margin) / 2))];
        if (flattest >= 0 || total(runs, BatteryTrend::fall) < ENOUGH_FALL) {
            return new Unknown(Reason.STEADY);
        }
        List<Day> current = runs.getLast();
        long left = daysLeft(current, median(slopes));
        if (left > FURTHEST_DAYS) {
            return new Unknown(Reason.FAR);
        }
        LocalDate newest = days.getLast().date();
        return new Known(
                newest.plusDays(left),
                newest.plusDays(daysLeft(current, steepest)),
                newest.plusDays(daysLeft(current, flattest)));
    }

    /** The stretches in which it was not charged; the last one is never empty. */
    private static List<List<Day>> runs(List<Day> days) {
        List<List<Day>> runs = new ArrayList<>();
        boolean goesOn = false;
        for (Day day : days) {
            if (!day.charged()) {
                if (!goesOn || day.low() - runs.getLast().getLast().low() >= UNSEEN_CHARGE) {
                    runs.add(new ArrayList<>());
                }
                runs.getLast().add(day);
            }
            goesOn = !day.charged();
        }
        return runs;
    }

    private static long total(List<List<Day>> runs, ToLongFunction<List<Day>> what) {
        return runs.stream().mapToLong(what).sum();
    }

    private static long span(List<Day> run) {
        return ChronoUnit.DAYS.between(run.getFirst().date(), run.getLast().date());
    }

    private static long fall(List<Day> run) {
        return (long) run.getFirst().low() - run.getLast().low();
    }

    private static DoubleStream slopes(List<Day> run) {
        return IntStream.range(0, run.size()).boxed().flatMapToDouble(later -> IntStream.range(0, later)
                .mapToDouble(earlier -> slope(run.get(earlier), run.get(later))));
    }

    private static double slope(Day earlier, Day later) {
        return (double) (later.low() - earlier.low()) / ChronoUnit.DAYS.between(earlier.date(), later.date());
    }

    /** How many slopes lie between the two ends of the interval. */
    private static double margin(List<List<Day>> runs) {
        double variance = runs.stream()
                .mapToDouble(run -> run.size() * (run.size() - 1.0) * (2.0 * run.size() + 5) / 18)
                .sum();
        return NINE_IN_TEN * Math.sqrt(variance);
    }

    /** The value on the last day of a run, as all of its days tell it. */
    private static double level(List<Day> run, double slope) {
        LocalDate last = run.getLast().date();
        double[] told = run.stream()
                .mapToDouble(day -> day.low() + slope * ChronoUnit.DAYS.between(day.date(), last))
                .sorted()
                .toArray();
        return Math.clamp(median(told), 0, 100);
    }

    private static long daysLeft(List<Day> run, double slope) {
        return (long) Math.clamp(Math.ceil(level(run, slope) / -slope), 0, A_CENTURY);
    }

    private static double median(double[] sorted) {
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
