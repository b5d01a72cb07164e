package dev.fleetline.device;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads single values out of a ThingSpace document, where nearly every number is text and "unknown" has many
 * spellings.
 */
final class WireValue {

    private static final Set<String> UNKNOWN = Set.of("", "Not_Supported", "Not_Available", "0.0.0.0");

    /** A plain decimal; no exponent, no hex, no digits of other scripts, and not longer than any measure is. */
    private static final Pattern DECIMAL = Pattern.compile("[+-]?[0-9]{1,12}(\\.[0-9]{1,12})?");

    private WireValue() {}

    /** The value under a path of keys; empty when any step of it is missing, no object, or null. */
    static Optional<Object> at(Map<?, ?> document, String... path) {
        Object here = document;
        for (String key : path) {
            if (!(here instanceof Map<?, ?> object) || object.get(key) == null) {
                return Optional.empty();
            }
            here = object.get(key);
        }
        return Optional.of(here);
    }

    /** Text without the spaces around it; empty for the platform's words for unknown and for control characters. */
    static Optional<String> text(Map<?, ?> document, String... path) {
        return at(document, path)
                .filter(value -> value instanceof String || value instanceof Number)
                .map(value -> value.toString().strip())
                .filter(text -> !UNKNOWN.contains(text) && text.chars().noneMatch(Character::isISOControl));
    }

    /** A number, however it is written, if it lies within what the measure can be; otherwise unknown. */
    static Optional<Double> number(Map<?, ?> document, double least, double most, String... path) {
        return text(document, path)
                .filter(text -> DECIMAL.matcher(text).matches())
                .map(Double::parseDouble)
                .filter(value -> value >= least && value <= most);
    }
}
