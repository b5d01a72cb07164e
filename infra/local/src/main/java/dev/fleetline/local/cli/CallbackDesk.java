package dev.fleetline.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/**
 * A Fleetline whose deliveries somebody looks at and plays again.
 *
 * <p>Whatever cannot be asked is an {@code IllegalStateException} whose message says in one line what is wrong and what
 * mends it.
 */
interface CallbackDesk extends AutoCloseable {

    /** Lines of deliveries of the device, where one is named; among them all that are wanted, in no particular order. */
    List<JsonNode> lines(Wanted wanted);

    /** One delivery with its message. */
    Optional<JsonNode> whole(String deliveryId);

    /** Has callback-replay do this task; its reply. */
    JsonNode replay(JsonNode task);

    @Override
    void close();
}
