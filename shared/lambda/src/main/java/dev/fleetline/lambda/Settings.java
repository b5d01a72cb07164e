package dev.fleetline.lambda;

import java.net.URI;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Reads a function's settings, and refuses one that is missing or out of bounds with a sentence that names the
 * setting, its bound and where it is set. Values are never in the sentence: one of them might be a secret by mistake.
 */
public final class Settings {

    private final Map<String, String> environment;
    private final String function;

    /** {@code function} is the module's name, {@code health-sweep}. */
    public Settings(Map<String, String> environment, String function) {
        this.environment = Map.copyOf(environment);
        this.function = function;
    }

    /** A setting is missing or out of bounds; the function does not start. */
    public static final class BadSetting extends RuntimeException {
        BadSetting(String message) {
            super(message);
        }
    }

    public String text(String name) {
        return optional(name).orElseThrow(() -> bad(name, "is missing", "a text"));
    }

    /** Empty when it is not set or blank. */
    public Optional<String> optional(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }

    /** Empty when it is not set or blank; refused when it is set otherwise than by this regular expression. */
    public Optional<String> optional(String name, String form, String wrong, String bound) {
        Optional<String> value = optional(name);
        if (value.filter(text -> !text.matches(form)).isPresent()) {
            throw bad(name, wrong, bound);
        }
        return value;
    }

    /** Texts with commas between them, each of this form; none when it is not set or blank. */
    public Set<String> list(String name, String form, String what) {
        Set<String> values = new TreeSet<>();
        optional(name).stream()
                .flatMap(text -> Stream.of(text.split(",", -1)))
                .map(String::strip)
                .forEach(values::add);
        if (values.stream().anyMatch(value -> !value.matches(form))) {
            throw bad(name, "is no such list", what + ", with a comma between two, or nothing");
        }
        return values;
    }

    public int number(String name, int least, int most) {
        String bound = "a whole number from " + least + " to " + most;
        String text = optional(name).orElseThrow(() -> bad(name, "is missing", bound));
        try {
            int value = Integer.parseInt(text.strip());
            if (value < least || value > most) {
                throw bad(name, "is out of bounds", bound);
            }
            return value;
        } catch (NumberFormatException e) {
            throw bad(name, "is no number", bound);
        }
    }

    public double decimal(String name, double least, double most) {
        String bound = "a number from " + least + " to " + most;
        String text = optional(name).orElseThrow(() -> bad(name, "is missing", bound));
        try {
            double value = Double.parseDouble(text.strip());
            if (!(value >= least && value <= most)) {
                throw bad(name, "is out of bounds", bound);
            }
            return value;
        } catch (NumberFormatException e) {
            throw bad(name, "is no number", bound);
        }
    }

    public Duration duration(String name, Duration least, Duration most) {
        String bound = "a duration (ISO 8601, such as PT15M) from " + least + " to " + most;
        String text = optional(name).orElseThrow(() -> bad(name, "is missing", bound));
        try {
            Duration value = Duration.parse(text.strip());
            if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
                throw bad(name, "is out of bounds", bound);
            }
            return value;
        } catch (DateTimeParseException e) {
            throw bad(name, "is no duration", bound);
        }
    }

    /** {@code true} or {@code false}. */
    public boolean flag(String name) {
        String bound = "true or false";
        return switch (optional(name)
                .orElseThrow(() -> bad(name, "is missing", bound))
                .strip()) {
            case "true" -> true;
            case "false" -> false;
            default -> throw bad(name, "is neither", bound);
        };
    }

    /** An http or https address. */
    public URI address(String name) {
        String bound = "an http or https address";
        String text = optional(name).orElseThrow(() -> bad(name, "is missing", bound));
        try {
            URI uri = URI.create(text.strip());
            if (uri.getHost() == null || !("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))) {
                throw bad(name, "is no address", bound);
            }
            return uri;
        } catch (IllegalArgumentException e) {
            throw bad(name, "is no address", bound);
        }
    }

    /** Refuses what the function's own record refuses, in the same words. */
    public BadSetting bad(String name, String what, String bound) {
        return new BadSetting("setting " + name + " of " + function + " " + what + ": it must be " + bound
                + ". It is set in template.yaml, in the Environment of function " + logicalId() + ".");
    }

    private String logicalId() {
        StringBuilder id = new StringBuilder();
        for (String word : function.split("-", -1)) {
            id.append(Character.toUpperCase(word.charAt(0))).append(word, 1, word.length());
        }
        return id.toString();
    }
}
