package dev.fleetline.callback;

import java.util.List;

/** Where deliveries are kept. */
public interface CallbackInbox {

    /** Keeps the delivery; false when it is there already, and then nothing changes, whatever has become of it. */
    boolean put(Delivery delivery);

    /** Notes what became of a delivery that is kept; the same again changes nothing. */
    void mark(Delivery.DeliveryId id, Delivery.Status status);

    /** All deliveries under one device key ({@code uid#…}), oldest event first, those without a time before them. */
    List<Delivery> of(String device);
}
