package dev.fleetline.callback;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.util.JsonGeneratorDelegate;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.callback.Delivery.Status.Quarantined;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a message of the platform, strictly: what two readers could take for two things is refused with a reason.
 *
 * <p>The words of a reason never quote the message: they end up in logs and on the bus, and nobody knows what is in it.
 */
final class PlatformJson {

    private static final Quarantined NOT_UTF8 =
            new Quarantined("NOT_UTF8", "the message is no UTF-8; it is kept as it came, in Base64");

    private static final int DEEPEST = 100;

    private static final Quarantined NOT_AN_OBJECT =
            new Quarantined("NOT_AN_OBJECT", "a message of the platform is a JSON object");

    private static final Quarantined NUL_CHARACTER =
            new Quarantined("NUL_CHARACTER", "a text of the message holds the character U+0000");

    private static final Quarantined HALF_CHARACTER =
            new Quarantined("HALF_CHARACTER", "a text of the message holds half of a character (a lone surrogate)");

    private static final Quarantined NUMBER_OUT_OF_RANGE =
            new Quarantined("NUMBER_OUT_OF_RANGE", "a number of the message is beyond what a double can hold");

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private PlatformJson() {}

    sealed interface Parsed {
        record Good(ObjectNode message) implements Parsed {}

        /** It can be read, but holds what breaks whoever reads it next. */
        record Poisoned(ObjectNode message, Quarantined why) implements Parsed {}

        record Bad(Quarantined why) implements Parsed {}
    }

    /** The bytes as text; empty when they are no UTF-8. */
    static Optional<String> text(byte[] body) {
        try {
            return Optional.of(UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    static Parsed parse(byte[] message) {
        return text(message).map(PlatformJson::parse).orElseGet(() -> new Parsed.Bad(NOT_UTF8));
    }

    static Parsed parse(String text) {
        try {
            if (!(JSON.readTree(text) instanceof ObjectNode message)) {
                return new Parsed.Bad(NOT_AN_OBJECT);
            }
            return poison(message)
                    .<Parsed>map(why -> new Parsed.Poisoned(message, why))
                    .orElseGet(() -> new Parsed.Good(message));
        } catch (StreamConstraintsException e) {
            return new Parsed.Bad(new Quarantined(
                    "BEYOND_BOUNDS",
                    "nested deeper than " + DEEPEST + " levels, or a number or a name longer than is read"));
        } catch (NumberFormatException e) {
            // an exponent of eleven digits gets past Jackson's own bounds and out of it as this
            return new Parsed.Bad(NUMBER_OUT_OF_RANGE);
        } catch (JsonProcessingException e) {
            return new Parsed.Bad(
                    new Quarantined("NOT_JSON", "no JSON, or an object names a field twice" + place(e.getLocation())));
        }
    }

    /** The text that is written there as JSON; empty for what is no text. */
    static Optional<String> string(String json) {
        try {
            return Optional.ofNullable(JSON.readTree(json).textValue());
        } catch (JsonProcessingException | NumberFormatException notWellFormed) {
            return Optional.empty();
        }
    }

    /**
     * As JSON that goes through UTF-8 unharmed: half of a character stays written as it was sent, as an escape. It is
     * never longer than what was read, so what was not too large to be kept is not now.
     */
    static String write(ObjectNode message) {
        var text = new StringWriter();
        try (JsonGenerator generator = new ShortNumbers(JSON.createGenerator(text))) {
            JSON.writeTree(generator, message);
        } catch (IOException e) {
            throw new UncheckedIOException("a text cannot fail to be written", e);
        }
        return withHalvesEscaped(text.toString());
    }

    private static String withHalvesEscaped(String text) {
        return text.codePoints().noneMatch(PlatformJson::isHalf)
                ? text
                : text.codePoints()
                        .mapToObj(c -> isHalf(c) ? String.format(Locale.ROOT, "\\u%04x", c) : Character.toString(c))
                        .collect(joining());
    }

    /** Four characters for {@code 1e-6}, of which {@link BigDecimal} makes eight. */
    private static final class ShortNumbers extends JsonGeneratorDelegate {

        ShortNumbers(JsonGenerator generator) {
            super(generator);
        }

        @Override
        public void writeNumber(BigDecimal number) throws IOException {
            String usual = number.toString();
            String bare = number.unscaledValue() + "E" + -(long) number.scale();
            writeNumber(bare.length() < usual.length() ? bare : usual);
        }
    }

    /** As plain maps, lists, texts and numbers. */
    static Object plain(JsonNode node) {
        return JSON.convertValue(node, Object.class);
    }

    /** The other way round than {@link #plain}. */
    static JsonNode tree(Map<String, Object> plain) {
        return JSON.valueToTree(plain);
    }

    /** A text of that name that says something. */
    static Optional<String> text(JsonNode object, String field) {
        return Optional.ofNullable(object.get(field))
                .filter(JsonNode::isTextual)
                .map(JsonNode::textValue)
                .filter(text -> !text.isBlank());
    }

    private static String place(JsonLocation location) {
        return ", at line " + location.getLineNr() + ", column " + location.getColumnNr();
    }

    /** What is good JSON and still breaks whoever reads it next. */
    private static Optional<Quarantined> poison(JsonNode node) {
        if (node.isNumber() && !Double.isFinite(node.doubleValue())) {
            return Optional.of(NUMBER_OUT_OF_RANGE);
        }
        Optional<Quarantined> here = node.isTextual() ? poison(node.textValue()) : Optional.empty();
        if (here.isPresent()) {
            return here;
        }
        for (var field : node.properties()) {
            Optional<Quarantined> name = poison(field.getKey());
            if (name.isPresent()) {
                return name;
            }
        }
        for (JsonNode child : node) {
            Optional<Quarantined> found = poison(child);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static Optional<Quarantined> poison(String text) {
        if (text.indexOf('\0') >= 0) {
            return Optional.of(NUL_CHARACTER);
        }
        return text.codePoints().anyMatch(PlatformJson::isHalf) ? Optional.of(HALF_CHARACTER) : Optional.empty();
    }

    private static boolean isHalf(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }
}
