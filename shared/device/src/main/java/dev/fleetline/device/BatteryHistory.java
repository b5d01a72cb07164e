package dev.fleetline.device;

import static java.util.Objects.requireNonNull;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * What a battery was like on each of the last days, from which follows when it will end ({@link BatteryEnd}).
 *
 * <p>A day keeps its lowest value and whether charging was seen, which readings in any order and any repetition end in
 * alike. A day that has left the span of {@link #DAYS} before the newest one changes nothing any more.
 *
 * @param days oldest first, one per day of UTC that had a reading
 */
public record BatteryHistory(List<Day> days) {

    /** How many days a history goes back, the newest included. */
    public static final int DAYS = 90;

    /** Of a device that has not told of a battery yet. */
    public static final BatteryHistory NONE = new BatteryHistory(List.of());

    /** So many points up from one day to the next, without charging, come from another battery. */
    private static final int REPLACED_RISE = 30;

    public BatteryHistory {
        days = List.copyOf(days);
    }

    /**
     * A day of UTC. It fits into a byte beside its date: 7 bits of value, 1 of charging.
     *
     * @param low the lowest value of the day, whole percent from 0 to 100
     * @param charged whether the device said on that day that it was charging
     */
    public record Day(LocalDate date, int low, boolean charged) {
        public Day {
            requireNonNull(date, "date");
            if (low < 0 || low > 100) {
                throw new IllegalArgumentException("a battery has 0 to 100 percent: " + low);
            }
        }

        private Day and(Day other) {
            return new Day(date, Math.min(low, other.low), charged || other.charged);
        }
    }

    /** With this reading of the battery in it; this history itself when the reading says nothing new. */
    public BatteryHistory with(Reading reading) {
        LocalDate date = LocalDate.ofInstant(reading.at(), ZoneOffset.UTC);
        int percent = Math.clamp(Math.round(reading.value()), 0, 100);
        return with(new Day(date, percent, reading.charging() == Charging.YES));
    }

    private BatteryHistory with(Day day) {
        int place = days.size();
        while (place > 0 && days.get(place - 1).date().isAfter(day.date())) {
            place--;
        }
        List<Day> merged = new ArrayList<>(days);
        if (place > 0 && days.get(place - 1).date().equals(day.date())) {
            Day known = days.get(place - 1);
            Day both = known.and(day);
            if (both.equals(known)) {
                return this;
            }
            merged.set(place - 1, both);
        } else {
            merged.add(place, day);
        }
        LocalDate first = merged.getLast().date().minusDays(DAYS - 1L);
        merged.removeIf(kept -> kept.date().isBefore(first));
        return new BatteryHistory(merged);
    }

    /** The days of the battery that is in the device now, oldest first. */
    public List<Day> sinceReplaced() {
        int first = 0;
        for (int i = 1; i < days.size(); i++) {
            Day before = days.get(i - 1);
            Day day = days.get(i);
            if (day.low() - before.low() >= REPLACED_RISE && !before.charged() && !day.charged()) {
                first = i;
            }
        }
        return days.subList(first, days.size());
    }
}
