package dev.fleetline.callback;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * One message of the platform as it was received, kept before anything acts on it.
 *
 * @param id what makes it one delivery and not another
 * @param source who sent it: {@code stream}, {@code callback/<service>}, {@link #ASKED} for what we fetched ourselves
 * @param kind what the sender calls it, {@code ts.event}; {@code unreadable} when it could not be read, {@code
 *     several} when it is a body that was kept whole
 * @param payload the message as JSON text, without credentials; as it came, where it is not JSON
 */
public record Delivery(DeliveryId id, String source, String kind, Instant receivedAt, String payload, Status status) {

    /** The source of what nobody sent: it says nothing of who speaks. */
    public static final String ASKED = "asked";

    public Delivery {
        requireNonNull(id, "id");
        requireNonNull(source, "source");
        requireNonNull(kind, "kind");
        requireNonNull(receivedAt, "receivedAt");
        requireNonNull(payload, "payload");
        requireNonNull(status, "status");
    }

    /** Whether nothing was read in it: it could not be, or it is a body that was kept whole. */
    public boolean isAsItCame() {
        return kind.equals(Deliveries.UNREADABLE) || kind.equals(Intake.SEVERAL);
    }

    /** The same delivery with what became of it. */
    public Delivery in(Status next) {
        return new Delivery(id, source, kind, receivedAt, payload, next);
    }

    /** The same as fetched by ourselves; still the same delivery, should it be sent as well. */
    public Delivery asked() {
        return new Delivery(id, ASKED, kind, receivedAt, payload, status);
    }

    /** Without the payload: it may hold what people typed, somebody's address even. */
    @Override
    public String toString() {
        return "Delivery[" + id + ", " + source + ", " + kind + ", " + status + "]";
    }

    /**
     * The key under which a delivery is kept, made from the delivery alone, so that putting it is the deduplication.
     *
     * @param device the first that it has of {@code uid#…}, {@code imei#…}, {@code iccid#…}, {@code mdn#…}, else
     *     {@code unknown#<digest>}; holds a personal id: not for logs
     * @param eventTime the device's own time of it, where it has one
     * @param deliveryId digest of what makes it this one
     */
    public record DeliveryId(String device, Optional<Instant> eventTime, String deliveryId) {

        /** {@code eventTime#deliveryId}; {@code -} stands for no time. */
        public String sortKey() {
            return eventTime.map(Instant::toString).orElse("-") + "#" + deliveryId;
        }

        /** Shows the digest only. */
        @Override
        public String toString() {
            return deliveryId;
        }
    }

    /** What became of a delivery. That it was applied is not written: the stream's checkpoint says so. */
    public sealed interface Status {
        /** Stored; to be applied. */
        record Received() implements Status {}

        /** Set aside because it cannot be applied: a reason code, and the error in words. */
        record Quarantined(String reason, String error) implements Status {}

        /** Good, but of a kind that nobody handles. */
        record Unhandled() implements Status {}
    }
}
