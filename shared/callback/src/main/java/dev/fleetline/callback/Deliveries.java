package dev.fleetline.callback;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.callback.CallbackKeys.Login;
import dev.fleetline.callback.Delivery.DeliveryId;
import dev.fleetline.callback.Delivery.Status;
import dev.fleetline.callback.Delivery.Status.Quarantined;
import dev.fleetline.device.DeviceId;
import dev.fleetline.device.WireTime;
import dev.fleetline.fleetevents.Digest;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes deliveries out of what the platform sends.
 *
 * <p>Whatever a body holds, it becomes a delivery that can be stored: one that cannot be read is quarantined at once,
 * with a reason. A stream event is identified by its own {@code id} and {@code versionid}; what has neither is
 * identified by the digest of what it says.
 *
 * <p>The words of a reason never quote the body: they end up in logs and on the bus, and nobody knows what is in it.
 */
public final class Deliveries {

    private static final int DEEPEST = 100;

    /** Longer than any kind there is; what is longer would not fit into the item beside a payload of full size. */
    private static final int LONGEST_KIND = 200;

    /** How the callback services write what they log in with; it is in every body of theirs. */
    private static final List<String> CREDENTIALS = List.of("username", "password");

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private Deliveries() {}

    /** The delivery that these bytes are. Those that are no UTF-8 are kept as they came, in Base64, and quarantined. */
    public static Delivery streamed(byte[] body, Instant receivedAt) {
        return switch (text(body)) {
            case Text.Good(var good) -> streamed(good, receivedAt);
            case Text.Bad(var base64) -> unreadable("stream", base64, receivedAt, NOT_UTF8);
        };
    }

    /** The delivery that this body is. */
    public static Delivery streamed(String body, Instant receivedAt) {
        return switch (parse(body)) {
            case Parsed.Bad(var why) -> unreadable("stream", body, receivedAt, why);
            case Parsed.Good(var message) -> {
                JsonNode data = message.path("data");
                String kind = text(data, "kind").or(() -> text(message, "kind")).orElse("unknown");
                yield kind.length() > LONGEST_KIND
                        ? unreadable("stream", body, receivedAt, KIND_TOO_LONG)
                        : new Delivery(identity(body, data), "stream", kind, receivedAt, body, new Status.Received());
            }
        };
    }

    /**
     * What a callback service sent, {@code CarrierService}. The credentials that every such body carries are taken out
     * before anything is kept, and a body in which they could not be found because it cannot be read is not kept itself.
     */
    public static Delivery calledBack(String service, byte[] body, Instant receivedAt) {
        String source = "callback/" + service;
        return switch (text(body)) {
            case Text.Bad(var base64) -> withoutPayload(unreadable(source, base64, receivedAt, NOT_UTF8));
            case Text.Good(var text) ->
                switch (parse(text)) {
                    case Parsed.Bad(var why) -> withoutPayload(unreadable(source, text, receivedAt, why));
                    case Parsed.Good(var message) -> {
                        redact(message);
                        String redacted = message.toString();
                        String digest = Digest.of(source, redacted);
                        yield new Delivery(
                                new DeliveryId("unknown#" + digest, Optional.empty(), digest),
                                source,
                                service,
                                receivedAt,
                                redacted,
                                new Status.Received());
                    }
                };
        };
    }

    /** What a callback service logs in with, as its body has it. */
    public sealed interface Credentials {
        /** Both are there, as texts. */
        record Shown(Login login) implements Credentials {}

        /** One of the two is there, or one that is no text. */
        record Garbled() implements Credentials {}

        /** Neither is there, or the body cannot be read. */
        record Absent() implements Credentials {}
    }

    /** The credentials in the body of a callback service. */
    public static Credentials credentials(byte[] body) {
        return text(body) instanceof Text.Good(var text) && parse(text) instanceof Parsed.Good(var message)
                ? credentials(message)
                : new Credentials.Absent();
    }

    private static Credentials credentials(ObjectNode message) {
        if (message.propertyStream().map(Map.Entry::getKey).noneMatch(Deliveries::isCredential)) {
            return new Credentials.Absent();
        }
        JsonNode username = message.path("username");
        JsonNode password = message.path("password");
        return username.isTextual() && password.isTextual()
                ? new Credentials.Shown(new Login(username.textValue(), password.textValue()))
                : new Credentials.Garbled();
    }

    /** The message's {@code data} as plain maps and lists; empty when the payload is no object with one. */
    public static Optional<Map<String, Object>> data(Delivery delivery) {
        return switch (parse(delivery.payload())) {
            case Parsed.Bad _ -> Optional.empty();
            case Parsed.Good(var message) -> {
                JsonNode data = message.path("data");
                if (!data.isObject()) {
                    yield Optional.empty();
                }
                yield Optional.of(plain(data));
            }
        };
    }

    /** The whole message as plain maps and lists; nothing when the payload is no object. */
    public static Map<String, Object> message(Delivery delivery) {
        return parse(delivery.payload()) instanceof Parsed.Good(var message) ? plain(message) : Map.of();
    }

    private static Map<String, Object> plain(JsonNode object) {
        Map<String, Object> plain = new HashMap<>();
        object.properties()
                .forEach(field -> plain.put(field.getKey(), JSON.convertValue(field.getValue(), Object.class)));
        return plain;
    }

    private static final Quarantined NOT_UTF8 =
            new Quarantined("NOT_UTF8", "the body is no UTF-8; it is kept as it came, in Base64");

    private static final Quarantined NOT_AN_OBJECT =
            new Quarantined("NOT_AN_OBJECT", "a message of the platform is a JSON object");

    private static final Quarantined KIND_TOO_LONG =
            new Quarantined("KIND_TOO_LONG", "a kind has at most " + LONGEST_KIND + " characters");

    private static final Quarantined NUL_CHARACTER =
            new Quarantined("NUL_CHARACTER", "a text of the message holds the character U+0000");

    private static final Quarantined NUMBER_OUT_OF_RANGE =
            new Quarantined("NUMBER_OUT_OF_RANGE", "a number of the message is beyond what a double can hold");

    private sealed interface Text {
        record Good(String text) implements Text {}

        record Bad(String base64) implements Text {}
    }

    private static Text text(byte[] body) {
        try {
            return new Text.Good(
                    UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString());
        } catch (CharacterCodingException e) {
            return new Text.Bad(Base64.getEncoder().encodeToString(body));
        }
    }

    private sealed interface Parsed {
        record Good(ObjectNode message) implements Parsed {}

        record Bad(Quarantined why) implements Parsed {}
    }

    private static Parsed parse(String body) {
        try {
            if (!(JSON.readTree(body) instanceof ObjectNode message)) {
                return new Parsed.Bad(NOT_AN_OBJECT);
            }
            return poison(message).<Parsed>map(Parsed.Bad::new).orElseGet(() -> new Parsed.Good(message));
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

    private static String place(JsonLocation location) {
        return ", at line " + location.getLineNr() + ", column " + location.getColumnNr();
    }

    /** What is good JSON and still breaks whoever reads it next. */
    private static Optional<Quarantined> poison(JsonNode node) {
        if (node.isTextual() && node.textValue().indexOf('\0') >= 0) {
            return Optional.of(NUL_CHARACTER);
        }
        if (node.isNumber() && !Double.isFinite(node.doubleValue())) {
            return Optional.of(NUMBER_OUT_OF_RANGE);
        }
        for (var field : node.properties()) {
            if (field.getKey().indexOf('\0') >= 0) {
                return Optional.of(NUL_CHARACTER);
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

    private static void redact(JsonNode node) {
        if (node instanceof ObjectNode object) {
            List<String> secret = object.propertyStream()
                    .map(Map.Entry::getKey)
                    .filter(Deliveries::isCredential)
                    .toList();
            object.remove(secret);
        }
        for (JsonNode child : node) {
            redact(child);
        }
    }

    private static boolean isCredential(String name) {
        return CREDENTIALS.stream().anyMatch(name::equalsIgnoreCase);
    }

    private static DeliveryId identity(String body, JsonNode data) {
        Optional<String> uid = text(data, "deviceid").flatMap(Deliveries::uid);
        Optional<String> own =
                text(data, "id").flatMap(id -> text(data, "versionid").map(v -> Digest.of(id, v)));
        return new DeliveryId(
                uid.map(id -> "uid#" + id).orElseGet(() -> "unknown#" + Digest.of(body)),
                text(data, "createdon").flatMap(WireTime::read),
                own.orElseGet(() -> Digest.of(body)));
    }

    private static Optional<String> uid(String text) {
        try {
            return Optional.of(DeviceId.parse(text).value());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> text(JsonNode object, String field) {
        return Optional.ofNullable(object.get(field))
                .filter(JsonNode::isTextual)
                .map(JsonNode::textValue)
                .filter(text -> !text.isBlank());
    }

    private static Delivery unreadable(String source, String payload, Instant receivedAt, Quarantined why) {
        String digest = Digest.of(payload);
        return new Delivery(
                new DeliveryId("unknown#" + digest, Optional.empty(), digest),
                source,
                "unreadable",
                receivedAt,
                payload,
                why);
    }

    private static Delivery withoutPayload(Delivery delivery) {
        return new Delivery(
                delivery.id(), delivery.source(), delivery.kind(), delivery.receivedAt(), "", delivery.status());
    }
}
