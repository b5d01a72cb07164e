package dev.fleetline.callback;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.callback.Delivery.DeliveryId;
import dev.fleetline.callback.Delivery.Status.Quarantined;
import dev.fleetline.callback.PlatformJson.Parsed;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

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
    static final String SEVERAL = "several";

    /** In place of what cannot be read and may hold a login: no message, and longer than nothing that it stands for. */
    private static final byte[] LEFT_OUT = {'0'};

    public Intake {
        if (mostMessages < 1) {
            throw new IllegalArgumentException("mostMessages must be at least 1: " + mostMessages);
        }
    }

    /** With the accounts as a setting lists them. */
    public Intake(Optional<String> accounts, int mostMessages) {
        this(Accounts.of(accounts), mostMessages);
    }

    /** What a stream sent. */
    public List<Arrival> streamed(byte[] body, Instant receivedAt) {
        return arrivals(Deliveries.STREAM, body, receivedAt);
    }

    /** What a service of the platform sent, {@code CarrierService}. */
    public List<Arrival> calledBack(String service, byte[] body, Instant receivedAt) {
        return arrivals(Deliveries.CALLBACK + service, body, receivedAt);
    }

    /**
     * The messages of what was {@linkplain Delivery#isAsItCame kept as it came}, as if each had been read then: with its
     * source and its time of receipt.
     */
    public List<Arrival> takenApart(Delivery asItCame) {
        byte[] body = Deliveries.bytes(asItCame);
        return asItCame.source().equals(Delivery.ASKED)
                ? List.of(ofOurAccount(Deliveries.asked(body, asItCame.receivedAt())))
                : new Intake(accounts, Integer.MAX_VALUE).arrivals(asItCame.source(), body, asItCame.receivedAt());
    }

    private List<Arrival> arrivals(String source, byte[] body, Instant receivedAt) {
        // asked of the body and not of each part: a password may stand in another part than the word before it
        boolean mayHoldLogin = Redaction.mayHoldLogin(body);
        List<byte[]> messages = unpacked(source, body, mostMessages);
        if (messages.isEmpty()) {
            var nothing = new Quarantined("NO_EVENTS", "there is no message in the body");
            return List.of(Deliveries.unreadable(source, body, mayHoldLogin, receivedAt, nothing));
        }
        if (messages.size() > mostMessages) {
            return List.of(
                    whole(source, mayHoldLogin ? withoutLogins(source, body) : Deliveries.text(body), receivedAt));
        }
        return messages.stream()
                .map(message -> Deliveries.arrival(source, message, mayHoldLogin, receivedAt))
                .map(this::ofOurAccount)
                .toList();
    }

    private static List<byte[]> unpacked(String source, byte[] body, int most) {
        return Deliveries.isService(source) ? Unpacking.service(body, most) : Unpacking.stream(body, most);
    }

    private Arrival whole(String source, String payload, Instant receivedAt) {
        var why = new Quarantined(TOO_MANY_EVENTS, "the body holds more than " + mostMessages + " messages");
        DeliveryId id = Identity.ofUnreadable(source, payload).id();
        return new Arrival(new Delivery(id, source, SEVERAL, receivedAt, payload, why), Optional.empty());
    }

    /** The same messages without what callback services log in with; one that is bad stays one that is bad. */
    private static String withoutLogins(String source, byte[] body) {
        byte[] kept = Deliveries.isService(source)
                ? Unpacking.serviceAgain(body, Intake::withoutLogin)
                : Unpacking.streamAgain(body, Intake::withoutLogin);
        return new String(kept, UTF_8);
    }

    private static byte[] withoutLogin(byte[] message) {
        return switch (PlatformJson.parse(message)) {
            case Parsed.Good(var read) -> withoutLogin(message, read);
            case Parsed.Poisoned(var read, var _) -> withoutLogin(message, read);
            case Parsed.Bad _ -> LEFT_OUT;
        };
    }

    private static byte[] withoutLogin(byte[] message, ObjectNode read) {
        return Redaction.redact(read) ? PlatformJson.write(read).getBytes(UTF_8) : message;
    }

    private Arrival ofOurAccount(Arrival arrival) {
        return accounts.refuse(arrival.delivery())
                .map(why -> new Arrival(arrival.delivery().in(why), arrival.before()))
                .orElse(arrival);
    }
}
