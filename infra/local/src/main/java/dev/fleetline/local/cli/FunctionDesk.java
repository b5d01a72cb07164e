package dev.fleetline.local.cli;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One function of a Fleetline, wherever that runs.
 *
 * <p>Whatever cannot be asked is an {@code IllegalStateException} whose message says in one line what is wrong and what
 * mends it.
 */
interface FunctionDesk extends AutoCloseable {

    /** Invokes it with this event and waits; its reply. */
    JsonNode invoke(JsonNode event);

    @Override
    void close();
}
