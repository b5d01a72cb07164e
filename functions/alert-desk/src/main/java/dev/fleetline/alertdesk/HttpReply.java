package dev.fleetline.alertdesk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.lambda.EdgeJson;
import java.util.HashMap;
import java.util.Map;

/**
 * The answer as an HTTP API takes it. Nobody keeps it, nobody frames it, no index lists it, and what a person opens next
 * is not told the link that led here.
 */
record HttpReply(int statusCode, Map<String, String> headers, String body) {

    HttpReply {
        Map<String, String> all = new HashMap<>(headers);
        all.put("cache-control", "no-store");
        all.put("referrer-policy", "no-referrer");
        all.put("x-content-type-options", "nosniff");
        headers = Map.copyOf(all);
    }

    /** A page that needs nothing from anywhere, and whose form goes back to where it came from. */
    static HttpReply page(int statusCode, String html) {
        return new HttpReply(
                statusCode,
                Map.of(
                        "content-type",
                        "text/html; charset=utf-8",
                        "content-security-policy",
                        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'self';"
                                + " frame-ancestors 'none'",
                        "x-frame-options",
                        "DENY",
                        "cross-origin-opener-policy",
                        "same-origin",
                        "x-robots-tag",
                        "noindex"),
                html);
    }

    static HttpReply json(int statusCode, JsonNode body) {
        return new HttpReply(statusCode, Map.of("content-type", "application/json"), body.toString());
    }

    /** As API Gateway itself complains. */
    static HttpReply complaint(int statusCode, String message) {
        return json(statusCode, EdgeJson.JSON.createObjectNode().put("message", message));
    }

    /** What became of a wish, in a word and in words. */
    static HttpReply outcome(int statusCode, String outcome, String message) {
        ObjectNode body = EdgeJson.JSON.createObjectNode();
        return json(statusCode, body.put("outcome", outcome).put("message", message));
    }

    /** Without the page: the link is in it. */
    @Override
    public String toString() {
        return "HttpReply[" + statusCode + "]";
    }
}
