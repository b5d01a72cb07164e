package dev.fleetline.device;

import static dev.fleetline.device.HealthSetting.BATTERY_CLEARS_BY;
import static dev.fleetline.device.HealthSetting.BATTERY_CRITICAL;
import static dev.fleetline.device.HealthSetting.BATTERY_WARNING;
import static dev.fleetline.device.HealthSetting.CALM_BELOW;
import static dev.fleetline.device.HealthSetting.FLAPS_ABOVE;
import static dev.fleetline.device.HealthSetting.LOST_CRITICAL_INTERVALS;
import static dev.fleetline.device.HealthSetting.LOST_WARNING_INTERVALS;
import static dev.fleetline.device.HealthSetting.NEVER_SEEN_CRITICAL;
import static dev.fleetline.device.HealthSetting.NEVER_SEEN_WARNING;
import static dev.fleetline.device.HealthSetting.RSRP_CLEARS_BY;
import static dev.fleetline.device.HealthSetting.RSRP_CRITICAL;
import static dev.fleetline.device.HealthSetting.RSRP_WARNING;
import static dev.fleetline.device.HealthSetting.RSRQ_CLEARS_BY;
import static dev.fleetline.device.HealthSetting.RSRQ_CRITICAL;
import static dev.fleetline.device.HealthSetting.RSRQ_WARNING;
import static dev.fleetline.device.HealthSetting.SINR_CLEARS_BY;
import static dev.fleetline.device.HealthSetting.SINR_CRITICAL;
import static dev.fleetline.device.HealthSetting.SINR_WARNING;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The numbers by which a fleet's health is judged: the fleet's, a model's, a device's. The nearest one counts.
 *
 * @param fleet every number; what is left out has its default
 * @param models by the model's name
 * @param devices by IMEI
 */
public record HealthSettings(
        Map<HealthSetting, Double> fleet,
        Map<String, Map<HealthSetting, Double>> models,
        Map<Imei, Map<HealthSetting, Double>> devices) {

    /** The numbers of a fleet that has set nothing. */
    public static final HealthSettings DEFAULTS = new HealthSettings(Map.of(), Map.of(), Map.of());

    /** Refuses numbers out of bounds and lines that contradict each other, in whatever combination a device may meet. */
    public HealthSettings {
        Map<HealthSetting, Double> all = new EnumMap<>(HealthSetting.class);
        for (HealthSetting setting : HealthSetting.values()) {
            all.put(setting, fleet.getOrDefault(setting, setting.usual()));
        }
        fleet = Map.copyOf(all);
        models = models.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, entry -> Map.copyOf(entry.getValue())));
        devices = devices.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, entry -> Map.copyOf(entry.getValue())));
        List<Place> places = new ArrayList<>(List.of(new Place("fleet", fleet)));
        models.forEach((model, numbers) -> places.add(new Place("models." + model, numbers)));
        devices.forEach((imei, numbers) -> places.add(new Place("devices." + imei, numbers)));
        places.forEach(Place::check);
        List<Map<HealthSetting, Double>> aModelOrNone = new ArrayList<>(models.values());
        aModelOrNone.add(Map.of());
        for (Place place : places) {
            for (Map<HealthSetting, Double> model : aModelOrNone) {
                place.checkOrder(place.isOfModel() ? Map.of() : model, fleet);
            }
        }
    }

    /** A number that cannot be. */
    public static final class Refused extends IllegalArgumentException {
        private final String name;
        private final String what;
        private final String bound;

        Refused(String name, String what, String bound) {
            super("setting " + name + " " + what + ": it must be " + bound);
            this.name = name;
            this.what = what;
            this.bound = bound;
        }

        /** Which: {@code fleet.BATTERY_WARNING}, {@code models.tracker.SLACK_PERCENT}. */
        public String name() {
            return name;
        }

        /** What is wrong with it. */
        public String what() {
            return what;
        }

        /** What it must be. */
        public String bound() {
            return bound;
        }
    }

    /** The numbers that count for this device. */
    public HealthNumbers of(Device device) {
        return new HealthNumbers(
                fleet,
                device.profile()
                        .model()
                        .map(model -> models.getOrDefault(model, Map.of()))
                        .orElse(Map.of()),
                devices.getOrDefault(device.imei(), Map.of()));
    }

    /** The numbers that count for a device of which nothing is set. */
    public HealthNumbers ofFleet() {
        return new HealthNumbers(fleet, Map.of(), Map.of());
    }

    /** The same with these numbers for the fleet instead of what it had. */
    public HealthSettings withFleet(Map<HealthSetting, Double> numbers) {
        Map<HealthSetting, Double> changed = new EnumMap<>(fleet);
        changed.putAll(numbers);
        return new HealthSettings(changed, models, devices);
    }

    /** Where numbers are set. */
    private record Place(String name, Map<HealthSetting, Double> numbers) {

        private record Lower(HealthSetting lower, HealthSetting upper) {}

        private static final List<Lower> IN_ORDER = List.of(
                new Lower(BATTERY_CRITICAL, BATTERY_WARNING),
                new Lower(RSRP_CRITICAL, RSRP_WARNING),
                new Lower(RSRQ_CRITICAL, RSRQ_WARNING),
                new Lower(SINR_CRITICAL, SINR_WARNING),
                new Lower(LOST_WARNING_INTERVALS, LOST_CRITICAL_INTERVALS),
                new Lower(NEVER_SEEN_WARNING, NEVER_SEEN_CRITICAL),
                new Lower(CALM_BELOW, FLAPS_ABOVE));

        /** A condition that began under a line ends so far above it, where a reading can still be. */
        private record End(HealthSetting line, HealthSetting clearsBy, int highest) {}

        private static final List<End> ENDS = List.of(
                new End(BATTERY_WARNING, BATTERY_CLEARS_BY, 100),
                new End(RSRP_WARNING, RSRP_CLEARS_BY, -20),
                new End(RSRQ_WARNING, RSRQ_CLEARS_BY, 20),
                new End(SINR_WARNING, SINR_CLEARS_BY, 50));

        boolean isOfModel() {
            return name.startsWith("models.");
        }

        void check() {
            numbers.forEach((setting, value) -> {
                if (!setting.allows(value)) {
                    throw new Refused(name + "." + setting, "is out of bounds", setting.bound());
                }
            });
        }

        /** Only what is set here can be wrong here. */
        void checkOrder(Map<HealthSetting, Double> model, Map<HealthSetting, Double> fleet) {
            for (Lower pair : IN_ORDER) {
                boolean isSet = numbers.containsKey(pair.lower()) || numbers.containsKey(pair.upper());
                if (isSet && value(pair.lower(), model, fleet) >= value(pair.upper(), model, fleet)) {
                    HealthSetting set = numbers.containsKey(pair.lower()) ? pair.lower() : pair.upper();
                    throw new Refused(
                            name + "." + set,
                            "contradicts the other line",
                            set == pair.lower() ? "less than " + pair.upper() : "more than " + pair.lower());
                }
            }
            ENDS.forEach(end -> checkEnd(end, model, fleet));
        }

        private void checkEnd(End end, Map<HealthSetting, Double> model, Map<HealthSetting, Double> fleet) {
            boolean isSet = numbers.containsKey(end.line()) || numbers.containsKey(end.clearsBy());
            if (isSet && value(end.line(), model, fleet) + value(end.clearsBy(), model, fleet) > end.highest()) {
                HealthSetting set = numbers.containsKey(end.clearsBy()) ? end.clearsBy() : end.line();
                throw new Refused(
                        name + "." + set,
                        "puts the end of the condition out of reach",
                        "such that it and " + (set == end.line() ? end.clearsBy() : end.line()) + " come to "
                                + end.highest() + " at most");
            }
        }

        private double value(
                HealthSetting setting, Map<HealthSetting, Double> model, Map<HealthSetting, Double> fleet) {
            return Optional.ofNullable(numbers.get(setting))
                    .or(() -> Optional.ofNullable(model.get(setting)))
                    .or(() -> Optional.ofNullable(fleet.get(setting)))
                    .orElseThrow();
        }
    }
}
