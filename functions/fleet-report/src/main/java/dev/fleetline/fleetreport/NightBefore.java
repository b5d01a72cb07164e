package dev.fleetline.fleetreport;

import dev.fleetline.device.Condition;
import dev.fleetline.device.Imei;
import dev.fleetline.device.Severity;
import dev.fleetline.fleetreport.RatedDevice.Trouble;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the night before had: of the devices that were in trouble, which; of all, how their values were spread. It takes
 * room by the number of devices in trouble.
 */
final class NightBefore {

    private final Optional<Instant> startedAt;
    private final Map<Imei, RatedDevice> troubled = new HashMap<>();
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
     * How bad a trouble of tonight was then. Where the night's files lack something and have nothing of the device, the
     * trouble's own beginning tells.
     */
    Severity severityOf(Trouble tonight, Optional<Trouble> then, Instant tonightAt) {
        if (then.isPresent()) {
            return then.get().severity();
        }
        Instant reach = startedAt.orElse(tonightAt.minus(java.time.Duration.ofDays(1)));
        return isComplete || tonight.since().isAfter(reach) ? Severity.NONE : tonight.severity();
    }

    static Map<Condition, Trouble> byCondition(RatedDevice device) {
        Map<Condition, Trouble> troubles = new HashMap<>();
        device.troubles().forEach(trouble -> troubles.put(trouble.condition(), trouble));
        return troubles;
    }
}
