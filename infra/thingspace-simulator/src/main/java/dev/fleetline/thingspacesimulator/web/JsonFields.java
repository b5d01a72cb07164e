package dev.fleetline.thingspacesimulator.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A JSON object of the control API, read field by field. People type these bodies, so a field that nobody knows or that has
 * the wrong form is refused by name and with the right form.
 */
public final class JsonFields {

    private final ObjectNode body;

    private JsonFields(ObjectNode body) {
        this.body = body;
    }

    /** The body of a call, which may have the {@code known} fields and no other. */
    public static JsonFields of(Call call, Set<String> known) {
        String text = call.body();
        ObjectNode body = Json.readObject(text.isBlank() ? "{}" : text)
                .orElseThrow(() -> badRequest("the body must be one JSON object with fields of " + sorted(known)));
        body.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                throw badRequest("unknown field \"" + name + "\"; known are " + sorted(known));
            }
        });
        return new JsonFields(body);
    }

    /** A refusal in the control API's own words. */
    public static Refusal badRequest(String why) {
        return new Refusal(
                Answer.json(400, Json.object().put("error", "bad_request").put("error_description", why)));
    }

    /** Whether the field is there. */
    public boolean has(String name) {
        return body.has(name);
    }

    /** How often; {@code true} says once. */
    public int count(String name, int otherwise, int least, int most) {
        JsonNode value = body.path(name);
        if (value.isMissingNode()) {
            return otherwise;
        }
        if (value.isBoolean()) {
            return value.asBoolean() ? Math.max(1, least) : least;
        }
        if (!value.isInt() || value.asInt() < least || value.asInt() > most) {
            throw badRequest("\"" + name + "\" must be a whole number from " + least + " to " + most);
        }
        return value.asInt();
    }

    /** Yes or no. */
    public boolean flag(String name, boolean otherwise) {
        JsonNode value = body.path(name);
        if (value.isMissingNode()) {
            return otherwise;
        }
        if (!value.isBoolean()) {
            throw badRequest("\"" + name + "\" must be true or false");
        }
        return value.asBoolean();
    }

    /** A length of time that is not negative. */
    public Optional<Duration> duration(String name) {
        return text(name).map(text -> {
            try {
                Duration duration = Duration.parse(text);
                if (!duration.isNegative()) {
                    return duration;
                }
            } catch (DateTimeException e) {
                // falls through to the refusal that says what is right
            }
            throw badRequest(
                    "\"" + name + "\" must be an ISO 8601 duration of days, hours, minutes, seconds that is not "
                            + "negative, such as \"P1D\" or \"PT90S\"");
        });
    }

    /** A moment. */
    public Optional<Instant> instant(String name) {
        return text(name).map(text -> {
            try {
                return Instant.parse(text);
            } catch (DateTimeException e) {
                throw badRequest("\"" + name + "\" must be a time in UTC such as \"2026-03-02T15:04:05Z\"");
            }
        });
    }

    /** One of {@code choices}; the first when the field is left out. */
    public String choice(String name, List<String> choices) {
        String chosen = text(name).orElse(choices.getFirst());
        if (!choices.contains(chosen)) {
            throw badRequest("\"" + name + "\" must be one of " + choices);
        }
        return chosen;
    }

    /** One of a kind, by its spelling; {@code otherwise} when the field is left out. */
    public <E extends Enum<E> & Spelled> E choice(String name, E otherwise) {
        E[] all = otherwise.getDeclaringClass().getEnumConstants();
        Optional<String> chosen = text(name);
        return chosen.isEmpty()
                ? otherwise
                : Arrays.stream(all)
                        .filter(choice -> choice.spelling().equals(chosen.get()))
                        .findFirst()
                        .orElseThrow(() -> badRequest("\"" + name + "\" must be one of "
                                + Arrays.stream(all).map(Spelled::spelling).toList()));
    }

    /** The name of a header; {@code otherwise} when the field is left out. */
    public String headerName(String name, String otherwise) {
        return text(name)
                .map(text -> {
                    if (!text.matches("[A-Za-z][A-Za-z0-9-]{0,63}")) {
                        throw badRequest(
                                "\"" + name + "\" must be the name of a header, such as \"" + otherwise + "\"");
                    }
                    return text;
                })
                .orElse(otherwise);
    }

    /** An object. */
    public Optional<ObjectNode> object(String name) {
        JsonNode value = body.path(name);
        if (value.isMissingNode()) {
            return Optional.empty();
        }
        if (!value.isObject()) {
            throw badRequest("\"" + name + "\" must be an object");
        }
        return Optional.of((ObjectNode) value);
    }

    /** A text. */
    public Optional<String> text(String name) {
        JsonNode value = body.path(name);
        if (value.isMissingNode()) {
            return Optional.empty();
        }
        if (!value.isTextual()) {
            throw badRequest("\"" + name + "\" must be a string");
        }
        return Optional.of(value.asText());
    }

    /** A text, or a number with the digits it was written with. */
    public Optional<String> textOrNumber(String name) {
        JsonNode value = body.path(name);
        if (value.isMissingNode()) {
            return Optional.empty();
        }
        if (!value.isTextual() && !value.isNumber()) {
            throw badRequest("\"" + name + "\" must be a number or a string");
        }
        return Optional.of(value.asText());
    }

    private static Set<String> sorted(Set<String> names) {
        return new TreeSet<>(names);
    }
}
