package dev.fleetline.callbackreceiver;

import java.util.HashMap;
import java.util.Map;

/** The answer as an HTTP API takes it. */
record HttpReply(int statusCode, Map<String, String> headers, String body) {

    HttpReply {
        headers = Map.copyOf(headers);
    }

    static HttpReply json(int statusCode, String body) {
        return new HttpReply(statusCode, Map.of("content-type", "application/json"), body);
    }

    static HttpReply plain(int statusCode, String body) {
        return new HttpReply(statusCode, Map.of("content-type", "text/plain; charset=utf-8"), body);
    }

    HttpReply with(String header, String value) {
        Map<String, String> more = new HashMap<>(headers);
        more.put(header, value);
        return new HttpReply(statusCode, more, body);
    }
}
