package dev.fleetline.thingspacesimulator.wire;

import dev.fleetline.thingspacesimulator.web.Answer;
import dev.fleetline.thingspacesimulator.web.Json;

/**
 * The errors of the resources of Core and Cloud Connector, {@code {error, error_description, cause}}. Most of the words are the
 * platform's; nobody has recorded those for what exists already, for states and methods, nor the statuses.
 */
public final class PlatformErrors {

    private PlatformErrors() {}

    /** A bearer that is unknown, expired, revoked, or no token at all. Looks like a fault of the server. */
    public static Answer badBearer() {
        return error(
                500,
                "internal_server_error",
                "Error, failed to introspect access token",
                "Requested service failed due to internal error");
    }

    /** Cloud Connector's word for a session that is missing, was idle for too long, or never was. */
    public static Answer noSession() {
        return error(
                401,
                "unauthorized",
                "Failure response received for UWS V1 REST accounts: [400]",
                "Requested service is unauthorized for given token");
    }

    /** Cloud Connector's word for a bearer that is not of the gateway's making. Looks like a fault of the server. */
    public static Answer malformedBearer() {
        return error(
                500,
                "internal_server_error",
                "configuration on Device field failed with Error: unauthorized: Failure response received for UWS V1 REST "
                        + "accounts: [401], Requested service is unauthorized for given token",
                "Requested service failed due to internal error");
    }

    /** A body of Cloud Connector that does not say whose it is. */
    public static Answer noAccount() {
        return badRequest("Billing Account ID is required in resource body");
    }

    /** An IMEI that is not a number, though it may look like one. */
    public static Answer imeiIsNoNumber(String sent) {
        return unreadable(
                "json: cannot unmarshal " + sent + " into Go struct field V1DeviceIdentifier.imei of type uint64");
    }

    /** A body that is not JSON, or has a field of another type. */
    public static Answer unreadable(String what) {
        return error(
                400,
                "request_json_unmarshal",
                "JSON structure is not correct or data type mismatch, " + what,
                "Service failed to unmarshal the request due wrong JSON format");
    }

    /** There is no such device, target or subscription. */
    public static Answer notFound(String resource) {
        return error(
                404,
                "not_found",
                "Resource(" + resource + ") is not found with identifiers provided",
                "Requested service not found");
    }

    /** An action on something that is not there, which is said differently from looking for it. */
    public static Answer actionOnMissing(String resource) {
        return badRequest("Resource(" + resource + ") is not found with identifiers provided");
    }

    /** A resource of another kind than the path's. */
    public static Answer wrongKind(String sent, String wanted) {
        return badRequest("ValidationKind failed. Types do not match, " + sent + " vs " + wanted);
    }

    /** A field that must be there and is not, or has no good value. */
    public static Answer badRequest(String description) {
        return error(400, "bad_request", description, "Request is missing required body content");
    }

    /** There is one already. */
    public static Answer alreadyExists(String resource) {
        return error(
                409,
                "already_exists",
                "Resource(" + resource + ") already exists with identifiers provided",
                "Requested resource already exists");
    }

    /** An action that the device's state does not allow. */
    public static Answer invalidState(String description) {
        return error(400, "invalid_state", description, "Requested action is not allowed in the current state");
    }

    /** A method that the resource does not have. */
    public static Answer methodNotAllowed() {
        return error(
                405,
                "method_not_allowed",
                "Method is not allowed on the resource",
                "Requested service does not support the method");
    }

    /** A live token without the scope that the call needs. */
    public static Answer forbidden(String description) {
        return error(403, "forbidden", description, "Requested service is forbidden for given token");
    }

    /** A fault that somebody asked the simulator for. */
    public static Answer simulatedFault() {
        return error(
                500,
                "internal_server_error",
                "Error, failed to process the request",
                "Requested service failed due to internal error");
    }

    private static Answer error(int status, String error, String description, String cause) {
        return Answer.json(
                status,
                Json.object()
                        .put("error", error)
                        .put("error_description", description)
                        .put("cause", cause));
    }
}
