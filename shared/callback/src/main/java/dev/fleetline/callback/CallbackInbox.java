package dev.fleetline.callback;

import java.util.List;

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
}
