package dev.fleetline.tokenauthorization;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;

/** The answer as an HTTP API takes it; nobody keeps it, and what the person opens next is not told where from. */
record HttpReply(int statusCode, Map<String, String> headers, String body) {

    HttpReply {
        Map<String, String> all = new HashMap<>(headers);
        all.put("cache-control", "no-store");
        all.put("referrer-policy", "no-referrer");
        headers = Map.copyOf(all);
    }

    static HttpReply redirect(URI to) {
        return new HttpReply(302, Map.of("location", to.toString()), "");
    }

    /** A page that needs nothing from anywhere. */
    static HttpReply page(int statusCode, String html) {
        return new HttpReply(
                statusCode,
                Map.of(
                        "content-type",
                        "text/html; charset=utf-8",
                        "content-security-policy",
                        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none';"
                                + " frame-ancestors 'none'",
                        "x-content-type-options",
                        "nosniff"),
                html);
    }

    HttpReply with(String header, String value) {
        Map<String, String> more = new HashMap<>(headers);
        more.put(header, value);
        return new HttpReply(statusCode, more, body);
    }

    /** Without the address, which has a state, and without the page. */
    @Override
    public String toString() {
        return "HttpReply[" + statusCode + "]";
    }
}
