package dev.fleetline.device;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The last readings of one measure, sorted by their own time, and the state in which older ones ended.
 *
 * <p>The state of a condition is a fold over this window that starts from {@code carried}. Readings may arrive late,
 * twice or out of order: whatever the order, the same readings end in the same window. A reading not newer than the
 * window's edge (the last reading that has left it) changes nothing.
 *
 * @param readings at most {@link #SIZE}, oldest first, one per point in time
 * @param carried the fold's state after the readings that have left the window
 */
public record Window(List<Reading> readings, FoldState carried) {

    /** How many readings a window holds. */
    public static final int SIZE = 32;

    /** A window that has seen nothing. */
    public static final Window EMPTY = new Window(List.of(), FoldState.START);

    public Window {
        readings = List.copyOf(readings);
        if (readings.size() > SIZE) {
            throw new IllegalArgumentException("a window holds at most " + SIZE + " readings: " + readings.size());
        }
    }

    /**
     * The window with this reading in it, or this window itself if the reading is in it or lies beyond its edge. Of two
     * values for the same moment the lower stays, so that the order of arrival does not matter.
     */
    Window with(Reading reading, Lines lines) {
        return with(reading, _ -> lines);
    }

    /** The same for a measure whose lines depend on the reading that leaves the window. */
    Window with(Reading reading, Function<Reading, Lines> lines) {
        if (carried.last().isPresent()
                && !reading.at().isAfter(carried.last().get().at())) {
            return this;
        }
        int place = readings.size();
        while (place > 0 && readings.get(place - 1).at().isAfter(reading.at())) {
            place--;
        }
        List<Reading> sorted = new ArrayList<>(readings);
        if (place > 0 && readings.get(place - 1).at().equals(reading.at())) {
            Reading same = readings.get(place - 1);
            if (ORDER.compare(same, reading) <= 0) {
                return this;
            }
            sorted.set(place - 1, reading);
        } else {
            sorted.add(place, reading);
        }
        if (sorted.size() <= SIZE) {
            return new Window(sorted, carried);
        }
        Reading leaving = sorted.getFirst();
        return new Window(sorted.subList(1, sorted.size()), carried.next(leaving, lines.apply(leaving)));
    }

    /** The state after the newest reading. */
    FoldState state(Lines lines) {
        FoldState state = carried;
        for (Reading reading : readings) {
            state = state.next(reading, lines);
        }
        return state;
    }

    /** The newest reading, also when it has been carried out of the window. */
    public Optional<Reading> newest() {
        return readings.isEmpty() ? carried.last() : Optional.of(readings.getLast());
    }

    /** The newest reading that is not newer than this. */
    Optional<Reading> upTo(Instant time) {
        for (Reading reading : readings.reversed()) {
            if (!reading.at().isAfter(time)) {
                return Optional.of(reading);
            }
        }
        return carried.last().filter(last -> !last.at().isAfter(time));
    }

    private static final Comparator<Reading> ORDER =
            Comparator.comparingDouble(Reading::value).thenComparing(Reading::charging);
}
