package dev.fleetline.fleetdynamodb;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Reads the attributes of an item; what is missing or of another type is an {@link UnreadableItem}. */
final class ItemReader {

    private final String what;
    private final Map<String, AttributeValue> item;

    /**
     * Checks that the item is of a schema we know.
     *
     * @param what names the item in messages, without personal ids
     */
    ItemReader(String what, Map<String, AttributeValue> item) {
        this.what = what;
        this.item = item;
        long schema = number("schema");
        if (schema != ItemWriter.SCHEMA) {
            throw new UnreadableItem(what + " has schema " + schema + ", this version reads " + ItemWriter.SCHEMA
                    + ": deploy the version that wrote it");
        }
    }

    boolean has(String name) {
        return item.containsKey(name);
    }

    String text(String name) {
        return optionalText(name).orElseThrow(() -> wrong(name, "is missing or is no text"));
    }

    Optional<String> optionalText(String name) {
        return Optional.ofNullable(item.get(name)).map(AttributeValue::s);
    }

    List<String> texts(String name) {
        AttributeValue value = item.get(name);
        if (value == null || !value.hasL()) {
            throw wrong(name, "is missing or is no list");
        }
        return value.l().stream().map(AttributeValue::s).toList();
    }

    long number(String name) {
        return decimal(name).longValue();
    }

    int smallNumber(String name) {
        try {
            return decimal(name).intValueExact();
        } catch (ArithmeticException e) {
            throw new UnreadableItem(what + ": " + name + " is no whole number that fits", e);
        }
    }

    boolean flag(String name) {
        return Optional.ofNullable(item.get(name))
                .map(AttributeValue::bool)
                .orElseThrow(() -> wrong(name, "is missing or is neither true nor false"));
    }

    byte[] bytes(String name) {
        return Optional.ofNullable(item.get(name))
                .map(AttributeValue::b)
                .orElseThrow(() -> wrong(name, "is missing or is not binary"))
                .asByteArray();
    }

    Instant time(String name) {
        return time(name, text(name));
    }

    Optional<Instant> optionalTime(String name) {
        return optionalText(name).map(text -> time(name, text));
    }

    Instant moment(String name) {
        BigDecimal seconds = decimal(name);
        long whole = seconds.longValue();
        return Instant.ofEpochSecond(
                whole,
                seconds.subtract(BigDecimal.valueOf(whole)).movePointRight(9).longValue());
    }

    <E extends Enum<E>> E constant(String name, Class<E> type) {
        try {
            return Enum.valueOf(type, text(name));
        } catch (IllegalArgumentException e) {
            throw new UnreadableItem(what + ": " + name + " is no " + type.getSimpleName() + " that we know", e);
        }
    }

    UnreadableItem wrong(String name, String rule) {
        return new UnreadableItem(what + ": " + name + " " + rule);
    }

    private Instant time(String name, String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new UnreadableItem(what + ": " + name + " is no time", e);
        }
    }

    private BigDecimal decimal(String name) {
        String digits = Optional.ofNullable(item.get(name))
                .map(AttributeValue::n)
                .orElseThrow(() -> wrong(name, "is missing or is no number"));
        return new BigDecimal(digits);
    }
}
