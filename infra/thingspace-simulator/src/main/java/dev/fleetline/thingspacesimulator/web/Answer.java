package dev.fleetline.thingspacesimulator.web;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What goes back to the caller.
 *
 * @param body the bytes as text; empty for an answer without a body
 */
public record Answer(int status, Map<String, String> headers, String body) {

    /** Keeps its own copy of the headers. */
    public Answer {
        headers = Map.copyOf(headers);
    }

    /** A JSON answer; like the platform's, it ends with a line break. */
    public static Answer json(int status, JsonNode body) {
        return new Answer(status, Map.of("content-type", "application/json"), Json.write(body) + "\n");
    }

    /** An answer that is its status alone. */
    public static Answer empty(int status) {
        return new Answer(status, Map.of(), "");
    }

    /** Sends a browser elsewhere. */
    public static Answer redirect(URI to) {
        return new Answer(302, Map.of("location", to.toString()), "");
    }

    /** The same answer with one more header. */
    public Answer with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Answer(status, more, body);
    }
}
