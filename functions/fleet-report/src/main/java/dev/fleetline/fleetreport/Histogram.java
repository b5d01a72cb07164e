package dev.fleetline.fleetreport;

import java.util.List;
import java.util.stream.IntStream;

/**
 * How many devices have a value in each of some classes of equal width; what lies outside is counted in the outermost.
 *
 * @param unit of the values
 * @param from where the first class begins
 * @param width of each class
 * @param counts of the classes from the lowest on
 */
record Histogram(String unit, int from, int width, List<Integer> counts) {

    Histogram {
        if (width < 1 || counts.isEmpty()) {
            throw new IllegalArgumentException("a histogram needs classes that are at least 1 wide");
        }
        counts = List.copyOf(counts);
    }

    /** Nothing counted yet. */
    static Tally of(String unit, int from, int width, int classes) {
        return new Tally(unit, from, width, new int[classes]);
    }

    int total() {
        return counts.stream().mapToInt(Integer::intValue).sum();
    }

    /** Where a class begins. */
    int begin(int place) {
        return from + place * width;
    }

    /** Counts values; a fleet of any size takes the same room. */
    static final class Tally {
        private final String unit;
        private final int from;
        private final int width;
        private final int[] counts;

        private Tally(String unit, int from, int width, int[] counts) {
            this.unit = unit;
            this.from = from;
            this.width = width;
            this.counts = counts;
        }

        void add(double value) {
            int place = (int) Math.floor((value - from) / width);
            counts[Math.clamp(place, 0, counts.length - 1)]++;
        }

        Histogram histogram() {
            return new Histogram(unit, from, width, IntStream.of(counts).boxed().toList());
        }
    }
}
