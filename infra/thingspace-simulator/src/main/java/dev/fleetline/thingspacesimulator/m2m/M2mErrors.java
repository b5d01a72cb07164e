package dev.fleetline.thingspacesimulator.m2m;

import dev.fleetline.thingspacesimulator.faults.Faults;
import dev.fleetline.thingspacesimulator.web.Answer;
import dev.fleetline.thingspacesimulator.web.Json;

/**
 * The errors of the services behind the gateway, {@code {errorCode, errorMessage}}: 400 for almost everything. The codes are
 * the platform's, the messages are not, but for the expired session's.
 */
public final class M2mErrors {

    /** The API as the gateway names it. */
    public static final String API = "/m2m/v1";

    private M2mErrors() {}

    /** How these services say no to a token. */
    public static M2mGate.Dialect dialect(Faults faults) {
        return new M2mGate.Dialect() {
            @Override
            public String api() {
                return API;
            }

            @Override
            public Answer noSession() {
                return error(400, "REQUEST_FAILED.SessionToken.Format", "The session token is missing.");
            }

            @Override
            public Answer sessionIsNoGuid() {
                return error(400, "INPUT_INVALID.SessionToken.Invalid", "The session token is not a GUID.");
            }

            @Override
            public Answer expiredSession() {
                return error(
                        faults.settings().m2m().expiredSessionStatus(),
                        "REQUEST_FAILED.SessionToken.Expired",
                        "The session has expired.");
            }
        };
    }

    static Answer wrongPassword() {
        return error(400, "INPUT_INVALID.Password.Invalid", "The user name or password is not valid.");
    }

    /** Nobody has recorded what a locked user is told, so the code is the one that a client knows to stop at. */
    static Answer locked() {
        return error(400, "INPUT_INVALID.Password.Invalid", "The user is locked. Contact support.");
    }

    /** For a code that only some calls know. */
    public static Answer refused(String code, String message) {
        return error(400, code, message);
    }

    static Answer emptyBody() {
        return error(400, "INPUT_INVALID.RequestUndefined", "The request has no body.");
    }

    static Answer forbiddenCharacter() {
        return error(400, "INPUT_INVALID.Request.InvalidCharacter", "The request has an invalid character.");
    }

    /** A request that lacks something, or has it in another form. */
    public static Answer unreadable(String what) {
        return error(400, "REQUEST_FAILED.DeserializationFailed", what);
    }

    /** There is one account, and this is another. */
    public static Answer unknownAccount() {
        return error(400, "REQUEST_FAILED.AccountNotFound", "The account is not found.");
    }

    /** For what no code was recorded. */
    public static Answer unexpected(String what) {
        return error(400, "REQUEST_FAILED.UnexpectedError", what);
    }

    /** A fault that somebody asked the simulator for. */
    public static Answer serverError() {
        return error(500, "REQUEST_FAILED.UnexpectedError", "An unexpected error has occurred.");
    }

    private static Answer error(int status, String code, String message) {
        return Answer.json(
                status,
                Json.object().put("errorCode", "UnifiedWebService." + code).put("errorMessage", message));
    }
}
