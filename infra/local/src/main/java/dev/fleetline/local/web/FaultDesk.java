package dev.fleetline.local.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What {@code /local/faults} does for a benchmark. */
public interface FaultDesk {

    /**
     * Has something go wrong.
     *
     * @throws IllegalArgumentException when nobody knows what
     */
    void play(JsonNode order);

    /** What was noted since the start, and whether everything is at rest. */
    ObjectNode noted();

    /** All that is stored of every device, counted. */
    ObjectNode tally();
}
