package dev.fleetline.thingspacesimulator.lines;

import dev.fleetline.thingspacesimulator.m2m.M2mErrors;
import dev.fleetline.thingspacesimulator.web.Answer;
import dev.fleetline.thingspacesimulator.web.Refusal;

/**
 * Why the platform does not do something, as the error of a call or as the fault of a callback. The codes are the platform's
 * but for {@link #NO_ACTIONS_LEFT}, which is an assumption: nobody has recorded what is said to a line that had too many.
 *
 * @param code what follows the service's name
 */
record Refused(String code, String text) {

    static final Refused ALREADY_ACTIVE =
            new Refused("REQUEST_FAILED.DeviceAlreadyActive", "REQUEST_FAILED. Device is already active");
    static final Refused NOT_FOUND =
            new Refused("REQUEST_FAILED.DeviceNotFound", "REQUEST_FAILED. Device is not found");
    static final Refused WRONG_STATE = new Refused(
            "INPUT_INVALID.DeviceState.Invalid", "INPUT_INVALID. The state of the device does not allow it");
    static final Refused SIM_IN_USE =
            new Refused("REQUEST_FAILED.UnexpectedError", "REQUEST_FAILED. The SIM is in use by another device");
    static final Refused NETWORK =
            new Refused("REQUEST_FAILED.UnexpectedError", "REQUEST_FAILED. The network did not take the device");
    static final Refused NO_ACTIONS_LEFT = new Refused(
            "REQUEST_FAILED.LineActionsExceeded", "REQUEST_FAILED. The line has had all its actions of the day");
    static final Refused WRONG_KIND =
            new Refused("INPUT_INVALID.Device.Kind.Invalid", "The kind of a device identifier is not valid.");
    static final Refused WRONG_IDENTIFIER =
            new Refused("INPUT_INVALID.Device.Identifier.Invalid", "A device identifier is not valid for its kind.");
    static final Refused TOO_MANY_TO_ADD =
            new Refused("INPUT_INVALID.NumberofDevices", "The request has more devices than it may.");
    static final Refused TOO_MANY =
            new Refused("INPUT_INVALID.MaxRequestsExceeded", "The request has or wants more devices than it may.");
    static final Refused WRONG_CUSTOM_FIELD =
            new Refused("INPUT_INVALID.CustomField.InvalidName", "There are CustomField1 to CustomField5.");
    static final Refused LONG_CUSTOM_FIELD =
            new Refused("INPUT_INVALID.CustomField.TooLong", "A custom field has more than 50 characters.");

    /** The code has the plan's in its middle. */
    static Refused unknownPlan(String plan) {
        return new Refused("REQUEST_FAILED." + plan + ".NotFound", "The service plan is not found.");
    }

    Answer answer() {
        return M2mErrors.refused(code, text);
    }

    Refusal refusal() {
        return new Refusal(answer());
    }
}
