package dev.fleetline.thingspacesimulator.streaming;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.Optional;

/**
 * A receiver of streams.
 *
 * @param document what the platform tells about it, which never includes the key
 * @param key the secret ("key1" on the wire) by which the receiver knows the platform
 */
record Target(String id, URI address, Optional<String> key, ObjectNode document) {

    @Override
    public String toString() {
        return "Target[" + id + ", " + address + "]";
    }
}
