package dev.fleetline.callback;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.callback.CallbackKeys.Login;
import dev.fleetline.callback.Delivery.Status;
import dev.fleetline.callback.Delivery.Status.Quarantined;
import dev.fleetline.callback.PlatformJson.Parsed;
import java.time.Instant;
import java.util.HashMap;
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

    /** Longer than any kind there is; what is longer would not fit into the item beside a payload of full size. */
    private static final int LONGEST_KIND = 200;

    private static final Quarantined KIND_TOO_LONG =
            new Quarantined("KIND_TOO_LONG", "a kind has at most " + LONGEST_KIND + " characters");

    private Deliveries() {}

    /** The delivery that this event of a stream is. */
    public static Delivery streamed(String message, Instant receivedAt) {
        return event(message, receivedAt).delivery();
    }

    /** The delivery that this message of a service is. */
    public static Delivery calledBack(String service, byte[] message, Instant receivedAt) {
        return callback(service, new String(message, UTF_8), receivedAt).delivery();
    }

    static Arrival event(String text, Instant receivedAt) {
        return switch (PlatformJson.parse(text)) {
            case Parsed.Bad(var why) -> unreadable(STREAM, text, receivedAt, why);
            case Parsed.Good(var message) -> {
                boolean redacted = Redaction.redact(message);
                boolean isBare = isBare(message);
                ObjectNode event = isBare ? enveloped(message) : message;
                String kind = PlatformJson.text(event.path("data"), "kind")
                        .or(() -> PlatformJson.text(event, "kind"))
                        .orElse("unknown");
                if (kind.length() > LONGEST_KIND) {
                    yield unreadable(STREAM, text, receivedAt, KIND_TOO_LONG);
                }
                // as it was sent, where nothing had to be changed
                String payload = redacted || isBare ? event.toString() : text;
                yield arrival(Identity.ofEvent(event, receivedAt), STREAM, kind, receivedAt, payload);
            }
        };
    }

    /** Whether an event comes without its envelope, as the platform's history lists them. */
    private static boolean isBare(ObjectNode message) {
        return !message.has("data") && message.has("deviceid") && message.has("fields");
    }

    private static ObjectNode enveloped(ObjectNode message) {
        ObjectNode envelope = message.objectNode();
        PlatformJson.text(message, "kind").ifPresent(kind -> envelope.put("kind", kind));
        envelope.set("data", message);
        return envelope;
    }

    /**
     * What a service of the platform said, {@code CarrierService}; that name is its kind. The credentials that such a
     * message carries are taken out before anything is kept, and a message in which they could not be found because it
     * cannot be read is not kept itself.
     */
    static Arrival callback(String service, String text, Instant receivedAt) {
        return switch (PlatformJson.parse(text)) {
            case Parsed.Bad(var why) -> unreadable(CALLBACK + service, text, receivedAt, why);
            case Parsed.Good(var message) -> {
                Redaction.redact(message);
                yield arrival(
                        Identity.ofCallback(service, message, receivedAt),
                        CALLBACK + service,
                        service,
                        receivedAt,
                        message.toString());
            }
        };
    }

    private static Arrival arrival(Identity identity, String source, String kind, Instant receivedAt, String payload) {
        return new Arrival(
                new Delivery(identity.id(), source, kind, receivedAt, payload, new Status.Received()),
                identity.before());
    }

    static Arrival unreadable(String source, String text, Instant receivedAt, Quarantined why) {
        return unreadable(source, text.getBytes(UTF_8), text, receivedAt, why);
    }

    /** Without its text, where a login may be in the bytes that nobody can take out. */
    static Arrival unreadable(String source, byte[] bytes, String text, Instant receivedAt, Quarantined why) {
        Identity identity = Identity.ofUnreadable(source, text);
        boolean isKept = source.equals(STREAM) && !Redaction.mayHoldLogin(bytes);
        return new Arrival(
                new Delivery(identity.id(), source, "unreadable", receivedAt, isKept ? text : "", why),
                identity.before());
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
        return switch (PlatformJson.parse(PlatformJson.text(body).orElse(""))) {
            case Parsed.Good(var message) -> credentials(message);
            case Parsed.Bad _ -> new Credentials.Absent();
        };
    }

    private static Credentials credentials(ObjectNode message) {
        if (message.propertyStream().map(Map.Entry::getKey).noneMatch(Redaction::isCredential)) {
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
        return switch (PlatformJson.parse(delivery.payload())) {
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
        return PlatformJson.parse(delivery.payload()) instanceof Parsed.Good(var message) ? plain(message) : Map.of();
    }

    private static Map<String, Object> plain(JsonNode object) {
        Map<String, Object> plain = new HashMap<>();
        object.properties().forEach(field -> plain.put(field.getKey(), PlatformJson.plain(field.getValue())));
        return plain;
    }
}
