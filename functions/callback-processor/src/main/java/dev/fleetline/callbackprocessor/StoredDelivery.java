package dev.fleetline.callbackprocessor;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetline.callback.Delivery;

/** Reads the delivery that the stream's image of an item holds; how it is written there, the store knows. */
@FunctionalInterface
interface StoredDelivery {

    /** The delivery of the item; an exception means that the item is none, and only that. */
    Delivery from(JsonNode newImage);
}
