package dev.fleetline.fleetreport;

import dev.fleetline.device.Condition;
import dev.fleetline.device.Imei;
import dev.fleetline.device.Severity;
import dev.fleetline.fleetreport.RatedDevice.Trouble;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the night before had: of the devices that were in trouble, which; of all, how their values were spread. It takes
 * room by the number of devices in trouble or not judged.
 */
final class NightBefore {

    private final Optional<Instant> startedAt;
    private final Map<Imei, RatedDevice> troubled = new HashMap<>();
    private final Set<Imei> notJudged = new HashSet<>();
    private final Spread spread = new Spread();
    private boolean isComplete;

    /** Nothing of it is read yet; {@code startedAt} is empty when there is no such night. */
    NightBefore(Optional<Instant> startedAt) {
        this.startedAt = startedAt;
        this.isComplete = startedAt.isPresent();
    }

    void add(RatedDevice device) {
        spread.add(device.measured());
        if (!device.troubles().isEmpty()) {
            troubled.put(device.device().imei(), device);
        }
    }

    /** The device could not be judged then. */
    void addNotJudged(Imei imei) {
        notJudged.add(imei);
    }

    /** Part of it cannot be read: who is not in it may still have been in trouble. */
    void lacksSome() {
        isComplete = false;
    }

    Optional<Instant> startedAt() {
        return startedAt;
    }

    Spread spread() {
        return spread;
    }

    /** What the device had then, taken out: what is left at the end was not judged since. */
    Map<Condition, Trouble> take(Imei imei) {
        RatedDevice device = troubled.remove(imei);
        return device == null ? Map.of() : byCondition(device);
    }

    /** Those that nobody has taken. */
    Iterable<RatedDevice> left() {
        return troubled.values();
    }

    /**
     * How bad a trouble of tonight was then. Of a device that was not judged then, or may stand in what of the night's files
     * cannot be read, the trouble's own beginning tells.
     */
    Severity severityOf(Imei imei, Trouble trouble, Optional<Trouble> then, Instant tonight) {
        if (then.isPresent()) {
            return then.get().severity();
        }
        boolean isKnown = isComplete && !notJudged.contains(imei);
        Instant reach = startedAt.orElse(tonight.minus(Duration.ofDays(1)));
        return isKnown || trouble.since().isAfter(reach) ? Severity.NONE : trouble.severity();
    }

    static Map<Condition, Trouble> byCondition(RatedDevice device) {
        Map<Condition, Trouble> troubles = new HashMap<>();
        device.troubles().forEach(trouble -> troubles.put(trouble.condition(), trouble));
        return troubles;
    }
}
