package dev.fleetline.thingspacesimulator.streaming;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A receiver of streams.
 *
 * @param document what the platform tells about it, which never includes what is secret
 * @param key the secret ("key1" on the wire) by which the receiver knows the platform
 * @param headers that the receiver wants to see; a secret may be in any
 */
record Target(String id, URI address, Optional<String> key, Map<String, String> headers, ObjectNode document) {

    Target {
        headers = Map.copyOf(headers);
    }

    /** What a message to it carries; a header of its own stands above the key. */
    Map<String, String> headers(boolean keyAsBearer) {
        Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        key.ifPresent(secret -> all.put("authorization", keyAsBearer ? "Bearer " + secret : secret));
        all.putAll(headers);
        return all;
    }

    @Override
    public String toString() {
        return "Target[" + id + ", " + address + "]";
    }
}
