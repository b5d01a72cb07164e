package dev.fleetline.callback;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import dev.fleetline.callback.Delivery.DeliveryId;
import dev.fleetline.callback.Delivery.Status.Quarantined;
import dev.fleetline.callback.PlatformJson.Parsed;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Makes the deliveries out of what the platform sends in one body: each message is one of its own, and one that is bad
 * is set aside by itself.
 *
 * @param accounts whose messages are ours; what names another one is quarantined
 * @param mostMessages so many a body may hold; one that holds more is kept whole, for {@link #takenApart}
 */
public record Intake(Accounts accounts, int mostMessages) {

    /** The reason under which a body is kept whole. */
    public static final String TOO_MANY_EVENTS = "TOO_MANY_EVENTS";

    /** The kind of such a body. */
    public static final String SEVERAL = "several";

    public Intake {
        if (mostMessages < 1) {
            throw new IllegalArgumentException("mostMessages must be at least 1: " + mostMessages);
        }
    }

    /** With the accounts as a setting lists them. */
    public Intake(Optional<String> accounts, int mostMessages) {
        this(Accounts.of(accounts), mostMessages);
    }

    /** What a stream sent. A body that is no UTF-8 is kept as it came, in Base64, and quarantined. */
    public List<Arrival> streamed(byte[] body, Instant receivedAt) {
        Optional<String> text = PlatformJson.text(body);
        if (text.isEmpty()) {
            return List.of(notUtf8(Deliveries.STREAM, body, receivedAt));
        }
        return arrivals(
                Deliveries.STREAM,
                Unpacking.stream(text.get()),
                text.get(),
                receivedAt,
                message -> Deliveries.event(message, receivedAt));
    }

    /** What a service of the platform sent, {@code CarrierService}. */
    public List<Arrival> calledBack(String service, byte[] body, Instant receivedAt) {
        String source = Deliveries.CALLBACK + service;
        Optional<String> text = PlatformJson.text(body);
        if (text.isEmpty()) {
            return List.of(notUtf8(source, body, receivedAt));
        }
        return arrivals(
                source,
                Unpacking.messages(text.get()),
                text.get(),
                receivedAt,
                message -> Deliveries.callback(service, message, receivedAt));
    }

    /** The messages of a body that was kept whole, as if each had been kept when it came. */
    public List<Arrival> takenApart(Delivery whole) {
        Intake unbounded = new Intake(accounts, Integer.MAX_VALUE);
        byte[] body = whole.payload().getBytes(UTF_8);
        return whole.source().startsWith(Deliveries.CALLBACK)
                ? unbounded.calledBack(whole.source().substring(Deliveries.CALLBACK.length()), body, whole.receivedAt())
                : unbounded.streamed(body, whole.receivedAt());
    }

    private List<Arrival> arrivals(
            String source, List<String> messages, String body, Instant receivedAt, Function<String, Arrival> arrival) {
        if (messages.isEmpty()) {
            var nothing = new Quarantined("NO_EVENTS", "the body is a list with nothing in it");
            return List.of(Deliveries.unreadable(source, body, receivedAt, nothing));
        }
        if (messages.size() > mostMessages) {
            return List.of(whole(source, messages, body, receivedAt));
        }
        return messages.stream().map(arrival).map(this::ofOurAccount).toList();
    }

    private Arrival whole(String source, List<String> messages, String body, Instant receivedAt) {
        String payload = withoutLogins(source, messages, body.strip());
        var why = new Quarantined(
                TOO_MANY_EVENTS, "the body holds " + messages.size() + " messages, more than " + mostMessages);
        DeliveryId id = Identity.ofUnreadable(source, payload).id();
        return new Arrival(new Delivery(id, source, SEVERAL, receivedAt, payload, why), Optional.empty());
    }

    /** As it came, or of the same shape without what callback services log in with. */
    private static String withoutLogins(String source, List<String> messages, String body) {
        if (!source.startsWith(Deliveries.CALLBACK) && !Redaction.mayHoldLogin(body.getBytes(UTF_8))) {
            return body;
        }
        if (body.startsWith("[")) {
            return messages.stream().map(Intake::withoutLogin).collect(joining(",", "[", "]"));
        }
        if (PlatformJson.parse(body) instanceof Parsed.Good(var envelope)) {
            Redaction.redact(envelope);
            return envelope.toString();
        }
        return messages.stream().map(Intake::withoutLogin).collect(joining("\n"));
    }

    private static String withoutLogin(String message) {
        if (PlatformJson.parse(message) instanceof Parsed.Good(var read)) {
            Redaction.redact(read);
            return read.toString();
        }
        return "{}";
    }

    private Arrival ofOurAccount(Arrival arrival) {
        return accounts.refuse(arrival.delivery())
                .map(why -> new Arrival(arrival.delivery().in(why), arrival.before()))
                .orElse(arrival);
    }

    private static Arrival notUtf8(String source, byte[] body, Instant receivedAt) {
        String base64 = Base64.getEncoder().encodeToString(body);
        return Deliveries.unreadable(source, body, base64, receivedAt, PlatformJson.NOT_UTF8);
    }
}
