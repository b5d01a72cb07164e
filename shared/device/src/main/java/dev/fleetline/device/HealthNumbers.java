package dev.fleetline.device;

import static dev.fleetline.device.HealthSetting.RSRP_UNUSUAL_BELOW;
import static dev.fleetline.device.HealthSetting.RSRP_UNUSUAL_FALL;

import java.time.Duration;
import java.util.Map;
import java.util.OptionalDouble;

/** The numbers that count for one device, and where each comes from. */
public final class HealthNumbers {

    private final Map<HealthSetting, Double> fleet;
    private final Map<HealthSetting, Double> model;
    private final Map<HealthSetting, Double> device;

    HealthNumbers(
            Map<HealthSetting, Double> fleet, Map<HealthSetting, Double> model, Map<HealthSetting, Double> device) {
        this.fleet = fleet;
        this.model = model;
        this.device = device;
    }

    /** The nearest number that is set. */
    public double number(HealthSetting setting) {
        Double nearest = device.get(setting);
        if (nearest == null) {
            nearest = model.get(setting);
        }
        return nearest == null ? fleet.getOrDefault(setting, setting.usual()) : nearest;
    }

    public Duration duration(HealthSetting setting) {
        return Duration.ofSeconds((long) number(setting));
    }

    public boolean flag(HealthSetting setting) {
        return number(setting) != 0;
    }

    /** Who set it: {@code fleet}, {@code model} or {@code device}. */
    public String origin(HealthSetting setting) {
        return device.containsKey(setting) ? "device" : model.containsKey(setting) ? "model" : "fleet";
    }

    Lines battery() {
        return lines(
                HealthSetting.BATTERY_WARNING, HealthSetting.BATTERY_CRITICAL, HealthSetting.BATTERY_CLEARS_BY, true);
    }

    /** Also weak is what lies far under what is usual for the device, where that is known. */
    Lines rsrp(OptionalDouble usual) {
        Lines lines =
                lines(HealthSetting.RSRP_WARNING, HealthSetting.RSRP_CRITICAL, HealthSetting.RSRP_CLEARS_BY, false);
        return usual.isPresent()
                ? lines.orUnusual(number(RSRP_UNUSUAL_BELOW), usual.getAsDouble() - number(RSRP_UNUSUAL_FALL))
                : lines;
    }

    /** The lines for a measure that has some; a service state has none and is judged by itself. */
    Lines lines(Measure measure) {
        return switch (measure) {
            case BATTERY -> battery();
            case RSRP -> rsrp(OptionalDouble.empty());
            case RSRQ ->
                lines(HealthSetting.RSRQ_WARNING, HealthSetting.RSRQ_CRITICAL, HealthSetting.RSRQ_CLEARS_BY, false);
            case SINR ->
                lines(HealthSetting.SINR_WARNING, HealthSetting.SINR_CRITICAL, HealthSetting.SINR_CLEARS_BY, false);
            case SERVICE -> SERVICE_LINES;
        };
    }

    /** Who set the line of this measure that a condition of this severity crossed. */
    String origin(Measure measure, Lines lines, Severity severity) {
        boolean isCritical = severity == Severity.CRITICAL;
        if (measure == Measure.RSRP && !isCritical && lines.warning() > number(HealthSetting.RSRP_WARNING)) {
            return origin(RSRP_UNUSUAL_FALL);
        }
        return switch (measure) {
            case BATTERY -> origin(isCritical ? HealthSetting.BATTERY_CRITICAL : HealthSetting.BATTERY_WARNING);
            case RSRP -> origin(isCritical ? HealthSetting.RSRP_CRITICAL : HealthSetting.RSRP_WARNING);
            case RSRQ -> origin(isCritical ? HealthSetting.RSRQ_CRITICAL : HealthSetting.RSRQ_WARNING);
            case SINR -> origin(isCritical ? HealthSetting.SINR_CRITICAL : HealthSetting.SINR_WARNING);
            case SERVICE -> "fleet";
        };
    }

    private Lines lines(HealthSetting warning, HealthSetting critical, HealthSetting clearsBy, boolean inclusive) {
        return new Lines(number(warning), number(critical), number(clearsBy), inclusive);
    }

    private static final Lines SERVICE_LINES = new Lines(0.9, 0.5, 0.05, false);
}
