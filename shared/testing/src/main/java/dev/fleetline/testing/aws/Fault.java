package dev.fleetline.testing.aws;

/** How a call to a stand-in can be made to go wrong. */
public enum Fault {
    /** Refused before it has any effect, because there were too many calls. */
    THROTTLED,
    /** Fails with a 500 before it has any effect. */
    BROKEN,
    /** Takes its full effect, and then the caller gets a 500: the case in which nobody knows what happened. */
    ANSWER_LOST
}
