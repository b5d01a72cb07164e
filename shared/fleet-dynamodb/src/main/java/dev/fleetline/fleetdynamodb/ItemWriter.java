package dev.fleetline.fleetdynamodb;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Builds an item, attribute by attribute; what has no value is not there. */
final class ItemWriter {

    /** The version of every item that this code writes. */
    static final int SCHEMA = 1;

    private final Map<String, AttributeValue> item = new LinkedHashMap<>();

    ItemWriter() {
        number("schema", SCHEMA);
    }

    ItemWriter text(String name, String value) {
        item.put(name, AttributeValue.fromS(value));
        return this;
    }

    ItemWriter text(String name, Optional<String> value) {
        value.ifPresent(present -> text(name, present));
        return this;
    }

    ItemWriter texts(String name, List<String> values) {
        item.put(
                name,
                AttributeValue.fromL(values.stream().map(AttributeValue::fromS).toList()));
        return this;
    }

    ItemWriter number(String name, long value) {
        item.put(name, AttributeValue.fromN(Long.toString(value)));
        return this;
    }

    ItemWriter flag(String name, boolean value) {
        item.put(name, AttributeValue.fromBool(value));
        return this;
    }

    ItemWriter bytes(String name, byte[] value) {
        item.put(name, AttributeValue.fromB(SdkBytes.fromByteArray(value)));
        return this;
    }

    ItemWriter time(String name, Instant value) {
        return text(name, value.toString());
    }

    ItemWriter moment(String name, Instant value) {
        item.put(name, moment(value));
        return this;
    }

    /** When DynamoDB may forget the item: a second that has begun counts as not over. */
    ItemWriter forgetAfter(Instant value) {
        item.put("expiresAt", forgottenAfter(value));
        return this;
    }

    Map<String, AttributeValue> item() {
        return item;
    }

    /** The value of {@code expiresAt}: whole seconds, since that is all that DynamoDB's forgetting understands. */
    static AttributeValue forgottenAfter(Instant value) {
        return AttributeValue.fromN(Long.toString(value.getEpochSecond() + (value.getNano() > 0 ? 1 : 0)));
    }

    /** A time that DynamoDB can compare: seconds with nine decimals. ISO text sorts wrong when decimals differ. */
    static AttributeValue moment(Instant value) {
        return AttributeValue.fromN(BigDecimal.valueOf(value.getEpochSecond())
                .add(BigDecimal.valueOf(value.getNano(), 9))
                .toPlainString());
    }
}
