package dev.fleetline.healthsettings;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetline.device.HealthSetting;
import dev.fleetline.device.HealthSettings;
import dev.fleetline.device.HealthSettings.Refused;
import dev.fleetline.device.Imei;
import dev.fleetline.lambda.EdgeJson;
import dev.fleetline.lambda.Settings;
import dev.fleetline.lambda.Settings.BadSetting;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads the numbers of health: some of the fleet as settings of their own, all others as one JSON text, {@code
 * {"fleet":{…},"models":{"Asset-Tracker-2":{…}},"devices":{"<IMEI>":{…}}}}. In each place the names are those of {@link
 * HealthSetting}; a duration is ISO 8601, {@code "PT6H"}.
 *
 * <p>What is unknown, out of bounds, set twice or contradicts something else is refused with the setting's name.
 */
public final class HealthSettingsReader {

    private static final Set<String> PLACES = Set.of("fleet", "models", "devices");

    private final Settings settings;
    private final Map<HealthSetting, Double> fleet = new EnumMap<>(HealthSetting.class);

    public HealthSettingsReader(Settings settings) {
        this.settings = settings;
    }

    /** With the fleet's number of this name, which must be set. */
    public HealthSettingsReader number(String name) {
        HealthSetting setting = known(name);
        fleet.put(setting, settings.decimal(name, setting.least(), setting.most()));
        return this;
    }

    /** With the fleet's duration of this name, which must be set. */
    public HealthSettingsReader duration(String name) {
        HealthSetting setting = known(name);
        Duration least = Duration.ofSeconds((long) setting.least());
        Duration most = Duration.ofSeconds((long) setting.most());
        fleet.put(setting, (double) settings.duration(name, least, most).toSeconds());
        return this;
    }

    /** All of it, with the JSON text that is set under this name, or without when nothing is. */
    public HealthSettings optional(String name) {
        JsonNode root =
                settings.optional(name).map(text -> json(name, text)).orElseGet(() -> EdgeJson.JSON.createObjectNode());
        if (!root.isObject() || !PLACES.containsAll(names(root))) {
            throw settings.bad(name, "has an unknown place", "a JSON object of fleet, models and devices");
        }
        Map<HealthSetting, Double> all = new EnumMap<>(fleet);
        numbers(name, "fleet", root.path("fleet")).forEach((setting, value) -> {
            if (all.put(setting, value) != null) {
                throw settings.bad(name + " fleet." + setting, "is set twice", "set once, here or by itself");
            }
        });
        Map<String, Map<HealthSetting, Double>> models = new HashMap<>();
        for (String model : names(root.path("models"))) {
            models.put(
                    model, numbers(name, "models." + model, root.path("models").path(model)));
        }
        Map<Imei, Map<HealthSetting, Double>> devices = new HashMap<>();
        for (String digits : names(root.path("devices"))) {
            Imei imei = imei(name, digits);
            devices.put(
                    imei, numbers(name, "devices." + imei, root.path("devices").path(digits)));
        }
        try {
            return new HealthSettings(all, models, devices);
        } catch (Refused e) {
            String own = e.name().replaceFirst("^fleet\\.", "");
            boolean isOfItsOwn =
                    HealthSetting.named(own).filter(fleet::containsKey).isPresent();
            throw settings.bad(isOfItsOwn ? own : name + " " + e.name(), e.what(), e.bound());
        }
    }

    private JsonNode json(String name, String text) {
        try {
            return EdgeJson.JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw settings.bad(name, "is no JSON", "a JSON object of fleet, models and devices");
        }
    }

    private Imei imei(String name, String digits) {
        try {
            return new Imei(digits);
        } catch (IllegalArgumentException e) {
            throw settings.bad(name + " devices", "names what is no IMEI", "of IMEIs");
        }
    }

    private Map<HealthSetting, Double> numbers(String name, String place, JsonNode set) {
        if (!set.isMissingNode() && !set.isObject()) {
            throw settings.bad(name + " " + place, "is no object", "an object of settings");
        }
        Map<HealthSetting, Double> numbers = new EnumMap<>(HealthSetting.class);
        for (String key : names(set)) {
            String full = name + " " + place + "." + key;
            HealthSetting setting = HealthSetting.named(key).orElseThrow(() -> unknown(full));
            numbers.put(setting, value(full, setting, set.path(key)));
        }
        return numbers;
    }

    private double value(String full, HealthSetting setting, JsonNode value) {
        return switch (setting.kind()) {
            case NUMBER -> {
                if (!value.isNumber()) {
                    throw settings.bad(full, "is no number", setting.bound());
                }
                yield value.doubleValue();
            }
            case FLAG -> {
                if (!value.isBoolean()) {
                    throw settings.bad(full, "is neither", setting.bound());
                }
                yield value.booleanValue() ? 1 : 0;
            }
            case DURATION -> {
                try {
                    yield Duration.parse(value.asText().strip()).toSeconds();
                } catch (DateTimeParseException e) {
                    throw settings.bad(full, "is no duration", setting.bound());
                }
            }
        };
    }

    private HealthSetting known(String name) {
        return HealthSetting.named(name).orElseThrow(() -> unknown(name));
    }

    private BadSetting unknown(String name) {
        return settings.bad(name, "is unknown", "one of " + String.join(", ", names()));
    }

    private static Set<String> names() {
        Set<String> names = new TreeSet<>();
        for (HealthSetting setting : HealthSetting.values()) {
            names.add(setting.name());
        }
        return names;
    }

    private static Set<String> names(JsonNode object) {
        Set<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
