package dev.fleetline.thingspacesimulator.m2m;

import dev.fleetline.thingspacesimulator.web.Answer;
import dev.fleetline.thingspacesimulator.web.Json;

/**
 * The errors of Diagnostics and Location, {@code {errorCode, errorMessage}} with codes of their own. An expired session is an
 * invalid parameter to Location; that it is one to Diagnostics, too, is inferred.
 */
final class SignedErrors {

    private SignedErrors() {}

    static M2mGate.Dialect dialect(String api) {
        return new M2mGate.Dialect() {
            @Override
            public String api() {
                return api;
            }

            @Override
            public Answer noSession() {
                return expiredSession();
            }

            @Override
            public Answer sessionIsNoGuid() {
                return expiredSession();
            }

            @Override
            public Answer expiredSession() {
                return invalidParameter("UWS verification failure (The Session has expired.)");
            }
        };
    }

    static Answer invalidParameter(String what) {
        return error(400, "INVALID_PARAMETER", what);
    }

    static Answer invalidAccount() {
        return error(401, "INVALID_ACCOUNT", "An error was encountered when trying to verify the UWS account.");
    }

    /** The status says server, though it is the caller who must do something else. */
    static Answer notFound() {
        return error(500, "NOT_FOUND", "The database query could not be found.");
    }

    static Answer serverError() {
        return error(500, "INTERNAL_SYSTEM_ERROR", "The system encountered an internal error.");
    }

    private static Answer error(int status, String code, String message) {
        return Answer.json(status, Json.object().put("errorCode", code).put("errorMessage", message));
    }
}
