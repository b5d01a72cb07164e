package dev.fleetline.callback;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.callback.Delivery.Status;
import dev.fleetline.callback.Delivery.Status.Quarantined;
import dev.fleetline.callback.PlatformJson.Parsed;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Makes a delivery out of one message of the platform, and reads what is in one. What a body holds beside it is {@link
 * Intake}'s matter.
 *
 * <p>Whatever a message is, it becomes a delivery that can be stored: one that cannot be read is quarantined at once,
 * with a reason.
 */
public final class Deliveries {

    static final String STREAM = "stream";

    /** The beginning of every source that is a service of the platform; its name follows. */
    static final String CALLBACK = "callback/";

    static final String UNREADABLE = "unreadable";

    /** Longer than any kind there is; what is longer would not fit into the item beside a payload of full size. */
    private static final int LONGEST_KIND = 200;

    private static final Quarantined KIND_TOO_LONG =
            new Quarantined("KIND_TOO_LONG", "a kind has at most " + LONGEST_KIND + " characters");

    private Deliveries() {}

    /** The delivery that this event of a stream is. */
    public static Delivery streamed(String message, Instant receivedAt) {
        return alone(STREAM, message.getBytes(UTF_8), receivedAt);
    }

    /** The delivery that this message of a service is. */
    public static Delivery calledBack(String service, byte[] message, Instant receivedAt) {
        return alone(CALLBACK + service, message, receivedAt);
    }

    /**
     * The delivery that a device's document is which we fetched ourselves: the same as long as nothing in it has
     * changed. It is no message, so {@code data} finds nothing in it; {@code message} is the document.
     */
    public static Delivery document(String document, Instant receivedAt) {
        return document(document.getBytes(UTF_8), receivedAt).delivery();
    }

    private static Arrival document(byte[] bytes, Instant receivedAt) {
        return switch (PlatformJson.parse(bytes)) {
            case Parsed.Bad(var why) ->
                unreadable(Delivery.ASKED, bytes, Redaction.mayHoldLogin(bytes), receivedAt, why);
            case Parsed.Poisoned(var message, var why) -> setAside(document(message, receivedAt), why);
            case Parsed.Good(var message) -> document(message, receivedAt);
        };
    }

    /** What we fetched ourselves: a device's document, or one of its reports. */
    static Arrival asked(byte[] bytes, Instant receivedAt) {
        if (isDocument(bytes)) {
            return document(bytes, receivedAt);
        }
        Arrival report = arrival(STREAM, bytes, Redaction.mayHoldLogin(bytes), receivedAt);
        return new Arrival(report.delivery().asked(), report.before());
    }

    private static boolean isDocument(byte[] bytes) {
        return PlatformJson.parse(bytes) instanceof Parsed.Good(var message)
                && kind(message)
                        .filter(kind -> kind.toLowerCase(Locale.ROOT).startsWith("ts.device"))
                        .isPresent();
    }

    private static Arrival document(ObjectNode message, Instant receivedAt) {
        Redaction.redact(message);
        return received(
                Identity.ofDocument(message),
                Delivery.ASKED,
                kind(message).orElse("unknown"),
                receivedAt,
                PlatformJson.write(message));
    }

    /** One that can be stored beside a payload of full size. */
    private static Optional<String> kind(ObjectNode message) {
        return PlatformJson.text(message, "kind").filter(kind -> kind.length() <= LONGEST_KIND);
    }

    private static Delivery alone(String source, byte[] message, Instant receivedAt) {
        return arrival(source, message, Redaction.mayHoldLogin(message), receivedAt)
                .delivery();
    }

    /** @param mayHoldLogin whether a login may be in what cannot be read; it is not kept then */
    static Arrival arrival(String source, byte[] bytes, boolean mayHoldLogin, Instant receivedAt) {
        return switch (PlatformJson.parse(bytes)) {
            case Parsed.Bad(var why) -> unreadable(source, bytes, mayHoldLogin, receivedAt, why);
            case Parsed.Poisoned(var message, var why) -> setAside(read(source, bytes, message, receivedAt), why);
            case Parsed.Good(var message) -> {
                Arrival read = read(source, bytes, message, receivedAt);
                yield read.delivery().kind().length() > LONGEST_KIND ? setAside(read, KIND_TOO_LONG) : read;
            }
        };
    }

    /** The credentials that it carries are taken out, whoever sent it. */
    private static Arrival read(String source, byte[] bytes, ObjectNode message, Instant receivedAt) {
        boolean redacted = Redaction.redact(message);
        return isService(source)
                ? callback(source.substring(CALLBACK.length()), message, receivedAt)
                : event(bytes, message, redacted, receivedAt);
    }

    static boolean isService(String source) {
        return source.startsWith(CALLBACK);
    }

    private static Arrival event(byte[] bytes, ObjectNode message, boolean redacted, Instant receivedAt) {
        boolean isBare = isBare(message);
        ObjectNode event = isBare ? enveloped(message) : message;
        String kind = PlatformJson.text(event.path("data"), "kind")
                .or(() -> PlatformJson.text(event, "kind"))
                .orElse("unknown");
        // as it was sent, where nothing had to be changed
        String payload = redacted || isBare ? PlatformJson.write(event) : new String(bytes, UTF_8);
        return received(Identity.ofEvent(event, receivedAt), STREAM, kind, receivedAt, payload);
    }

    /** Whether an event comes without its envelope, as the platform's history lists them. */
    private static boolean isBare(ObjectNode message) {
        return !message.has("data") && message.has("deviceid") && message.has("fields");
    }

    private static ObjectNode enveloped(ObjectNode message) {
        ObjectNode envelope = message.objectNode();
        kind(message).ifPresent(kind -> envelope.put("kind", kind));
        envelope.set("data", message);
        return envelope;
    }

    /** What a service of the platform said, {@code CarrierService}; that name is its kind. */
    private static Arrival callback(String service, ObjectNode message, Instant receivedAt) {
        return received(
                Identity.ofCallback(service, message, receivedAt),
                CALLBACK + service,
                service,
                receivedAt,
                PlatformJson.write(message));
    }

    private static Arrival received(Identity identity, String source, String kind, Instant receivedAt, String payload) {
        return new Arrival(
                new Delivery(identity.id(), source, kind, receivedAt, payload, new Status.Received()),
                identity.before());
    }

    /** A message that could be read and cannot be applied as it is. */
    private static Arrival setAside(Arrival arrival, Quarantined why) {
        Delivery read = arrival.delivery();
        Identity identity = new Identity(read.id(), arrival.before()).setAside();
        return new Arrival(
                new Delivery(identity.id(), read.source(), UNREADABLE, read.receivedAt(), read.payload(), why),
                identity.before());
    }

    /** As it came; without it where it may hold a login, which nobody can take out. */
    static Arrival unreadable(String source, byte[] bytes, boolean mayHoldLogin, Instant receivedAt, Quarantined why) {
        String text = text(bytes);
        Identity identity = Identity.ofUnreadable(source, text);
        return new Arrival(
                new Delivery(identity.id(), source, UNREADABLE, receivedAt, mayHoldLogin ? "" : text, why),
                identity.before());
    }

    /** In Base64, where it is no UTF-8. */
    static String text(byte[] bytes) {
        return PlatformJson.text(bytes).orElseGet(() -> Base64.getEncoder().encodeToString(bytes));
    }

    /** The bytes of what was kept as it came, the other way round than {@link #text}. */
    static byte[] bytes(Delivery asItCame) {
        byte[] text = asItCame.payload().getBytes(UTF_8);
        try {
            byte[] decoded = Base64.getDecoder().decode(text);
            // what is UTF-8 was not encoded here: its sender wrote it so
            return PlatformJson.text(decoded).isPresent() ? text : decoded;
        } catch (IllegalArgumentException notBase64) {
            return text;
        }
    }

    /** The message's {@code data} as plain maps and lists; empty when the payload is no object with one. */
    public static Optional<Map<String, Object>> data(Delivery delivery) {
        return switch (PlatformJson.parse(delivery.payload())) {
            case Parsed.Bad _, Parsed.Poisoned _ -> Optional.empty();
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
        return PlatformJson.parse(delivery.payload()) instanceof Parsed.Good(var message) ? plain(message) : Map.of();
    }

    private static Map<String, Object> plain(JsonNode object) {
        Map<String, Object> plain = new HashMap<>();
        object.properties().forEach(field -> plain.put(field.getKey(), PlatformJson.plain(field.getValue())));
        return plain;
    }
}
