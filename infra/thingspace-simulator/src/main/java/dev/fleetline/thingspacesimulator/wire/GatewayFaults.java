package dev.fleetline.thingspacesimulator.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.thingspacesimulator.web.Answer;
import dev.fleetline.thingspacesimulator.web.Json;
import java.util.Map;

/**
 * What the API gateway (WSO2) in front of thingspace.verizon.com says before a call reaches its service. All are recorded
 * but the one for too many calls.
 */
public final class GatewayFaults {

    private GatewayFaults() {}

    /** No bearer at all. */
    public static Answer missingBearer() {
        return fault(
                401,
                "900902",
                "Missing Credentials",
                "Required OAuth credentials not provided. Make sure your API invocation call has a header: "
                        + "\"Authorization: Basic ACCESS_TOKEN\"");
    }

    /** A bearer that is unknown, expired, revoked, or of another world. */
    public static Answer badBearer(String api) {
        return fault(
                401,
                "900901",
                "Invalid Credentials",
                failureOf(api) + " Make sure your have given the correct access token");
    }

    /** An {@code Authorization} of another scheme than Bearer; in XML, and about something else. */
    public static Answer wrongScheme() {
        return new Answer(
                403,
                Map.of("content-type", "application/xml"),
                "<am:fault xmlns:am=\"http://wso2.org/apimanager\"><am:code>403</am:code><am:type>Status report</am:type>"
                        + "<am:message>Not Found</am:message><am:description>The requested resource is not available."
                        + "</am:description></am:fault>\n");
    }

    /** A path that the API does not have, whoever asks. */
    public static Answer noResource(String api) {
        return fault(
                400,
                "900906",
                "No matching resource found in the API for the given request",
                failureOf(api)
                        + " Check the API documentation and add a proper REST resource path to the invocation URL");
    }

    /** More calls than the gateway lets through. */
    public static Answer throttled(String api) {
        return throttled(api, 503);
    }

    /** Likewise, with the status that other gateways of that make have for it. */
    public static Answer throttled(String api, int status) {
        return fault(status, "900800", "Message throttled out", failureOf(api) + " You have exceeded your quota");
    }

    /** A page of something between the caller and the platform; says nothing about what became of the call. */
    public static Answer page() {
        return new Answer(503, Map.of("content-type", "text/html"), """
                <html>
                <head><title>503 Service Temporarily Unavailable</title></head>
                <body>
                <center><h1>503 Service Temporarily Unavailable</h1></center>
                </body>
                </html>
                """);
    }

    private static String failureOf(String api) {
        return "Access failure for API: " + api + ", version: v1.";
    }

    private static Answer fault(int status, String code, String message, String description) {
        ObjectNode body = Json.object();
        body.putObject("fault").put("code", code).put("message", message).put("description", description);
        return Answer.json(status, body);
    }
}
