package dev.fleetline.callback;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Where deliveries are kept. */
public interface CallbackInbox {

    /** Keeps the delivery; false when it is there already, and then nothing changes, whatever has become of it. */
    boolean put(Delivery delivery);

    /** Whether a delivery is kept under this key, by a consistent read. */
    boolean has(Delivery.DeliveryId id);

    /** Notes what became of a delivery; the same again changes nothing. False when it is not kept (any more). */
    boolean mark(Delivery.DeliveryId id, Delivery.Status status);

    /** All deliveries under one device key ({@code uid#…}), oldest event first, those without a time before them. */
    List<Delivery> of(String device);

    /** As {@link #of}, in one page, with those that cannot be read. */
    default Page under(String device) {
        return new Page(of(device), Optional.empty());
    }

    /**
     * Deliveries that were received from {@code from} on and before {@code to}, in an order of the store's own choosing.
     * Reads all that is kept: for rare occasions.
     */
    Page received(Instant from, Instant to, Optional<String> startAfter, int limit);

    /**
     * Deliveries that are set aside for this reason; {@link #UNHANDLED} is the reason of those that nobody handles. May
     * miss what was set aside in the last second.
     */
    Page setAside(String reason, Optional<String> startAfter, int limit);

    /** Behind this one, as it was listed: a {@code startAfter} for what listed it. Holds personal ids. */
    String behind(Delivery delivery);

    /** The reason of what is unhandled, where reasons are named. */
    String UNHANDLED = "UNHANDLED";

    /**
     * Some deliveries, none, or more than were asked for, where they cost no more to read; {@code next} is where to go
     * on, empty at the end.
     *
     * @param unreadable of each that is kept there and cannot be read, why; without personal ids
     * @param next the store's own text; holds personal ids
     */
    record Page(List<Delivery> deliveries, List<String> unreadable, Optional<String> next) {
        public Page {
            deliveries = List.copyOf(deliveries);
            unreadable = List.copyOf(unreadable);
        }

        /** All of which can be read. */
        public Page(List<Delivery> deliveries, Optional<String> next) {
            this(deliveries, List.of(), next);
        }
    }
}
