package dev.fleetline.healthsweep;

import dev.fleetline.alert.JudgeDevice.Judged;
import java.util.Map;
import java.util.TreeMap;

/**
 * What was seen and done so far.
 *
 * @param judged devices whose alerts are now what their state says, but for losses
 * @param skipped devices that could not be read or judged, by the reason
 * @param lost devices found lost
 */
record Tally(int judged, Map<String, Integer> skipped, int lost, Judged alerts) {

    static final Tally NOTHING = new Tally(0, Map.of(), 0, Judged.NOTHING);

    /** What is stored is no device that we can read. */
    static final String UNREADABLE = "UNREADABLE";

    /** Others changed it each time that it was to be judged. */
    static final String KEEPS_CHANGING = "KEEPS_CHANGING";

    /** Something else was in the way; the log says what. */
    static final String FAILED = "FAILED";

    Tally {
        skipped = Map.copyOf(skipped);
    }

    static Tally judged(Judged alerts) {
        return new Tally(1, Map.of(), 0, alerts);
    }

    static Tally skipped(String reason, int devices) {
        return devices == 0 ? NOTHING : new Tally(0, Map.of(reason, devices), 0, Judged.NOTHING);
    }

    Tally andLost() {
        return new Tally(judged, skipped, lost + 1, alerts);
    }

    Tally plus(Tally other) {
        Map<String, Integer> reasons = new TreeMap<>(skipped);
        other.skipped.forEach((reason, devices) -> reasons.merge(reason, devices, Integer::sum));
        return new Tally(judged + other.judged, reasons, lost + other.lost, alerts.plus(other.alerts));
    }

    /** How many devices were not judged. */
    int skippedInAll() {
        return skipped.values().stream().mapToInt(Integer::intValue).sum();
    }
}
